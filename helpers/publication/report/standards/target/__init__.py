"""The answers of TARGET: what the report tells of a target trial and its emulation.

told     answers that are the same for every run, or for every run on records
design   rules on the question, the data, the target trial and its emulation
results  rules on what was found
"""
