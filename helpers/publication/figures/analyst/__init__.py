"""Figures for the analyst's own notebook, which no report shows.

samples  love plot, overlap, distributions on every covariate, weights
bench    people kept against worst imbalance
"""
