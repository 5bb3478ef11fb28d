"""The provider's list: read, and checked as a whole.

file       any file as a header and rows
separated  a CSV file as text and records: encoding, separator, quotation marks
excel/     an Excel workbook: the sheet with the people, what hides in it, bombs
columns    the columns of a list, one row each: headings, whether they identify
unknown    words that say that nothing is known
values     cells as text, sexes and ids of one spelling
dates      dates as people write them, never guessed
letters    texts that lost letters in an encoding
rule       a rule of the list, and the problems that it finds
date_rules the rules for the dates of each row, and for columns of dates
rules      the rules for each row
misfits    rows that do not fit the header, formulas without a value
repeats    who stands on the list more than once
read       the list as a whole: read, checked, every line told apart
problems   what the check says: lines, a file for the provider, totals
"""
