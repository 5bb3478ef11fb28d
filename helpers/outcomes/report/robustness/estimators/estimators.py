"""The difference by every other way of comparing, as cells.

Ways keep people who differ by few. How many each keeps is told as `kept` says. Nothing
else about them is told exactly: differences and limits are whole, and the values of
both groups, from which they follow, are registered nowhere and shown to nobody. From a
difference alone no value of the programme follows, since that of the comparison group
may be anything; so a difference needs those of the headline and no more, and whether it
is shown tells nothing about the few. Where the headline is not shown, no other way is.

An effective size of pairs is not told: each pair has one person of the programme, and
who is used twice lowers it, so that it would tell how many there are at least. Nor is
the largest share of weight where nobody is used twice, which is one in so many. Else
that share is told in whole per cent: it says how much of the group's weight one person
bears, which is no one's attribute. A p is told for every way or for none: where only
some have one, too few with an event in the others would follow. Where nothing is hidden
all of them are told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN, VALUES
from helpers.outcomes.report import moves
from helpers.outcomes.report.cells import precision, scale_of
from helpers.outcomes.report.robustness.estimators import kept
from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.report.robustness.ladders.rungs import RATES, Place
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.publication.cells import Cell
from helpers.publication.disclosure import rules
from helpers.request import Outcome, Request
from helpers.runs.run import Run

KEPT = "kept"
METHOD = {
    KEPT: "8: how many fewer people of the programme, to twice the threshold",
    "difference": "6: the difference by this estimator",
    "ci_low": "6: its 95% interval, as its method has it",
    "ci_high": "6: its 95% interval, as its method has it",
    "standard_error": "6: its standard error",
    "p_value": "6: its two-sided p",
    "effective_comparison": "4: n_e = (Σw)²/Σw² of its weights",
    "largest_weight": "6: the largest share of weight on one person, per cent",
    "largest_smd": "4: the largest |SMD| on a covariate after it, per cent",
    "match_quality": "4: the verdict on balance, after it",
}
#: printed in the units of the measure, a frequency for every 100 people
IN_UNITS = ("difference", *moves.ENDS, "standard_error")
ROUNDING = {
    "effective_comparison": "effective size",
    "largest_weight": "whole",
    "largest_smd": "tenth",
}
NOT_DONE = "It cannot be carried out with these people and characteristics."
TOO_FEW = "Too few people may be left to tell of it."


def table(
    doubts: Mapping[str, Iterable[Check]], measured: Mapping[str, Study]
) -> pd.DataFrame:
    """Give every estimator as a row: analysis, variant, outcome and its numbers.

    `value_treatment` is the mean of those of the programme whom it keeps. `why` says
    why there is no estimate; else it is empty.
    """
    rows = [
        {
            "analysis": name,
            "outcome": measured[name].outcome.name,
            **row,
            "value_treatment": _mean(measured[name], check),
            "why": (row["why"] or check.text) if check.verdict == "none" else "",
        }
        for name, checks in doubts.items()
        for check in checks
        if check.name in NAMES
        for row in check.table.to_dict("records")
    ]
    columns = ["analysis", "variant", "outcome", *VALUES]
    frame = pd.DataFrame(rows, columns=[*columns, *_OWN])
    frame["value_comparison"] = frame["value_treatment"] - frame["difference"]
    frame["significant"] = frame["significant"].astype("boolean")
    return frame


_OWN = ("largest_weight", "largest_smd", "quality", "why")


def _mean(study: Study, check: Check) -> float:
    """Give the mean of the treated whom an estimator keeps."""
    if check.kept is None:
        return float("nan")
    treated = study.group.treatment == 1
    own = check.kept.intersection(treated.index[treated])
    return float(study.values.reindex(own).mean())


def estimated(ways: pd.DataFrame) -> pd.DataFrame:
    """Give the estimates that could be made, in the columns of estimates.parquet.

    The weights of a model are none, and so is its comparison value.
    """
    made = ways[ways["why"] == ""]
    return made[["analysis", "variant", "outcome", *VALUES]].assign(
        n_treatment=made["n_treatment"].astype("int64"),
        n_comparison=made["n_comparison"].astype("int64"),
        value_comparison=float("nan"),
    )


def register(run: Run, ways: pd.DataFrame) -> None:
    """Register what the report tells of every way; those not shown have no value."""
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    known = run.cells
    for _, rows in ways.groupby("analysis", sort=False):
        tested = bool(rows.loc[rows["why"] == "", "p_value"].notna().all())
        for row in rows.itertuples(index=False):
            place = Place(row.analysis, row.variant, outcomes[row.outcome])
            told = _Told(row, place, known, run.request, tested=tested)
            run.register(_cells(told))


@dataclass(frozen=True, eq=False)
class _Told:
    """A way, where its numbers stand, and what is known of the headline."""

    row: Any
    place: Place
    known: Mapping[str, Cell]
    request: Request
    tested: bool = True  # every way of its analysis has a test

    @property
    def main(self) -> Place:
        return Place(self.place.analysis, MAIN, self.place.outcome)

    @property
    def headline(self) -> int:
        """How many people of the programme the headline counts."""
        return self.known[self.main.rate("n_treatment")].numerator or 0

    @property
    def rule(self) -> rules.Profile | None:
        settings = self.request.disclosure
        return rules.profile(settings.profile, settings.threshold)

    @property
    def shown(self) -> bool:
        """Whether the headline has a difference, and so may its other ways."""
        told = self.known[self.main.told("difference")].value is not None
        return told and not self.why

    @property
    def why(self) -> str:
        """Why there is no estimate that may be told; empty where there is one."""
        row = self.row
        if row.why:
            return in_words(row.why)
        few = kept.too_few(int(row.n_treatment), self.headline, self.rule)
        return TOO_FEW if few else ""


def in_words(why: str) -> str:
    """Give a reason as a sentence; one that holds a number may count people."""
    plain = why.removesuffix(".")
    if any(sign.isdigit() for sign in plain):
        return NOT_DONE
    return f"{plain[:1].upper()}{plain[1:]}."


def why_none(run: Run, ways: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Say by analysis and variant why a way is not told; empty where it is."""
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    known, said = run.cells, {}
    for row in ways.itertuples(index=False):
        place = Place(row.analysis, row.variant, outcomes[row.outcome])
        told = _Told(row, place, known, run.request)
        said[row.analysis, row.variant] = told.why
    return said


