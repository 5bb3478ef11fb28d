"""The one decision on what a report may show.

rules     profiles and precisions, as data
decision  what is withheld: the primary rule, and what follows
log       what was decided on each number, as a file
"""

from helpers.publication.disclosure.decision import Decision, release

__all__ = ["Decision", "release"]
