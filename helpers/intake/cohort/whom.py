"""Whom an outcome counts: everyone, or those alone to whom something happened.

The report says of a measure "36 in every 100 similar people", or "among people who
returned to prison, 36 in every 100". Either is untrue if the column says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.intake.cohort.kinds import numeric
from helpers.intake.cohort.losses import boxes
from helpers.request import Outcome, Request
from helpers.request.limits import NEARLY_ALL
from helpers.request.measures.standard import PUBLISHED, STANDARD, YEAR

#: the column that tells who reoffended within a year
REOFFENDED = STANDARD[PUBLISHED].column
#: the measures whose columns tell it; the first that a cohort has is asked
TELL = (PUBLISHED, "reoffending_frequency")
#: the share of those whom a measure is said to be about that it has to be known of
MOST = 0.5


def events(values: pd.Series, rates: Mapping[str, pd.Series]) -> list[str]:
    """Give the rates that say to whom it happened, the rarest first.

    Nobody has a value to whom the rate did not happen, and most have one to whom it
    did: few of them would be no more than a part of those whom the rate names.
    """
    known = values.notna()
    fitting = [
        name
        for name, had in rates.items()
        if (had == 0).any()
        and not (known & (had != 1)).any()
        and known.sum() >= MOST * (had == 1).sum()
    ]
    return sorted(fitting, key=lambda name: (rates[name] == 1).sum())


def of_everyone(people: pd.DataFrame, request: Request) -> list[Outcome]:
    """Give the outcomes in a cohort that are about everyone in it."""
    rates = _rates(people, request)
    return [
        outcome
        for outcome in request.outcomes
        if outcome.column in people
        and not outcome.of_some
        and (outcome.of or outcome.standard or not _some(outcome, people, rates))
    ]


def _rates(people: pd.DataFrame, request: Request) -> dict[str, pd.Series]:
    """Give the rates of everyone that a request asks for, by column."""
    return {
        o.column: numeric(people[o.column])
        for o in request.outcomes
        if o.column in people and o.kind == "rate" and not o.of_reoffenders
    }


def _some(
    outcome: Outcome, people: pd.DataFrame, rates: Mapping[str, pd.Series]
) -> bool:
    others = {name: had for name, had in rates.items() if name != outcome.column}
    return bool(events(numeric(people[outcome.column]), others))


@dataclass(frozen=True, eq=False)
class _Counted:
    """An outcome among the people who go on, beside what tells of an event."""

    outcome: Outcome
    values: pd.Series
    treated: pd.Series
    asked: Mapping[str, pd.Series]  # rates of everyone that the request asks for
    told: Mapping[str, pd.Series]  # these, and who reoffended

    @property
    def known(self) -> int:
        return int(self.values.notna().sum())

    def nobody(self, group: pd.Series) -> bool:
        """Tell whether it is of those who reoffended, and nobody of a group did."""
        if not self.outcome.of_reoffenders:
            return False
        had = self.told.get(self.outcome.reoffended)
        return had is not None and bool((had[group] == 0).all())

    @property
    def of_known(self) -> str:
        of, known = len(self.values), self.known
        some = f"all {of:,}" if known == of else f"{known:,} of {of:,}"
        return f"{some} people have a value"


def problems(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give outcomes that are not about those whom the report would say, a line each."""
    if "treatment" not in cohort:
        return []
    people = cohort[boxes(cohort).isna()]
    asked = _rates(people, request)
    found = []
    for outcome in (o for o in request.outcomes if o.column in people):
        told = asked | _who_reoffended(people, outcome.horizon_days or YEAR)
        apart = {name: had for name, had in told.items() if name != outcome.column}
        counted = _Counted(
            outcome,
            numeric(people[outcome.column]),
            numeric(people["treatment"]) == 1,
            {name: had for name, had in apart.items() if name in asked},
            apart,
        )
        if counted.known:  # an empty column is left out, and the report says so
            found += [f"{file}: {outcome.column} {line}" for line in _wrong(counted)]
    return found


def _who_reoffended(people: pd.DataFrame, horizon: int) -> dict[str, pd.Series]:
    """Give 1 for who reoffended within a horizon, by the first column that tells it."""
    rows = [STANDARD[name].at(horizon) for name in TELL]
    for row in rows:
        if row.column in people:
            values = numeric(people[row.column])
            had = (values > 0).astype(float).where(values.notna())
            return {rows[0].column: had}
    return {}


