"""Several requests, each in a process of its own.

asked    which requests are meant by files, ids, folders and patterns
job      one request, as the process that carries it out tells of it
turns    the order in which requests open outcomes and decide what is shown
jobs     so many processes at once; what each request came to
display  how they get on, on a terminal or in a log
page     index.html: what each came to
"""
