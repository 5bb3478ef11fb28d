"""The finding by every other way of comparing.

named       what other ways of comparing are called
kept        how many people another way keeps, so told that nobody follows from it
estimators  the difference by every other way of comparing, as cells
forest      the finding beside all of them: a sentence and a figure
in_full     every number of every estimator, for reviewers
"""