def ref_of(place: Place, name: str) -> str:
    """Give the ref of a number of a way."""
    return place.told(name) if name in IN_UNITS else place.rate(name)


def _cells(told: _Told) -> Iterator[Cell]:
    place, main, df = told.place, told.main, told.row.df
    values, roundings = _values(told) if told.shown else ({}, {})
    needs = (*(main.rate(name) for name in RATES), main.size("match_quality"))
    yield _people(told)
    for name, method in METHOD.items():
        if name == KEPT:
            continue
        tests = name in (*IN_UNITS, "p_value") and not pd.isna(df)
        yield Cell(
            ref_of(place, name),
            values.get(name),
            "derived",
            needs=needs,
            method=method,
            rounding=roundings.get(name, "exact"),
            freedom=df if tests else None,
        )


def _people(told: _Told) -> Cell:
    """Give how many people a way keeps; it follows from the size of the headline."""
    number, main = None, told.main
    if told.shown:
        number = kept.about(int(told.row.n_treatment), told.headline, told.rule)
    needs = [main.rate("n_treatment"), main.size("n_treatment")]
    if NAMES[told.place.variant].by_unmatched:
        needs.append(main.size("not_matched"))
    held = tuple(name for name in needs if name in told.known)
    return Cell(ref_of(told.place, KEPT), number, "derived", needs=held,
                method=METHOD[KEPT], rounding="whole")  # fmt: skip


def _values(told: _Told) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the numbers of a way in the units of print, and how each is rounded."""
    row, outcome = told.row, told.place.outcome
    units, often = scale_of(outcome, per_100=True), outcome.kind == "frequency"
    values = {name: getattr(row, name) * units for name in IN_UNITS}
    values |= {"p_value": row.p_value}
    rounded = {n: precision(outcome, f"per_100.{n}" if often else n) for n in values}
    by = moves.of(_as_estimate(row), outcome, told.request).difference
    values, rounded = moves.told(values, by, rounded)
    values |= {
        "effective_comparison": row.effective_comparison,
        "largest_weight": 100 * row.largest_weight,
        "largest_smd": row.largest_smd,
        "match_quality": row.quality if isinstance(row.quality, str) else None,
    }
    name = NAMES[row.variant]
    gone = {
        "p_value": not told.tested,
        "effective_comparison": name.pairs,
        "largest_weight": name.once,
    }
    hides = told.rule is not None
    gone = dict.fromkeys(one for one, so in gone.items() if so and hides)
    return values | gone, rounded | ROUNDING


def _as_estimate(row: Any) -> Any:
    """Give a way as an estimate: where people are not counted alike, it is weighted."""
    alike = row.effective_comparison == row.n_comparison
    size = row.n_comparison if alike else -1.0
    return SimpleNamespace(**(row._asdict() | {"effective_comparison": size}))


def of_analysis(
    known: Mapping[str, Cell], analysis: str, outcome: Outcome
) -> list[Place]:
    """Give the ways of an analysis that are registered, in the order told."""
    places = [Place(analysis, variant, outcome) for variant in NAMES]
    return [place for place in places if ref_of(place, KEPT) in known]
