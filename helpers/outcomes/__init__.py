"""Stage 03: what happened to both groups afterwards.

measures        which outcomes are compared, on whom; results as tables
estimates       the difference in an outcome, its interval and its test
ratios          the ratio of both groups' means, with its interval
dispersion      how much counts vary beside counts of pure chance
survival        how soon people reoffended: curves of both groups, and their difference
simultaneous    intervals that hold all at once
sites           the difference once more, people helped at one place taken together
contrasts       sub-groups compared with each other: which, and what it comes to
precision       what size of difference could be found, and beside a margin
gate            what must be known of a comparison before its result is
robustness/     does the answer hold: before outcomes are opened, and after
second_analyst  a script in base R that works the results out once more, and its data
match_data      the people matched as one table, for R or Stata
report/         what this stage tells
"""
