"""What outcomes tell: each measure, and why one is not shown.

reasons    why a measure is not shown, or not headlined
moves      how far rates move where counts are rounded
people     whose outcome is known, and who has its event, for the disclosure
cells      the measures as cells, each with its rule
decisions  what is not shown, and which analyses main points tell of
recipes    the measures as words and refs, for sentences, tables and figures
by_measure the estimates measure by measure
tables     the tables of measures, a row for each analysis
points     strengths and limits as sentences
limits     which strengths and which limits of a study apply
annex      definitions and questions that apply to a study
result     result.json
beside/    what stands beside the estimates
over_time/ how soon people reoffended
robustness/ whether the answer holds
lines      the lines of folds, which say what they hold and find
sections   main points, and what can and cannot be said
impact     all analyses side by side, their figures, the tables of measures
in_detail  each measure in words and pictures, the tables of other measures
"""
