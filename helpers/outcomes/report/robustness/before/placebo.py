"""Made-up programmes in the report: where the real result lies among them.

Bars count draws, not people; who was drawn is told nobody. How they spread tells about
how many reoffend, so all of it is withheld with the values of both groups. Of a measure
without a largest value they are not drawn: far from the others would lie the programmes
that drew the one person of the pool who has most.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report.cells import scale_of
from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.ladders.ladders import per_of
from helpers.outcomes.report.robustness.ladders.rungs import RATES, Place
from helpers.outcomes.robustness.before import placebo
from helpers.outcomes.robustness.study import Study
from helpers.publication import blocks, refs, units
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import PRECISIONS, to_decimals
from helpers.publication.labels import title
from helpers.request import Outcome
from helpers.runs.run import Run

BARS = 30  # at most, or they stand for more than one step of what is printed
STEPS = tuple(n * 10**e for e in range(9) for n in (1, 2, 5))
LIMITED = ("rate", "days")  # kinds of measure that have a largest value
METHOD = {
    "groups": "6: robustness.placebo_groups of the request",
    "estimated": "6: placebo programmes with an estimate",
    "tested": "6: placebo programmes with a test, of those with an estimate",
    "as_far": "6: placebo programmes whose p, as printed, is the real result’s or "
    "less; that of one without a test by its own |d|/SE",
    "as_large": "6: placebo programmes with |d|, as printed, of at least the real one",
    "at": "6: a difference as printed, or the nearest of a coarser step",
    "programmes": "6: placebo programmes with this d",
    "false_alarms": "6: share of placebo programmes whose p is 0.05 or less",
    "allowed_false_alarms": "6: 5% + 2√(0.05·0.95/groups)",
    "mean": "6: mean d of placebo programmes",
    "spread": "6: standard deviation of their d",
    "allowed_mean": "6: 2·SD/√groups",
}
NOTE = (
    "Darker bars are made-up programmes whose difference is at least as large as the "
    "real one, in either direction and by size alone. The title counts those that "
    "stand out as much, allowing for how many people each has."
)


@dataclass(frozen=True, eq=False)
class Among:
    """The made-up programmes of an analysis, beside its result as it is registered."""

    study: Study
    programmes: pd.DataFrame
    real: float | None  # None where it is not shown
    p_value: float | None = None  # of it; None where it is not shown or not tested

    @property
    def outcome(self) -> Outcome:
        """The measure that they are estimated in."""
        return self.study.outcome

    @property
    def place(self) -> Place:
        """Where the result of the analysis itself stands."""
        return Place(self.study.name, MAIN, self.outcome)

    @property
    def scale(self) -> int:
        """What turns a difference into points, or one for every 100 people."""
        return scale_of(self.outcome, per_100=True)

    @cached_property
    def summary(self) -> pd.Series:
        """What `placebo.summary` tells of them."""
        return placebo.summary(self.programmes)

    @property
    def judged(self) -> bool:
        """Tell whether enough of them have an estimate to be shown."""
        return self.summary["passed_mean"] is not None

    @cached_property
    def printed(self) -> np.ndarray:
        """The differences as they would be printed."""
        known = self.programmes["difference"].dropna() * self.scale
        return np.array([to_decimals(d, self.decimals) for d in known])

    @property
    def decimals(self) -> int:
        """How many decimals a difference is printed with."""
        tenths = self.outcome.kind == "amount" and not units.money(self.outcome.unit)
        return 1 if tenths else 0

    @cached_property
    def bars(self) -> dict[float, int]:
        """How many came to each difference, all those between with 0."""
        unit = 10**-self.decimals
        reach = np.ptp(self.printed) / unit
        step = unit * next(s for s in STEPS if reach / s <= BARS)
        place = np.floor(self.printed / step + 0.5).astype(int)
        counts = np.bincount(place - place.min())
        first = int(place.min())
        return {round((first + i) * step, 1): int(n) for i, n in enumerate(counts)}


def among(
    run: Run, drawn: Mapping[str, pd.DataFrame], studies: Mapping[str, Study]
) -> list[Among]:
    """Give the made-up programmes of every analysis, beside its registered result."""
    return [
        Among(
            study,
            drawn[name],
            *(run.cells[ref].value for ref in (_difference(study), _p_value(study))),
        )
        for name, study in studies.items()
        if name in drawn
    ]


def _difference(study: Study) -> str:
    return Place(study.name, MAIN, study.outcome).told("difference")


def _p_value(study: Study) -> str:
    return Place(study.name, MAIN, study.outcome).rate("p_value")


def cells(of: Among, *, open_data: bool) -> Iterator[Cell]:
    """Give what the report tells of made-up programmes, as printed.

    Of open data nothing has to be withheld.
    """
    told, name = of.summary, of.study.name
    yield Cell(refs.placebo(name, "groups"), told["groups"], "setting",
               method=METHOD["groups"])  # fmt: skip
    counts = {key: (told[key], "whole") for key in ("estimated", "tested")}
    # of too few that could raise an alarm there is no rate
    few = told["passed_false_alarms"] is None
    sizes = {
        **{
            key: (None if few else 100 * told[key], "tenth")
            for key in ("false_alarms", "allowed_false_alarms")
        },
        **{
            key: (of.scale * told[key], "tenth")
            for key in ("mean", "spread", "allowed_mean")
        },
    }
    for key, (value, rounding) in (counts | sizes).items():
        yield _cell(of, key, value, rounding)
    if of.judged:
        yield _as_far(of)
        yield _as_large(of)
        if of.outcome.kind in LIMITED or open_data:
            yield from _bars(of)


def _as_far(of: Among) -> Cell:
    """Count those that stand out as much as the real result, by p as printed.

    So it tells no more of the real result than its p does, and programmes of fewer
    people are held against it as they vary.
    """
    as_far, p = None, of.p_value
    if p is not None and math.isfinite(p):
        every = of.programmes.dropna(subset=["standard_error"])
        apart = (every["difference"] / every["standard_error"]).abs()
        own = 2 * stats.t.sf(apart, every["df"].fillna(math.inf))
        printed = PRECISIONS["p"]
        as_far = sum(
            printed(one) <= printed(p) for one in own.tolist() if math.isfinite(one)
        )
    result = _p_value(of.study)
    return replace(_cell(of, "as_far", as_far, "whole"), needs=(*needs(of), result))


def _as_large(of: Among) -> Cell:
    """Count differences as large as the real one, or larger; both as printed."""
    as_large = None
    if of.real is not None:
        real = abs(to_decimals(of.real, of.decimals))
        as_large = int((np.abs(of.printed) >= real).sum())
    return _cell(of, "as_large", as_large, "whole")


def _bars(of: Among) -> Iterator[Cell]:
    for number, (at, programmes) in enumerate(of.bars.items()):
        yield _cell(of, f"bar.{number}.at", at, "tenth")
        yield _cell(of, f"bar.{number}.programmes", programmes, "whole")


def _bar(of: Among, number: int, name: str) -> str:
    return refs.placebo(of.study.name, f"bar.{number}.{name}")


def _cell(of: Among, key: str, value: float | None, rounding: str) -> Cell:
    """Give a number of made-up programmes; it needs the result and both values."""
    shown = of.real is not None and value is not None and math.isfinite(value)
    return Cell(
        refs.placebo(of.study.name, key),
        value if shown else None,
        "derived",
        needs=needs(of),
        method=METHOD[key.rpartition(".")[2]],
        rounding=rounding,
    )


def needs(of: Among) -> tuple[str, ...]:
    """Give what made-up programmes would tell of: the result and both values."""
    return (of.place.told("difference"), *(of.place.rate(rate) for rate in RATES))


def published(run: Run, every: list[Among], sizes: pd.DataFrame) -> list[Block]:
    """Give what made-up programmes came to, of each analysis that heads the report."""
    return [
        block
        for of in every
        if of.real is not None and not not_headlined(run, sizes, of.study.name)
        for block in _blocks(run, of)
    ]


def _blocks(run: Run, of: Among) -> Iterator[Block]:
    name, key = of.study.name, f"placebo-{refs.slug(of.study.name)}"
    whose = f": {name}" if run.several else ""
    words: dict[str, Any] = {"analysis": name, "none": _why_none(of)}
    numbers = ("groups", "estimated", "as_far", "as_large") if of.judged else ()
    words |= {number: ref(refs.placebo(name, number)) for number in numbers}
    fewer = placebo.size(of.study) < placebo.n_matched(of.study)
    words["fewer_people"] = fewer
    if _bar(of, 0, "at") in run.cells:
        who = f"made-up programmes{' of fewer people' if fewer else ''}"
        what = " made-up programmes came to, and where the real result lies among them."
        yield blocks.figure(
            run,
            key,
            figure="placebo",
            heading=f"Beside made-up programmes{whose}",
            subtitle=f"Differences that {who} came to by chance{whose}",
            data=_drawn(run, of),
            lead=[see(key), " shows what ", words["groups"], what],
            notes=[NOTE],
        )
    yield blocks.words(run, f"{key}-words", words="placebo", data=words)


def _drawn(run: Run, of: Among) -> dict[str, Any]:
    """Give what the figure is drawn from."""
    name, outcome = of.study.name, of.outcome
    _, side = formats_of(outcome)
    return {
        "kind": outcome.kind,
        "title": title(outcome),
        "per": per_of(outcome, run.request.noun(name)),
        "difference": ref(of.place.told("difference"), side),
        "as_far": ref(refs.placebo(name, "as_far")),
        "as_large": ref(refs.placebo(name, "as_large")),
        "groups": ref(refs.placebo(name, "groups")),
        "estimated": ref(refs.placebo(name, "estimated")),
        "bars": [
            {
                "fact": "bar",
                "at": ref(_bar(of, number, "at"), side),
                "programmes": ref(_bar(of, number, "programmes")),
            }
            for number in range(len(of.bars))
        ],
    }


def _why_none(of: Among) -> str:
    if of.judged:
        return ""
    return "small pool" if placebo.size(of.study) < placebo.LEAST else "few"
