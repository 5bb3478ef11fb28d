"""The rules of TARGET: what the report tells of a target trial and its emulation.

reported   whether the report holds what an item asks for, and where
summary    items 1 to 5 and 17 to 21: the summary, what it is for, what is shared
trial      item 6: the target trial itself
emulation  item 7: how it is emulated with the data
results    items 8 to 16: what was found, and what it means
"""
