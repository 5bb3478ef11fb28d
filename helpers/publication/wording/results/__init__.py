"""Sentences on the published results so far.

so_far    what is collected, and whether this study is in it
periodic  the periodic summary of all results
measures  what charts call a measure, and how results split by finding
so_far  what was found, what is collected, and whether this study is in it
so_far  what is collected, and whether this study is in it
pooled  what several results come to together, and how far to trust it
"""