def _wrong(counted: _Counted) -> list[str]:
    """Give what is wrong with one outcome: the first that is."""
    outcome, values = counted.outcome, counted.values
    for label, group in (
        ("in the treatment group", counted.treated),
        ("in the pool", ~counted.treated),
    ):
        if group.any() and values[group].isna().all() and not counted.nobody(group):
            return [
                f"has no value for anybody {label}; fill it for both groups, or take "
                "it out of outcomes"
            ]
    if outcome.of_reoffenders:
        wrong = _of_reoffenders(counted)
    elif outcome.of == "those_with_an_event":
        wrong = _of_some(counted)
    elif outcome.standard is None and outcome.of is None and outcome.kind == "days":
        wrong = _a_time(counted)
    else:
        wrong = _of_everyone(counted)
    return [wrong] if wrong else []


def _of_reoffenders(counted: _Counted) -> str:
    """Tell what keeps a standard measure from being of those who reoffended."""
    reoffended = counted.outcome.reoffended
    had = counted.told.get(reoffended)
    if had is None:
        if counted.known < len(counted.values):
            return ""
        return (
            f"is about those who reoffended, but {counted.of_known}; leave it "
            f"empty for the others, or add the column {reoffended}"
        )
    of_others = int((counted.values.notna() & (had == 0)).sum())
    if of_others and counted.outcome.kind != "days":  # of a time there is a rule
        return (
            f"must be empty for people who did not reoffend; found a value for "
            f"{of_others:,} of them; empty it, or correct {reoffended}"
        )
    back = had == 1
    known, of = int(counted.values[back].notna().sum()), int(back.sum())
    if known >= MOST * of:
        return ""
    return (
        f"is about those who reoffended, but only {known:,} of these {of:,} have a "
        "value; fill it, or take it out of outcomes"
    )


def _of_some(counted: _Counted) -> str:
    """Tell what keeps an outcome from being of those with an event alone."""
    if events(counted.values, counted.asked):
        return ""
    if counted.known == len(counted.values):
        return (
            f"has of: those_with_an_event, but {counted.of_known}; write of: "
            "everyone, or leave it empty for those to whom it did not happen"
        )
    if counted.known < NEARLY_ALL * len(counted.values):
        return ""
    return (
        f"has of: those_with_an_event, but {counted.of_known}, and no rate of the "
        "request says to whom it did not happen; write of: everyone, or ask under "
        "outcomes for the rate that says it too"
    )


def _of_everyone(counted: _Counted) -> str:
    """Tell what keeps an outcome from being of everyone."""
    outcome, values = counted.outcome, counted.values
    if outcome.of is None and outcome.standard is None:
        if events(values, counted.asked):
            return ""  # taken as of those with the event, and said so
    own = outcome.standard is None
    what = "has of: everyone" if outcome.of else "is about everyone"
    some = ", or write of: those_with_an_event" if own else ""
    some += " and ask for that rate" if own and not outcome.of else ""
    if counted.known < len(values):
        for name in events(values, counted.told):
            return (
                f"{what}, but nobody has a value for whom {name} is 0 "
                f"({counted.of_known}); write 0 for them if that is true{some}"
            )
    if counted.known >= MOST * len(values):
        return ""
    to_do = "write of: those_with_an_event" if own else "take it out of outcomes"
    return f"{what}, but only {counted.of_known}; fill it, or {to_do}"


def _a_time(counted: _Counted) -> str:
    """Tell what leaves open whom a time of the request's own counts."""
    values, known = counted.values, counted.known
    both = "write of: everyone or of: those_with_an_event for it"
    if known == len(values):
        for name, had in counted.told.items():
            others = values[had == 0]
            if len(others) and others.nunique() == 1 and values[had == 1].nunique() > 1:
                return (
                    f"holds one and the same number for all {len(others):,} people for "
                    f"whom {name} is 0; leave it empty for them if it did not happen, "
                    "or write of: everyone for it"
                )
        return ""
    if known < NEARLY_ALL * len(values) or events(values, counted.asked):
        return ""
    return (
        f"does not say whom it counts: {counted.of_known}, and no rate of the request "
        f"says to whom it did not happen; {both}"
    )
