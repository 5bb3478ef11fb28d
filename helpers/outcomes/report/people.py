"""Whose outcome is known, and who has its event, for the disclosure."""

from collections.abc import Iterable

import pandas as pd

from helpers.publication.people import BEFORE, COMPARISON, POOL, SELECTED, TREATED, Who
from helpers.publication.refs import slug
from helpers.request import Outcome


def who(each: Iterable[tuple[str, Outcome, pd.DataFrame]]) -> list[Who]:
    """Give the people of every outcome: `each` is analysis, outcome, matched people."""
    found = []
    for analysis, outcome, people in each:
        found += of_outcome(slug(analysis), outcome, people)
    return found


def of_outcome(base: str, outcome: Outcome, people: pd.DataFrame) -> list[Who]:
    """Give for whom of an analysis, or of a rung, an outcome is known, and has come.

    The mean of an amount does not tell how many have one above 0, as a rate tells who
    has the event: it is told of all of whom it is known.
    """
    values, ids = people[outcome.name], pd.Index(people["person_id"])
    known = values.notna().to_numpy()
    event = known if outcome.kind == "amount" else (values > 0).to_numpy()
    return [
        Who(base, "known", outcome.name, ids[known]),
        Who(base, "event", outcome.name, ids[event]),
    ]


def of_rung(base: str, people: pd.DataFrame) -> list[Who]:
    """Give the groups of a rung of a ladder, before and after it was matched."""
    treated, used = people["treatment"] == 1, people["weight"] > 0
    scored = people["propensity"].notna()
    groups = {
        BEFORE: treated & scored,
        TREATED: treated & used,
        POOL: ~treated & scored,
        COMPARISON: ~treated & used,
        SELECTED: treated,
    }
    ids = pd.Index(people["person_id"])
    return [
        Who(base, "group", name, ids[who.to_numpy()]) for name, who in groups.items()
    ]
