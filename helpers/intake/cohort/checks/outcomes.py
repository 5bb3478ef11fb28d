"""What the columns of outcomes must hold, each by itself and beside each other."""

from itertools import pairwise

import pandas as pd

from helpers.intake.cohort.checks.lines import correct, problem
from helpers.intake.cohort.kinds import numeric
from helpers.request import Request
from helpers.request.measures.standard import (
    PUBLISHED,
    YEAR,
    adding_up,
    named,
    of_column,
)

RULES = {
    "rate": ("must be 0 or 1", lambda x: x.isin([0, 1])),
    "frequency": (
        "must be a whole number of 0 or more",
        lambda x: (x >= 0) & (x % 1 == 0),
    ),
    "amount": ("must be a finite number", lambda x: x.notna()),
    "days": ("must be a number of days of 0 or more", lambda x: x >= 0),
}


def outcome_columns(cohort: pd.DataFrame, request: Request) -> dict[str, str]:
    """Give column and kind of each outcome in the cohort, standard ones included."""
    standard = {column: of_column(str(column)) for column in cohort}
    kinds = {column: row.kind for column, row in standard.items() if row}
    asked = {o.column: o.kind for o in request.outcomes if o.column in cohort}
    return kinds | asked


def problems(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give what is wrong with the columns of outcomes, one line each."""
    found = []
    for column, kind in outcome_columns(cohort, request).items():
        values, rule = numeric(cohort[column]), RULES[kind]
        found += problem(
            file,
            column,
            rule[0],
            cohort[column].notna() & ~rule[1](values),
            f"{correct(cohort[column])}, or leave it empty if it is not known",
        )
    held = [row for column in cohort if (row := of_column(str(column)))]
    horizons = sorted({YEAR, *(row.horizon for row in held)})
    for horizon in horizons:
        found += _agreement(cohort, horizon, file)
    return found + _within(cohort, horizons, file) + _tells(cohort, request, file)


def _tells(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Refuse all but one column of measures that add up, where they are asked for."""
    asked = {o.name: o.column for o in request.outcomes if o.standard}
    found = []
    for whole in adding_up(o.horizon_days for o in request.outcomes if o.standard):
        columns = [named(name).column for name in whole]
        held = [asked[n] for n in whole if n in asked and asked[n] in cohort]
        if len(held) == len(whole) - 1:
            [absent] = set(columns) - set(held)
            found.append(
                f"{file}: {' and '.join(held)} are asked for and tell {absent}, which "
                "is not there; add it, or name the outcomes that are analysed"
            )
    return found


def _agreement(cohort: pd.DataFrame, horizon: int, file: str) -> list[str]:
    """Check what is told of reoffences within a horizon against who reoffended."""
    rate, often, soon, *violent = (
        named(name).at(horizon).column
        for name in (
            PUBLISHED,
            "reoffending_frequency",
            "time_to_first_reoffence",
            "violent_reoffending_rate",
            "violent_reoffending_frequency",
        )
    )
    if rate not in cohort:
        return []
    reoffended = numeric(cohort[rate])
    found = []
    if soon in cohort:
        found += _times(numeric(cohort[soon]), reoffended, horizon, file)
    if often in cohort:
        count = numeric(cohort[often])
        found += problem(
            file,
            often,
            "must be 0 for people who did not reoffend and above 0 for those who did",
            count.notna() & reoffended.notna() & ((count > 0) != (reoffended == 1)),
            f"count both over the same {horizon:,} days",
        )
    for column in (name for name in violent if name in cohort):
        found += problem(
            file,
            column,
            "must be 0 for people who did not reoffend",
            (numeric(cohort[column]) > 0) & (reoffended == 0),
            f"correct it, or write 1 in {rate}",
        )
    return found


def _times(
    days: pd.Series, reoffended: pd.Series, horizon: int, file: str
) -> list[str]:
    """Check the times to a first reoffence against who reoffended."""
    column, rate = days.name, reoffended.name
    rules = (
        (
            f"must lie between 1 and {horizon:,} for people who reoffended",
            (reoffended == 1) & (days > horizon),
            f"correct it, or write 0 in {rate}",
        ),
        (
            "must not be 0 for people who reoffended",
            (reoffended == 1) & (days >= 0) & (days < 1),
            f"leave the day blank, or write 0 in {rate} where nothing was done on "
            f"day 1 to {horizon:,}",
        ),
        (
            "must be empty for people who did not reoffend",
            (reoffended == 0) & days.notna(),
            f"empty it, or write 1 in {rate}",
        ),
    )
    return [line for rule in rules for line in problem(file, column, *rule)]


def _within(cohort: pd.DataFrame, horizons: list[int], file: str) -> list[str]:
    """Check that nobody reoffended within some days and not within more of them."""
    rates = [named(PUBLISHED).at(horizon).column for horizon in horizons]
    held = [rate for rate in rates if rate in cohort]
    return [
        line
        for sooner, later in pairwise(held)
        for line in problem(
            file,
            later,
            f"must be 1 for people with 1 in {sooner}",
            (numeric(cohort[sooner]) == 1) & (numeric(cohort[later]) == 0),
            "who reoffended within fewer days did so within more",
        )
    ]
