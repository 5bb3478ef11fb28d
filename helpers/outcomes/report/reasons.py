"""What is not shown or not headlined, and why."""

from typing import Any

import pandas as pd

from helpers.publication.labels import title
from helpers.publication.wording.number_words import in_ten, in_words
from helpers.request import Outcome, Request, limits

POOR = (
    "This result is not shown, because the two groups could not be made alike enough "
    "to compare."
)


FEW_REOFFENDERS = (
    f"This result is not shown, because fewer than {in_words(limits.REOFFENDERS)} "
    "people in the programme group are behind it."
)


KNOWN = "It counts those alone of whom it is known; the others have no value."


def reason_not_shown(row: Any, outcome: Outcome, quality: str) -> str:
    """Tell why an estimate stays in restricted/; empty where it may be shown."""
    if quality == "poorly":
        return POOR
    if outcome.of_some and row.n_treatment < limits.REOFFENDERS:
        return FEW_REOFFENDERS
    return ""


def reason_not_headlined(match: Any, minimum_people: int) -> str:
    """Tell why an analysis is kept out of the main points; empty where it is in."""
    if match.quality == "poorly":
        return (
            "No result is shown, because the two groups could not be made alike "
            "enough to compare. This does not mean that the programme made no "
            "difference."
        )
    few = _too_few(match, minimum_people)
    return few and (f"The result is not shown here, because {few}; the tables have it.")


def _too_few(match: Any, minimum_people: int) -> str:
    """Say which people are too few to head a report; empty where enough."""
    # first what follows from a number that is shown: the share would tell how many
    # were left unmatched, where that is hidden
    if match.n_treatment < minimum_people:
        few = in_words(minimum_people)
        return f"fewer than {few} people in the programme could be analysed"
    if match.share_matched < limits.HEADLINED:
        return (
            f"fewer than {in_ten(limits.HEADLINED)} of the people who could have been "
            "analysed were matched"
        )
    return ""


def table_notes(
    estimates: pd.DataFrame, request: Request, match: Any, minimum_people: int
) -> list[str]:
    """Say why measures of a table are not shown, or not among the main points."""
    if match.quality == "poorly":
        return [POOR]
    few = _too_few(match, minimum_people)
    notes = [f"This result is not among the main points, because {few}."] if few else []
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    for row in estimates[estimates["analysis"] == match.analysis].itertuples():
        outcome = outcomes[row.outcome]
        reason = reason_not_shown(row, outcome, match.quality)
        notes += [f"{title(outcome)}: {reason}"] if reason else []
        # of a measure of some people the title of its row says whom it counts
        if not outcome.of_some and row.n_treatment < match.n_treatment:
            notes.append(f"{title(outcome)}: {KNOWN}")
    return notes
