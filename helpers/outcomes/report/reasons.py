"""What is not shown or not headlined, and why."""

from typing import Any

import pandas as pd

from helpers.outcomes import gate
from helpers.publication import blocks, refs
from helpers.publication.wording.number_words import in_ten, in_words
from helpers.request import Outcome, limits

POOR = (
    "This result is not shown, because the two groups could not be made alike enough "
    "to compare."
)


FEW_REOFFENDERS = (
    f"This result is not shown, because fewer than {in_words(limits.REOFFENDERS)} "
    "people in the programme group are behind it."
)


KNOWN = "It counts those alone of whom it is known; the others have no value."

#: why a difference has no test, and so is neither significant nor not
NOT_TESTED = {
    "rate": "The difference is not tested, because in one of the groups too few people "
    "are counted, or too few are not.",
    "other": "The difference is not tested, because in one of the groups too few "
    "people have a value above nought, or all have the same.",
}


def reason_not_shown(row: Any, outcome: Outcome, quality: str) -> str:
    """Tell why an estimate stays in restricted/; empty where it may be shown."""
    if quality == "poorly":
        return POOR
    if outcome.of_some and row.n_treatment < limits.REOFFENDERS:
        return FEW_REOFFENDERS
    return ""


def not_shown(row: Any, outcome: Outcome, quality: str) -> Any:
    """Tell why an estimate is not shown, where what the reason follows from is."""
    reason = reason_not_shown(row, outcome, quality)
    behind = refs.measure(row.analysis, row.outcome, "n_treatment")
    if reason == POOR:
        behind = refs.of(row.analysis, "match_quality")
    return blocks.told(reason, behind)


#: what stands where the reason would tell about numbers that are hidden
NOT_TOLD = (
    "The result is not shown here, for a reason that follows from numbers hidden to "
    "protect people."
)


def not_headlined(match: Any, minimum_people: int) -> dict[str, Any]:
    """Tell why an analysis has no main points, for the words that say so.

    Gives the sentence `not_headlined`, empty where it has main points, and `why` in one
    word; both are neutral where the number that they follow from is withheld.
    """
    reason = reason_not_headlined(match, minimum_people)
    behind = refs.of(match.analysis, _follows_from(match, minimum_people))
    why = _why(match, minimum_people)
    return {
        "not_headlined": blocks.told(reason, behind, otherwise=NOT_TOLD),
        "why": blocks.told(why, behind, otherwise="hidden"),
    }


def _why(match: Any, minimum_people: int) -> str:
    """Give in one word why an analysis has no main points; empty where it has."""
    if gate.poorly_matched(match):
        return "poor"
    # first what follows from a number that is shown: the share would tell how many
    # were left unmatched, where that is hidden
    if match.n_treatment < minimum_people:
        return "few people"
    return "few matched" if gate.few_matched(match) else ""


def _follows_from(match: Any, minimum_people: int) -> str:
    """Give the name of the number from which it follows."""
    why = _why(match, minimum_people)
    return {"poor": "match_quality", "few people": "n_treatment"}.get(
        why, "share_matched"
    )


def reason_not_headlined(match: Any, minimum_people: int) -> str:
    """Tell why an analysis is kept out of the main points; empty where it is in."""
    if gate.poorly_matched(match):
        return (
            "No result is shown, because the two groups could not be made alike "
            "enough to compare. This does not mean that the programme made no "
            "difference."
        )
    few = _too_few(match, minimum_people)
    return few and (f"The result is not shown here, because {few}; the tables have it.")


def _too_few(match: Any, minimum_people: int) -> str:
    """Say which people are too few to head a report; empty where enough."""
    few = in_words(minimum_people)
    return {
        "few people": f"fewer than {few} people in the programme could be analysed",
        "few matched": f"fewer than {in_ten(limits.HEADLINED)} of the people who could "
        "have been analysed were matched",
    }.get(_why(match, minimum_people), "")


def of_row(
    row: Any, outcome: Outcome, match: Any, minimum_people: int
) -> dict[str, tuple[str, ...]]:
    """Say why a row of a table is not shown, not tested, or no main point.

    Gives each sentence with the numbers that it would tell of: where one of these is
    hidden, it is not said.
    """
    behind = refs.of(match.analysis, _follows_from(match, minimum_people))
    if gate.poorly_matched(match):
        return {POOR: (behind,)}
    told: dict[str, tuple[str, ...]] = {}
    few = _too_few(match, minimum_people)
    if few and outcome.main_point:
        told[f"This result is not among the main points, because {few}."] = (behind,)
    of = (row.analysis, row.outcome)
    size = refs.measure(*of, "n_treatment")
    if reason := reason_not_shown(row, outcome, match.quality):
        told[reason] = (size,)
    elif pd.isna(row.p_value):
        test = refs.measure(*of, "p_value")
        told[NOT_TESTED["rate" if outcome.kind == "rate" else "other"]] = (test,)
    # of a measure of some people the caption of its table says whom it counts
    if not outcome.of_some and row.n_treatment < match.n_treatment:
        told[KNOWN] = (size, refs.of(match.analysis, "n_treatment"))
    return told
