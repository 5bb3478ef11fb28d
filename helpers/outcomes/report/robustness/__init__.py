"""What this stage tells of whether the answer holds.

gate_cells values, thresholds and verdicts of the design gate as cells
gate       the design gate as tables: what could be found, and all of it for reviewers
sure       how sure a reader can be, for the main points
rungs      a rung of a ladder as cells
links      what the sizes of the linkage ladder tell of the flow
earlier    the year before the conviction: whether the groups already differed
ladders    ladders as figures, and what moves between their rungs
placebo    the real result among made-up programmes
calibrated the real result beside the empirical null, for reviewers
named      what other ways of comparing are called
kept       how many people another way keeps, so told that nobody follows from it
estimators the difference by every other way of comparing, as cells
forest     the finding beside all of them: a sentence and a figure
in_full    every number of every estimator, for reviewers
doubted    a headline as its doubts are told
hidden     E-values, Rosenbaum's bound and the tipping point
bias       hidden bias by what was measured: a table, and sentences
contour    how strong something hidden would have to be, as a picture
testing    other tests of the same difference, and whether they agree
many       many tests at once, and the register of all
"""
