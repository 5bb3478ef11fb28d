"""The measures as cells: numbers that the report may show, each with its rule."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import moves
from helpers.outcomes.report.reasons import POOR, reason_not_shown
from helpers.publication import refs, units
from helpers.publication.cells import Cell, of_largest
from helpers.publication.disclosure.rules import PRECISIONS
from helpers.request import Outcome, Request
from helpers.request.measures.standard import adding_up

#: published in their own units, ten-to-the-two for rates (per cent)
LEVELS = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")
IN_UNITS = (*LEVELS, "standard_error")
#: each group's own interval
WITHIN_LEVELS = (
    "ci_treatment_low",
    "ci_treatment_high",
    "ci_comparison_low",
    "ci_comparison_high",
)

#: by which rule of the method each number comes about
SIZE = "5: people with a weight above 0 and a known outcome, each counted once"
VALUE = {
    "treatment": "5: ȳₜ, the mean of those matched in the programme",
    "comparison": "5: ȳ_c = Σwy/Σw, the weighted mean of those matched to them",
}
FEW = "where too few for a test"
DERIVED = {
    "difference": "5: d = ȳₜ − ȳ_c",
    "ci_low": f"5: d − t(df)·√(Vₜ + V_c); Newcombe's limit {FEW}",
    "ci_high": f"5: d + t(df)·√(Vₜ + V_c); Newcombe's limit {FEW}",
    "standard_error": "5: √(Vₜ + V_c), V_c with the effective size n_e",
    "p_value": f"5: two-sided p of d/√(Vₜ + V_c) by t(df); none {FEW}",
    "effective_comparison": "4: n_e = (Σw)²/Σw², of those with a known outcome",
}
#: what is rounded otherwise than the values of its measure
OTHER_ROUNDING = {"p_value": "p", "effective_comparison": "effective size"}
PER_100 = "9: 100 times the number for one person"
#: of a group's own interval: for a rate, and for a mean
WITHIN = {
    "treatment": (
        "5: l or u of ȳₜ with nₜ (Wilson), the parts of Newcombe's interval",
        "5: ȳₜ ± t(nₜ − 1)·√Vₜ",
    ),
    "comparison": (
        "5: l or u of ȳ_c with n_e (Wilson), the parts of Newcombe's interval",
        "5: ȳ_c ± t(n_e − 1)·√V_c",
    ),
}
#: and for a mean of what cannot be below 0
NOT_BELOW = ", not below 0 where no value is"


def cells(
    estimates: pd.DataFrame,
    matched: Mapping[str, pd.DataFrame],
    matches: pd.DataFrame,
    request: Request,
) -> list[Cell]:
    """Give every estimate as cells; those that may not be shown have no value."""
    found: list[Cell] = []
    for row, outcome, reason in _each(estimates, matches, request):
        people = matched[row.analysis]
        # on a poor match the rate is withheld, and how many a time counts tells it
        counted = not outcome.of_some or reason != POOR
        found += _groups(row, outcome, people, shown=not reason, counted=counted)
        values, roundings = _estimate(row, outcome, request)
        found += _derived(row, outcome, values, DERIVED, roundings, shown=not reason)
    return found


def _estimate(
    row: Any, outcome: Outcome, request: Request
) -> tuple[dict[str, float], dict[str, str]]:
    """Give what follows from both groups' values, and how each is rounded."""
    scale, by = scale_of(outcome), moves.of(row, outcome, request).difference
    values = {
        name: getattr(row, name) * (scale if name in IN_UNITS else 1)
        for name in DERIVED
    }
    roundings = {name: precision(outcome, name) for name in DERIVED}
    values, roundings = moves.told(values, by, roundings)
    if outcome.kind != "frequency":
        return values, roundings
    names = {name: f"per_100.{name}" for name in LEVELS}
    per = {name: getattr(row, name) * 100 for name in LEVELS} | {"p_value": row.p_value}
    rounded = {name: precision(outcome, names[name]) for name in LEVELS}
    per, rounded = moves.told(per, 0.0, rounded)
    values |= {names[name]: per[name] for name in LEVELS}
    return values, roundings | {names[name]: rounded[name] for name in LEVELS}


