"""The published results, as their files have them.

columns    what the files hold: columns, and their numbers and words
months     months and days of publication, and those that Excel turned
numbers    printed numbers, and how one in another spelling is written
agreement  whether numbers, verdict and years of a row agree
check      what is wrong in the files, one line a problem
effects    what each result found, and how large its effects were
read       the files read, up to a day, and what an analyst keeps of them
overlaps   results that may share people
"""
