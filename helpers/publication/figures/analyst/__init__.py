"""Figures for the analyst's own notebook, which no report shows.

samples  love plot, overlap, distributions on every covariate, weights
scores   propensity scores in detail
bench    people kept against worst imbalance
"""
