"""The page that leads reviewers to all that a run left: restricted/index.html.

left    what a run left and was made from, as it found it
tables  what to read, approval, checks, decisions, origins, files
page    the page, from its tables
"""
