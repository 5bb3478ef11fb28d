"""Sentences on the published results so far.

periodic  the periodic summary of all results
so_far    what was found, what is collected, and whether this study is in it
measures  what charts call a measure, and how results split by finding
so_far  what was found, what is collected, and whether this study is in it
so_far  what is collected, and whether this study is in it
pooled  what several results come to together, and how far to trust it
by_size   how many results are drawn by their size, and what chance does
by_year   how many results have a year, and what their mix is not
"""
