"""Sentences on whether an answer holds.

sure  how sure a reader can be, in three lines
gate  when the outcomes were opened, and what was changed afterwards
"""Whether the answer holds, in words.

earlier  whether the groups already differed in a year before the conviction
"""Whether the answer holds, in words.

placebo     how many made-up programmes came to as large a difference
"""Whether the answer holds, in sentences.

estimators  what every other way of comparing gives, and whether it bears out
"""Whether the answer holds, in sentences.

hidden_bias  something hidden that is as strong as what was measured
tests        whether the verdict depends on the test
"""
