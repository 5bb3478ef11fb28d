"""Why an analysis could not be made: a row a reason, with what would be needed.

`{fewer}` and `{at_least}` stand for fewer people than a request asks for, and for as
many ("fewer than sixty men", "at least sixty men"), `{noun}` for what they are called.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A reason, by the name that result.json has for it, and what a reader is told."""

    name: str
    title: str  # the finding in one line
    why: str  # why that leaves no estimate
    needed: tuple[str, ...]  # what would make one possible
    #: the same where the analysis is about some of those who were sent
    needed_of_some: tuple[str, ...] = ()


NOBODY_FOUND = Reason(
    "nobody_found",
    "Nobody on the list was found in the national records",
    "What people did afterwards is read from their records. Without a record there is "
    "nothing to read.",
    (
        "Details by which people can be found: the full name and the date of birth as "
        "they stand on record, with a PNC id or a prison number wherever one is known.",
        "Records have to be found for {at_least}.",
    ),
)
NOT_FOLLOWED_UP = Reason(
    "not_followed_up",
    "Too few of the {noun} have been followed for long enough",
    "Each person is followed for some time after the sentence, and for a while longer "
    "in which an offence can be proven in court. That time is not over for enough of "
    "them, and with {fewer} the programme cannot be told from chance.",
    (
        "Time. Enough people were sent in, and the same list can be analysed when "
        "records of a later date are there.",
    ),
)
TOO_FEW_PEOPLE = Reason(
    "too_few_people",
    "{fewer} in the programme were left to analyse",
    "So few people can do better or worse by chance alone. An estimate would say more "
    "about chance than about the programme.",
    (
        "It takes {at_least} who can be analysed.",
        "More people can be added to the list, and details that are missing or wrong "
        "in it can be corrected.",
    ),
    (
        "It takes {at_least} who can be analysed.",
        "More people like these can be added to the list, or the analysis can be of a "
        "wider choice of people. That has to be chosen before anybody sees a result.",
    ),
)
POOR_MATCH = Reason(
    "poor_match",
    "The two groups could not be made alike enough to compare",
    "The groups still differ after matching. A gap between them afterwards could come "
    "from how they differed from the start.",
    (
        "A comparison group that is more like the {noun} in the programme: one drawn "
        "from more people, or from people in the same circumstances.",
        "Or matching on other characteristics, if some of those used here have little "
        "to do with the outcome. They have to be chosen before anybody sees a result.",
    ),
)

REASONS = {
    reason.name: reason
    for reason in (NOBODY_FOUND, NOT_FOLLOWED_UP, TOO_FEW_PEOPLE, POOR_MATCH)
}
