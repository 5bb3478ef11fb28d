"""What words and figures are given: facts of a study, their numbers put in.

A recipe names the kind of a fact by its key `fact`; everything else is words, refs and
flags. Where numbers take the place of refs, such a part becomes one of these.

measure    a measure of an analysis, and a moment of its curves
published  published results, and counts of them
groups     people on their way into the analysis, and how alike the groups are
doubts     the finding by other ways, among made-up programmes, beside something hidden
counted    how many of the numbers that are shown lie where
in_tables  what stands in a table beside its numbers
resolve    numbers put in place of the refs of a recipe
"""
