"""A stage carried out.

execute       its notebook through papermill, in a fresh kernel
fingerprints  what it is made from, as one hash, by which it is known again
executed      whether an executed notebook counts as its stage carried out
by_itself     by papermill's own command, as a workflow engine starts it
profile       where its time went, and that of the report after it
failure       what a run that stopped says, in one line
"""