def printed_limits(row: Any, outcome: Outcome, request: Request) -> tuple[float, float]:
    """Give the limits of an estimate as they are published, in points or per 100."""
    values, roundings = _estimate(row, outcome, request)
    first = "per_100." if outcome.kind == "frequency" else ""
    names = [f"{first}{end}" for end in moves.ENDS]
    printed = request.disclosure.profile != "none"
    return tuple(
        PRECISIONS[roundings[name]](values[name])
        if printed and math.isfinite(values[name])
        else values[name]
        for name in names
    )


def interval_cells(
    intervals: pd.DataFrame,
    estimates: pd.DataFrame,
    matches: pd.DataFrame,
    request: Request,
) -> list[Cell]:
    """Give each group's own interval as cells, with no value where it is not shown."""
    found: list[Cell] = []
    for row, outcome, reason in _each(estimates, matches, request):
        limits = intervals.loc[(row.analysis, row.outcome)].to_dict()
        cut = NOT_BELOW if outcome.kind in ("frequency", "days") else ""
        rules = {name: WITHIN[name.split("_")[1]][outcome.kind != "rate"] + cut
                 for name in limits}  # fmt: skip
        move, scale = moves.of(row, outcome, request), scale_of(outcome)
        values = {
            name: moves.limit(limit * scale, move.by_group[name.split("_")[1]])
            for name, limit in limits.items()
        }
        values |= _per_100(outcome, limits)
        if outcome.kind != "rate":
            # with all its digits a limit would give the sum of squares, which tells
            # whether one person of a few had many reoffences
            values = {name: _printed(name, v, outcome) for name, v in values.items()}
        roundings = {name: precision(outcome, name) for name in values}
        found += _derived(row, outcome, values, rules, roundings, shown=not reason)
    return found


def _printed(name: str, value: float | None, outcome: Outcome) -> float | None:
    """Give a limit at report rounding: whole days or per 100, 2 decimals for one."""
    if value is None or pd.isna(value):
        return value
    if outcome.kind == "amount":
        return round(value, 0 if units.money(outcome.unit) else 1)
    each = outcome.kind == "frequency" and not name.startswith("per_100")
    return round(value, 2 if each else 0)


def _each(
    estimates: pd.DataFrame, matches: pd.DataFrame, request: Request
) -> list[tuple[Any, Outcome, str]]:
    """Give each estimate, its outcome, and why it is not shown."""
    quality = matches.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    return [
        (row, outcome, reason_not_shown(row, outcome, quality[row.analysis]))
        for row in estimates.itertuples(index=False)
        for outcome in [outcomes[row.outcome]]
    ]


def _numerators(people: pd.DataFrame, outcome: Outcome) -> dict[int, int | None]:
    """Give people behind a value in each group, unweighted.

    Those with the event; of an amount, those of whom it is other than 0: nobody else
    adds anything to the total that its mean tells.
    """
    used = people[(people["weight"] > 0) & people[outcome.name].notna()]
    counts = (used[outcome.name] != 0).groupby(used["treatment"]).sum()
    return {group: int(counts.get(group, 0)) for group in (1, 0)}


def _of_whom(people: pd.DataFrame, outcome: Outcome, group: int) -> int | None:
    """Count everyone matched in a group, where a measure counts some of them only.

    A time counts those to whom it happened: the others are people too. Where it is
    known of all, all of them reoffended, or had another event.
    """
    matched = people[(people["weight"] > 0) & (people["treatment"] == group)]
    unknown = outcome.kind == "days" and matched[outcome.name].isna().any()
    return len(matched) if outcome.of_some or unknown else None


def base(row: Any) -> str:
    """Give where the refs of an estimate begin: its analysis, or a rung of it."""
    if row.variant == MAIN:
        return refs.slug(row.analysis)
    return refs.rung(row.analysis, row.variant)


def _ref(row: Any, name: str) -> str:
    return refs.within(base(row), f"{row.outcome}.{name}")


