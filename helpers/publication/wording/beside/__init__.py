"""Sentences on what stands beside the estimates of an analysis, and before them.

power      what an analysis could find, said before one is made
in_tables  what stands in a table in words: an interval, a verdict, a note on rows
over_time  how soon people reoffended
precision  what size of difference could be found, and whether one could matter
sites      what changes where people helped at one place are taken together
qualified  what of these changes what may be made of a finding, in a sentence
lines      what stands beside the estimates, in the line of a fold each
contrasts  how far apart two sub-groups are, and whether they differ
"""
