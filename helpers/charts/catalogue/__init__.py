"""The published results, as their files have them.

columns    what the files hold: columns, and their numbers and words
months     months and days of publication, and those that Excel turned
numbers    printed numbers, and how one in another spelling is written
agreement  whether numbers, verdict and years of a row agree
check      what is wrong in the files, one line a problem
effects    what each result found, and how large its effects were
read       the files read, up to a day, and what an analyst keeps of them
overlaps   results that may share people
row        rows from the released result of a finished run
printed    their numbers, as the report prints them
period     the years of a programme, from what a request says
file       a file of results by its records, every other byte kept
add        those rows put into results.csv, or nothing changed there
"""
