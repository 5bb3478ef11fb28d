"""The provider's list: read, and checked as a whole.

file      any file as a header and rows
workbook  an Excel workbook: the sheet with the people, and what hides in it
columns   the columns of a list, one row each: headings, whether they identify
values    cells as text, sexes and ids of one spelling
dates     dates as people write them, never guessed
rules     the rules for each row
repeats   who stands on the list more than once
read      the list as a whole: read, checked, every line told apart
problems  what the check says: lines, a file for the provider, totals
"""
