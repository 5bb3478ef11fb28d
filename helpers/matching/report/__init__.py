"""What matching tells: the people, their balance, how they were matched.

left_out         analyses that cannot be carried out: the run goes on without
sizes            sizes, widths and verdicts as cells and checks
checks           the model fitted again, and whether one person carries a result
flow             where every submitted line went
characteristics  both groups before and after, as cells and rows
described        both groups in tables, after matching and before it, needs too
in_brief         who the people in an analysis are, in a few lines
layers           a section by analysis: the headline in view, all else folded
people           who is in each group and has each level, for the disclosure
overlap          where the propensity scores of both groups lie
quality          how well the groups are matched, in words, and their sizes
bench            calipers and methods side by side, for the analyst alone
diagnostics      for the analyst alone: distributions, weights, other definitions
sections         love plots, and how people were matched in words
"""
