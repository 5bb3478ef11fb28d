"""Made-up programmes in the report: where the real result lies among them.

Bars count draws, not people; who was drawn is told nobody. How they spread tells about
how many reoffend, so all of it is withheld with the values of both groups. Of a measure
without a largest value they are not drawn: far from the others would lie the programmes
that drew the one person of the pool who has most. Nor where the result has no test.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.outcomes.estimates import Z
from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.before.among import Among, nought
from helpers.outcomes.report.robustness.ladders.ladders import per_of
from helpers.outcomes.report.robustness.ladders.rungs import RATES
from helpers.outcomes.robustness.before import chance, placebo
from helpers.outcomes.robustness.study import Study
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import title
from helpers.runs.run import Run

LIMITED = ("rate", "days")  # kinds of measure that have a largest value
METHOD = {
    "groups": "6: robustness.placebo_groups of the request",
    "estimated": "6: placebo programmes with an estimate",
    "tested": "6: placebo programmes with a test, of those with an estimate",
    "as_large": "6: placebo programmes with p, as printed, of at most the real one's",
    "at": "6: d·(printed u − l)/(2·1.96·SE), as printed or to a coarser step",
    "programmes": "6: placebo programmes with this d",
    "larger": "6: of them, those with p, as printed, of at most the real one's",
    "false_alarms": "6: share of placebo programmes whose p is 0.05 or less",
    "allowed_false_alarms": "6: 5% + 2√(0.05·0.95/groups)",
    "mean": "6: mean d of placebo programmes",
    "spread": "6: standard deviation of their d",
    "allowed_mean": "6: 2·SD/√groups",
}
NOTE = (
    "Each difference is drawn as large as it would be if chance moved it as far as the "
    "real one. The dark part of a bar is the made-up programmes that came to a "
    "difference as large as the real one or larger, in either direction. That is told "
    "by their p-values, which are finer than the differences drawn: of two programmes "
    "in one bar, one can be as large as the real one and the other not."
)


def among(
    run: Run, drawn: Mapping[str, pd.DataFrame], studies: Mapping[str, Study]
) -> list[Among]:
    """Give the made-up programmes of every analysis, beside its registered result."""
    rounded = run.request.disclosure.profile != "none"
    found = [Among(studies[name], one, None) for name, one in drawn.items()]
    return [replace(of, **_real(run, of), rounded=rounded) for of in found]


def _real(run: Run, of: Among) -> dict[str, float | None]:
    """Give the result as it is registered; its standard error by its interval."""
    told = {name: of.place.told(name) for name in ("difference", "ci_low", "ci_high")}
    told["p_value"] = of.place.rate("p_value")
    known = run.cells
    values = {
        name: known[ref].value if ref in known else None for name, ref in told.items()
    }
    low, high = values.pop("ci_low"), values.pop("ci_high")
    shown = low is not None and high is not None and high > low
    error = (high - low) / (2 * Z) if shown else None
    return {"real": values.pop("difference"), **values, "standard_error": error}


def summaries(
    drawn: Mapping[str, pd.DataFrame], studies: Mapping[str, Study]
) -> dict[str, pd.Series]:
    """Tell of each analysis whether its made-up programmes look like chance alone."""
    return {
        name: chance.summary(programmes, nought(studies[name].outcome))
        for name, programmes in drawn.items()
    }


def cells(of: Among, *, open_data: bool) -> Iterator[Cell]:
    """Give what the report tells of made-up programmes, as printed.

    Of open data nothing has to be withheld.
    """
    told, name = of.summary, of.study.name
    yield Cell(refs.placebo(name, "groups"), told["groups"], "setting",
               method=METHOD["groups"])  # fmt: skip
    counts = {key: (told[key], "whole") for key in ("estimated", "tested")}
    sizes = {
        "false_alarms": (100 * told["false_alarms"], "tenth"),
        "allowed_false_alarms": (100 * told["allowed_false_alarms"], "tenth"),
        **{
            key: (of.scale * told[key], "tenth")
            for key in ("mean", "spread", "allowed_mean")
        },
    }
    for key, (value, rounding) in (counts | sizes).items():
        yield _cell(of, key, value, rounding)
    if of.judged:
        as_large = int(of.as_large.sum()) if of.placed else None
        yield _cell(of, "as_large", as_large, "whole")
        drawn = of.outcome.kind in LIMITED or open_data
        if drawn and of.placed and of.standard_error:
            yield from _bars(of)


def _bars(of: Among) -> Iterator[Cell]:
    for number, (at, programmes, larger) in enumerate(of.bars):
        yield _cell(of, f"bar.{number}.at", at, "tenth")
        yield _cell(of, f"bar.{number}.programmes", programmes, "whole")
        yield _cell(of, f"bar.{number}.larger", larger, "whole")


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
    result = tuple(of.place.told(name) for name in ("difference", "ci_low", "ci_high"))
    p_value = of.place.rate("p_value")
    return (*result, p_value, *(of.place.rate(rate) for rate in RATES))


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
    numbers = ("groups", "estimated", "as_large") if of.judged else ()
    words |= {number: ref(refs.placebo(name, number)) for number in numbers}
    fewer = placebo.size(of.study) < placebo.n_matched(of.study)
    words |= {"fewer_people": fewer, "rounded": of.rounded}
    if _bar(of, 0, "at") in run.cells:
        what = " made-up programmes came to, and where the real result lies among them."
        yield blocks.figure(
            run,
            key,
            figure="placebo",
            subtitle="Differences that made-up programmes came to by chance, as if of "
            f"the real one’s size{whose}",
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
        "as_large": ref(refs.placebo(name, "as_large")),
        "groups": ref(refs.placebo(name, "groups")),
        "estimated": ref(refs.placebo(name, "estimated")),
        "bars": [
            {
                "fact": "bar",
                "at": ref(_bar(of, number, "at"), side),
                "programmes": ref(_bar(of, number, "programmes")),
                "larger": ref(_bar(of, number, "larger")),
            }
            for number in range(len(of.bars))
        ],
    }


def _why_none(of: Among) -> str:
    if of.judged:
        return ""
    return "small pool" if placebo.size(of.study) < placebo.LEAST else "few"
