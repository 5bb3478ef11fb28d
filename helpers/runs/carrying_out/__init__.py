"""A stage carried out.

execute  its notebook through papermill, in a fresh kernel
failure  what a run that stopped says, in one line
"""
