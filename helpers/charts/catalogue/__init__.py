"""The published results, as their files have them.

check  what is wrong in the files, one line a problem
read   the files read; what each result found
"""
