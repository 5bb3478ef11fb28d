"""The published results, as their files have them.

columns   what the files hold: columns, and their numbers and words
check     what is wrong in the files, one line a problem
effects   what each result found, and how large its effects were
read      the files read, up to a day, and what an analyst keeps of them
overlaps  results that may share people
"""
