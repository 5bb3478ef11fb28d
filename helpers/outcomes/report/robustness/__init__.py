"""What this stage tells of whether the answer holds.

gate       the design gate: its numbers, its table for reviewers
sure       how sure a reader can be, for the main points
rungs      a rung of a ladder as cells
links      what the sizes of the linkage ladder tell of the flow
ladders    ladders as figures, and what moves between their rungs
"""
