"""Sentences on whether an answer holds.

sure  how sure a reader can be, in three lines
gate  when the outcomes were opened, and what was changed afterwards
"""
