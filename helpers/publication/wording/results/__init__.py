"""Sentences on the published results so far.

so_far    what was found, what is collected, and whether this study is in it
measures  what charts call a measure, and how results split by finding
by_size   how many results are drawn by their size, and what chance does
by_year   how many results have a year, and what their mix is not
pooled    what several results come to together, and how far to trust it
periodic  the periodic summary of all results
"""
