"""What the charts tell: results so far, and this study among them.

arrangement  what a report has open, and what it folds away
measures     the measures that the charts tell of
cells        every number of the catalogue as a cell
rows         recipes of the charts, and a study's place in them
summary      the split of all findings, and what is collected
sections     the summary of findings, and where this study stands
by_type      results by type of intervention or sector
forest_notes what has to be known of the rows of a figure of results
frequency    results on how often people reoffended
by_size      effects by size of the treatment group
over_time    findings by year of publication
pooled       which results can be taken together, and the numbers they come to
taken        the sentences and the figure of a type's results taken together
together     what results come to together: the blocks
every_result every result by type, and where it was read
periodic     those of the periodic summary alone, and its result
"""
