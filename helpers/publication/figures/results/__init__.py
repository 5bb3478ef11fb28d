"""Charts of the published results so far.

summary_bar  how many analyses found what
tally        one mark an analysis, by type
forest       the difference that each analysis printed
forest_rows  the rows of a forest
"""
