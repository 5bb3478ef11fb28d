"""The one decision on what a report may show.

rules        profiles, precisions and the sentences of rules, as data
structure    the people behind each number: equal, nested and disjoint groups
audit        what a reader can tell of whole numbers, and when that is too much
shares       what a printed share says of people, and ranges that say less
apart        groups a few people apart: analyses, releases, sizes of measures
case         a report before its decision, and what is withheld so far
suppress     what is hidden for its own counts, what follows, what hiding costs
counts       which exact counts are hidden: sizes, the flow
editions     what was released before on the same people
pairs        what gives way to another analysis, release or measure
reoffenders  those who reoffended, where measures or analyses differ by a few of them
level_state  the levels of an analysis, and what everybody can tell of them
levels       which levels of an analysis are hidden, and how "before" is told
rows         rows of the balance table over all analyses
decision     the one decision, over everything
log          what was decided on each number, as a file
"""

from helpers.publication.disclosure.decision import Decision, release

__all__ = ["Decision", "release"]