def _groups(
    row: Any, outcome: Outcome, people: pd.DataFrame, *, shown: bool, counted: bool
) -> list[Cell]:
    """Give each group's size and value, with the people behind them."""
    kind, scale = "rate" if outcome.kind == "rate" else "mean", scale_of(outcome)
    numerators = _numerators(people, outcome)
    amounts = people[outcome.name] * people["weight"]
    sizes, values = [], []
    for name, group in (("treatment", 1), ("comparison", 0)):
        size, n = _ref(row, f"n_{name}"), getattr(row, f"n_{name}")
        whole, count = _of_whom(people, outcome, group), n if counted else None
        sizes.append(Cell(size, count, "count", n, whole, method=SIZE))
        ref, having = _ref(row, f"value_{name}"), numerators[group]
        value = getattr(row, f"value_{name}") * scale if shown else None
        needs = tuple(_others(row, outcome, people, name))
        if outcome.of_some and outcome.kind == "frequency":
            # beside the number for one of all people it would tell how many these are
            needs = (*needs, size)
        if not shown:  # or "not applicable" would tell a verdict that is hidden
            needs = (*needs, refs.within(base(row), "match_quality"))
        rounding = precision(outcome, f"value_{name}")
        # a mean is a total, of which nobody may make up the most
        mine = amounts[people["treatment"] == group].dropna()
        largest = of_largest(mine) if kind == "mean" else None
        values.append(
            Cell(ref, value, kind, having, n, needs, VALUE[name], rounding, largest)
        )
    return sizes + values


def _others(row: Any, outcome: Outcome, people: pd.DataFrame, group: str) -> list[str]:
    """Give a group's values that add up with this one, which would tell it."""
    return [
        refs.within(base(row), f"{name}.value_{group}")
        for parts in adding_up([outcome.horizon_days] if outcome.standard else ())
        if outcome.name in parts
        for name in parts
        if name != outcome.name and name in people
    ]


def _derived(
    row: Any,
    outcome: Outcome,
    values: Mapping[str, float],
    rules: Mapping[str, str],
    roundings: Mapping[str, str],
    *,
    shown: bool,
) -> list[Cell]:
    """Give numbers that would give both groups' values away."""
    both = (_ref(row, "value_treatment"), _ref(row, "value_comparison"))
    return [
        Cell(
            _ref(row, name),
            value if shown else None,
            "derived",
            needs=both,
            method=rules.get(name, PER_100),
            rounding=roundings[name],
            freedom=_freedom(row, outcome, name),
        )
        for name, value in values.items()
    ]


def _freedom(row: Any, outcome: Outcome, name: str) -> float | None:
    """Give the degrees of freedom that a test or an interval leaves; None of others."""
    last = name.removeprefix("per_100.")
    within = {
        "ci_treatment": row.n_treatment,
        "ci_comparison": row.effective_comparison,
    }
    if size := within.get(last.rpartition("_")[0]):
        return None if outcome.kind == "rate" else size - 1  # Wilson's limits have none
    tested = last in ("ci_low", "ci_high", "standard_error", "p_value")
    return None if not tested or pd.isna(row.df) else row.df


def precision(outcome: Outcome, name: str) -> str:
    """Give the precision with which a number of a measure is printed."""
    if (last := name.removeprefix("per_100.")) in OTHER_ROUNDING:
        return OTHER_ROUNDING[last]
    limit = name.endswith(moves.ENDS)
    if outcome.kind == "frequency" and not name.startswith("per_100."):
        return "limit in hundredths" if limit else "hundredth"
    if outcome.kind == "amount" and not units.money(outcome.unit):
        return "limit in tenths" if limit else "tenth"
    return "limit" if limit else "whole"


def scale_of(outcome: Outcome, *, per_100: bool = False) -> int:
    """Give 100 for a rate, which is in per cent on the page, else 1.

    With `per_100` for a frequency too, which sentences tell of every 100 people.
    """
    hundred = ("rate", "frequency") if per_100 else ("rate",)
    return 100 if outcome.kind in hundred else 1


def _per_100(outcome: Outcome, values: Mapping[str, float]) -> dict[str, float]:
    """Give the numbers of a frequency for every 100 people too."""
    if outcome.kind != "frequency":
        return {}
    return {f"per_100.{name}": value * 100 for name, value in values.items()}
