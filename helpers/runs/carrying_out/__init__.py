"""A stage carried out.

execute       its notebook through papermill, in a fresh kernel
fingerprints  what it is made from, as one hash, by which it is known again
failure       what a run that stopped says, in one line
"""
