"""The one decision on what a report may show.

rules     profiles and precisions, as data
structure the people behind each number: equal, nested and disjoint groups
audit     what a reader can tell of whole numbers: bounds, and when they say too much
shares    what a printed share says of people, and ranges that say less
suppress  what is hidden for its own counts, what follows, and what hiding costs
counts    which exact counts are hidden: the flow, sizes
levels    which levels are hidden, and how finely "before" is told
apart     groups a few people apart: analyses, releases, sizes of measures
editions  what was released before on the same people
decision  the one decision, over everything
log       what was decided on each number, as a file
"""

from helpers.publication.disclosure.decision import Decision, release

__all__ = ["Decision", "release"]
