"""Charts of the published results so far.

summary_bar     how many analyses found what
tally           one mark an analysis, by type
verdict_bars    how many analyses of each type found what
hatching        slanted lines over a part of a bar
forest          the difference that each analysis of a type printed
forest_rows     the rows of a forest
effect_by_size  the difference of each result, by its number of people
effect_scale    its sizes across and differences up
by_year         what was found, by year of publication
pooled          results taken together: each, their mean, a new programme
"""
