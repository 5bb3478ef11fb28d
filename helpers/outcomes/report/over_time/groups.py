"""Whose time to the first reoffence can be followed, and over how many days."""

from collections.abc import Mapping

import pandas as pd

from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.survival import YEAR
from helpers.request import Outcome, Request
from helpers.request.measures.standard import PUBLISHED
from helpers.runs.run import Run

#: the measures that say who reoffended, and when for the first time
RATE, TIME = PUBLISHED, "time_to_first_reoffence"


def rate(request: Request) -> Outcome | None:
    """Give the measure that curves are of; None where the request has none."""
    return next((o for o in request.outcomes if o.name == RATE), None)


def horizon(request: Request) -> int:
    """Give the days that people are followed for."""
    own = rate(request)
    return (own and own.horizon_days) or YEAR


def followed(
    run: Run, matched: Mapping[str, pd.DataFrame], sizes: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give the people of each analysis that a report may tell of over time.

    Analyses that head no report are left out, and those of which it is not known of
    everybody who reoffended on which day of the time followed.

    Returns
    -------
    dict
        By the name of the analysis: people with a weight above 0 of whom it is known
        whether they reoffended, by person_id; treatment, weight, event and day.
    """
    found = {}
    for name, people in matched.items():
        if not {RATE, TIME} <= set(people) or not_headlined(run, sizes, name):
            continue
        names = {RATE: "event", TIME: "day"}
        used = people[(people["weight"] > 0) & people[RATE].notna()]
        used = used.set_index("person_id").rename(columns=names)
        if _agree(used, horizon(run.request)):
            found[name] = used[["treatment", "weight", "event", "day"]]
    return found


def _agree(used: pd.DataFrame, horizon: int) -> bool:
    """Tell whether just those who reoffended did so on a day of the time followed."""
    return used["day"].between(1, horizon).equals(used["event"] == 1)
