"""Strengths and limits as sentences: which of them apply is told by `limits`."""

from helpers.publication.wording.number_words import one_in
from helpers.request.limits import UNKNOWN_STARTS

#: a lead-in in bold, and the sentences that follow it
Point = tuple[str, str]

SEALED = (
    "The outcomes were sealed.",
    "They were opened only after the matching was settled, and the matching has not "
    "changed since.",
)
#: where another request had made the very same matching, and opened them on it
SEALED_AGAIN = (
    SEALED[0],
    "They were opened only after the matching was settled, first by another analysis "
    "with this same matching, and the matching has not changed since.",
)
COUNTED = (
    "Everyone is counted.",
    "Each line submitted is counted once: in the analysis, or under one reason for "
    "being left out.",
)
COUNTED_OPEN = (
    "Everyone is counted.",
    "Each person in the data who was in the programme is counted once: in the "
    "analysis, or under one reason for being left out.",
)
WRITTEN = (
    "The method is written down.",
    "Every setting of the analysis stands in one request, so that it can be made again "
    "and checked.",
)

#: what could make the groups differ, by what decided who took part
MOTIVATION = (
    "Motivation is not measured.",
    "The groups were matched on what is recorded. Those who took part may have "
    "wanted to change more than the people of the comparison group.",
)
PLAY_OF_CHANCE = (
    "Chance leaves differences.",
    "Chance decided who took part, so the groups differ by the play of chance, in what "
    "is recorded and in what is not. Matching evens out small differences in what is "
    "recorded, and can make the result more precise; it cannot even out the others.{}",
)
NOT_BY_CHANCE = (
    " Who is left out of the analysis was not decided by chance, and that may have "
    "made the groups differ."
)
#: limits that hold for every study of this kind (method, section 9)
OTHER_SUPPORT = (
    "Other support is not known.",
    "People in the comparison group may have had similar support elsewhere.",
)
#: its sentences where a second interval by sites stands in the report follow
NOT_INDEPENDENT = (
    "People helped in one place are not independent.",
    "What happens to one may bear on the others. The intervals take no account of "
    "this, and may be too narrow.",
)
BY_SITE = (
    "What happens to one may bear on the others. The results in detail have a second "
    "interval that takes account of this; all other intervals take none, and may be "
    "too narrow."
)
KEPT_APART = (
    "Everyone submitted who was found is out of the comparison pool.",
    "So are those who were found in the national records and could not be analysed, "
    "and everyone whom a line submitted may be about.",
)
NOT_FOUND = (
    "Some people submitted were not found.",
    "They may be in the comparison pool under another name, and may have done better "
    "or worse than those who were found.",
)
SUBMITTED = (
    "The groups are kept apart by the cohort.",
    "Everyone submitted is meant to be out of the comparison pool, those who could "
    "not be analysed among them; the cohort as it was prepared is relied on for this.",
)
REOFFENDERS_ONLY = (
    "Some measures are about some people only.",
    "They count those with an event, who were not matched to each other. The groups "
    "were matched as a whole, so those of each group need not be alike.",
)
#: limits of measures of proven reoffending: another outcome may count what it likes
STANDARD = [
    (
        "Deaths and removals are not seen.",
        "People who died or were removed from the country count as not having "
        "reoffended.",
    ),
    (
        "Time back in custody counts.",
        "Time back in custody for another reason counts as not reoffending.",
    ),
    (
        "Only proven offences count.",
        "They are offences that led to a conviction, caution, reprimand or warning.",
    ),
]
NATIONAL = (
    "The rate is not a national rate.",
    "It is about the people who could be analysed{}, and cannot be compared with "
    "national rates.",
)
BEFORE = ", without those who reoffended before support began"
NOT_CORRECTED = (
    "The start of support is often not known.",
    f"More than {one_in(UNKNOWN_STARTS)} people in the programme have no such date, so "
    "the analysis could not allow for those who reoffended before it. This can make a "
    "programme look better or worse than it is.",
)
#: what leads in the limits that every study of its kind has: in full they lie in a fold
USUAL = tuple(
    lead
    for lead, _ in (
        OTHER_SUPPORT, NOT_INDEPENDENT, KEPT_APART, SUBMITTED, NATIONAL,
        REOFFENDERS_ONLY, *STANDARD,
    )
)  # fmt: skip
HELD = (
    "The analyst held the outcomes before matching.",
    "They came in the same file as the characteristics. The matching made no use of "
    "them, but it may have been chosen with the result in sight.",
)
OPENED_BEFORE = (
    "The outcomes had been opened before.",
    "This matching was made after the outcomes of these people had first been opened, "
    "in this analysis or in another, so it may have been chosen with the result in "
    "sight.",
)
POOL_BEFORE = (
    "Other people’s outcomes had been opened before.",
    "The matching was changed after the outcomes of people who did not take part had "
    "been opened. Those of the people who took part were opened only after it was "
    "settled.",
)
TRIED = (
    "Other matchings were tried as well.",
    "This matching was settled before the outcomes of these people were first opened. "
    "They have since been opened on other matchings too, in this analysis or in "
    "another, so this one may have been kept with several results in sight.",
)
UNREAD = (
    "It is not known in full when the outcomes were opened.",
    "The record of earlier openings cannot be read any more, so the matching may have "
    "been chosen with the result in sight.",
)
#: when the outcomes were opened, if not after the matching alone
WHEN_OPENED = {
    "held": HELD,
    "unread": UNREAD,
    "before": OPENED_BEFORE,
    "pool": POOL_BEFORE,
    "tried": TRIED,
}
