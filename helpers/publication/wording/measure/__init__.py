"""How one measure is spoken of.

groups    what it is called, and the values of both groups
heading   what was found, in one line
allowed   what the data allow, where it is inconclusive
line      what it came to, in a few words
"""
