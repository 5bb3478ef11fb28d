"""The finding on other people, or with more known of them.

rungs    a rung of a ladder as cells
links    what the sizes of the linkage ladder tell of the flow
ladders  ladders as figures, and what moves between their rungs
"""
