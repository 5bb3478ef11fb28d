"""Stage 02: who is compared with whom, and how alike they are.

groups      the people of one analysis, and the covariates they are matched on
covariates  what they are called, where they come from, and why groups are made alike
design      covariates as numbers: levels of categories, missing values
propensity  the chance of being in the treatment group
fitting/    how its model is fitted: peers, columns, the solver, a second fit
distances   the scale on which people are compared, and how far apart they may lie
arguments   what is wrong with the arguments of a match
sides       both groups in order along that scale
matching    match: who is compared with whom; the registry of methods
methods/    the methods of matching, one file each
weights     what a matching came to: weights and effective size
moments     means, variances and distributions of weighted groups
balance     how alike the groups are before and after
calipers    which caliper: the first that is not poor, a bench of many
overlap     where the scores of both groups lie: bands, and as one number
sizes       what the matching of each analysis came to
ladders     analyses matched again on other people, or on more about them
diagnostics/  what an analyst looks at beside the balance table
report/     what this stage tells
"""
