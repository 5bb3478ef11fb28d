"""Sentences on whether the answer holds.

in_brief     three short sentences of all that follows, and the lines of folds
sure         how sure a reader can be, in three lines
estimators   what every other way of comparing gives, and whether it bears out
earlier      whether the groups already differed in a year before the conviction
placebo      how many made-up programmes came to as large a difference
gate         when the outcomes were opened, and what was changed afterwards
hidden_bias  something hidden that is as strong as what was measured
tests        whether the verdict depends on the test
"""
