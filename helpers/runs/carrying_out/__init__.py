"""Stages carried out, one after the other.

attempt       every stage, then the report and the manifest, in a hidden folder
execute       a stage: its notebook through papermill, in a fresh kernel
fingerprints  what a stage is made from, as one hash, by which it is known again
executed      whether an executed notebook counts as its stage carried out
by_itself     by papermill's own command, as a workflow engine starts it
profile       where its time went, and that of the report after it
sealed        whether it lies in an attempt as the driver left it
resume        which stages of an earlier attempt, or of the finished run, still hold
last_day      until when what a run shares with others may be held, told again
ended         how the process of a kernel, or of a driver, ended, in words
failure       what a run that stopped says, in one line
"""
