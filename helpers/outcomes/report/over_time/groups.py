"""Whose time to the first reoffence can be followed, and over how many days."""

from collections.abc import Mapping

import pandas as pd

from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.survival import YEAR
from helpers.request import Outcome, Request
from helpers.request.measures.standard import PUBLISHED, STANDARD
from helpers.runs.run import Run

#: the measures that say who reoffended, and when for the first time, within any days
RATE, TIME = PUBLISHED, "time_to_first_reoffence"


def timed(request: Request) -> tuple[Outcome, Outcome] | None:
    """Give the rate that curves are of, and the time; None where a request has no both.

    Of several pairs it is the one of the fewest days.
    """
    by_days = {name: _by_days(request, name) for name in (RATE, TIME)}
    both = sorted(by_days[RATE].keys() & by_days[TIME].keys())
    return (by_days[RATE][both[0]], by_days[TIME][both[0]]) if both else None


def rates(request: Request) -> list[Outcome]:
    """Give the rates of reoffending of a request that asks how soon people did too."""
    asked = _by_days(request, TIME)
    return list(_by_days(request, RATE).values()) if asked else []


def _by_days(request: Request, name: str) -> dict[int, Outcome]:
    """Give the measures of a standard name by the days that each counts within."""
    days = {o: o.horizon_days or YEAR for o in request.outcomes if o.standard}
    return {n: o for o, n in days.items() if o.name == STANDARD[name].at(n).name}


def horizon(request: Request) -> int:
    """Give the days that people are followed for."""
    both = timed(request)
    return (both and both[0].horizon_days) or YEAR


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
    found: dict[str, pd.DataFrame] = {}
    both = timed(run.request)
    if not both:
        return found
    rate, time = (outcome.name for outcome in both)
    for name, people in matched.items():
        if not {rate, time} <= set(people) or not_headlined(run, sizes, name):
            continue
        names = {rate: "event", time: "day"}
        used = people[(people["weight"] > 0) & people[rate].notna()]
        used = used.set_index("person_id").rename(columns=names)
        if _agree(used, horizon(run.request)):
            found[name] = used[["treatment", "weight", "event", "day"]]
    return found


def _agree(used: pd.DataFrame, horizon: int) -> bool:
    """Tell whether just those who reoffended did so on a day of the time followed."""
    return used["day"].between(1, horizon).equals(used["event"] == 1)
