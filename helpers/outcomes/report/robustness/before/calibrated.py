"""The real result beside the empirical null of made-up programmes, for reviewers."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.errors import DataError
from helpers.outcomes.report import moves
from helpers.outcomes.report.cells import precision
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.before.placebo import Among, needs
from helpers.outcomes.report.robustness.before.placebo import cells as programme_cells
from helpers.outcomes.robustness.before import calibration, chance
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, told
from helpers.publication.cells import Cell
from helpers.request import Request
from helpers.runs.run import Run

METHOD = {
    "null_mean": "6: mean of placebo d",
    "null_spread": "6: spread of the most likely N of (d − mean)·(SE of the result)/SE",
    "difference": "6: d less the mean of the empirical null",
    "ci_low": "6: that − 1.96·√(SE² + spread²) (Schuemie 2018)",
    "ci_high": "6: that + 1.96·√(SE² + spread²) (Schuemie 2018)",
    "p_value": "6: two-sided p of that by the normal law (Schuemie 2014)",
}
SHOWN = ("difference", "ci_low", "ci_high", "p_value")
LEAD = (
    " has what made-up programmes drawn from the pool came to, in which nobody was "
    "helped. False alarms are those that a test calls significant."
)
BESIDE = " has the result by its own model, and judged by made-up programmes."
NOTES = (
    "Only the pool’s outcomes were looked at. Each programme was drawn by the odds of "
    "taking part; its model was fitted and people were matched again, at a caliper "
    "resolved anew. One that could not be tested, since too few of its people had, or "
    "did not have, the outcome, counts as no alarm.",
    "The empirical null is fitted to the same differences: where they lie on average, "
    "and how far they spread about it beside their standard errors, brought to that of "
    "the real result. The calibrated result is judged by it.",
    "Schuemie and others weigh each programme by its own standard error. That is not "
    "done here: where a few people have most, or a rate is low, programmes that drew "
    "low values by chance have low standard errors too, so the mean would lie too low.",
    "All programmes are drawn from the same people, so they are not independent as the "
    "negative controls are for which the method was made. The one pool there is moves "
    "them together: the null leaves out how another pool would differ, and its spread "
    "may be too small. People are drawn by what is recorded alone, so no bias from "
    "anything else is seen or calibrated away.",
)
UNTESTED = (
    "No share of false alarms is told, since fewer than half of the programmes could "
    "be tested."
)
LARGE = "as_large"
ROWS = (
    ("Made-up programmes", "groups", "count", ""),
    ("of them with an estimate", "estimated", "count", ""),
    ("of these with a test", "tested", "count", ""),
    ("False alarms, in per cent (at most)", "false_alarms", "mean",
     "allowed_false_alarms"),
    ("Mean difference, {} (at most so far from zero)", "mean", "smd_words",
     "allowed_mean"),
    ("Standard deviation of the differences", "spread", "mean", ""),
    ("With a p-value as small as that of the real result, or smaller",
     LARGE, "count", ""),
    ("Mean of the empirical null", "null_mean", "smd_words", ""),
    ("Spread of the empirical null beside chance", "null_spread", "mean", ""),
)  # fmt: skip
COLUMNS = ["How it is judged", "Difference, {}", "95% interval from",
           "95% interval to", "p-value"]  # fmt: skip


def cells(of: Among, results: pd.DataFrame, request: Request) -> Iterator[Cell]:
    """Give the empirical null, and the result that it calibrates, as printed.

    None where the result is not shown or not tested, or too few programmes have an
    estimate.
    """
    here = (results["analysis"] == of.study.name) & (
        results["outcome"] == of.outcome.name
    )
    row = next(results[here].itertuples(index=False))
    values, roundings = dict.fromkeys(METHOD), {}
    if of.real is not None and of.judged and pd.notna(row.p_value):
        values, roundings = _calibrated(of, row, request)
    for name, value in values.items():
        yield Cell(
            refs.placebo(of.study.name, f"calibrated.{name}"),
            value,
            "derived",
            needs=needs(of),
            method=METHOD[name],
            rounding=roundings.get(name, "tenth"),
        )


def _calibrated(
    of: Among, row: Any, request: Request
) -> tuple[dict[str, float | None], dict[str, str]]:
    """Give the values in points, or in the unit of the measure, and their rounding."""
    programmes = of.programmes
    try:
        null = calibration.beside(
            programmes["difference"], programmes["standard_error"], row.standard_error
        )
    except DataError:
        return dict.fromkeys(METHOD), {}
    judged = calibration.calibrated(null, row.difference, row.standard_error)
    values = {name: judged[name] * of.scale for name in SHOWN[:-1]}
    values["p_value"] = judged["p_value"]
    first = "per_100." if of.outcome.kind == "frequency" else ""
    roundings = {name: precision(of.outcome, first + name) for name in SHOWN}
    by = moves.of(row, of.outcome, request).difference
    values, roundings = moves.told(values, by, roundings)
    fitted = {"null_mean": null.mean, "null_spread": null.spread}
    return {n: v * of.scale for n, v in fitted.items()} | values, roundings


def register(run: Run, every: list[Among], results: pd.DataFrame) -> None:
    """Register what made-up programmes came to, and the result that they calibrate.

    `results` are the estimates of the analyses.
    """
    open_data = run.request.disclosure.profile == "none"
    for of in every:
        run.register(programme_cells(of, open_data=open_data))
        run.register(cells(of, results, run.request))


def tests(run: Run, every: list[Among]) -> pd.DataFrame:
    """Give the tests by the empirical null, for the register: analysis, outcome, p."""
    rows = [
        (of.study.name, of.outcome.name, run.cells[place].value)
        for of in every
        if (place := refs.placebo(of.study.name, "calibrated.p_value")) in run.cells
    ]
    return pd.DataFrame(rows, columns=["analysis", "outcome", "p_value"])


def for_reviewers(run: Run, every: list[Among]) -> list[Block]:
    """Give what made-up programmes came to, and the result that they calibrate."""
    return [block for of in every for block in _tables(run, of)]


def _tables(run: Run, of: Among) -> Iterator[Block]:
    name, outcome = of.study.name, of.outcome
    key, whose = f"placebo-{refs.slug(name)}", f": {name}" if run.several else ""
    unit = {"rate": "in every 100 people", "frequency": "for every 100 people"}.get(
        outcome.kind, outcome.unit or "days"
    )
    yield blocks.table(
        run,
        f"{key}-found",
        heading=f"Made-up programmes{whose}",
        caption=f"What made-up programmes came to{whose}",
        columns=["What", "Found", "Limit"],
        rows=[_row(name, unit, *row) for row in _told(run, of)],
        lead=[see(f"{key}-found"), LEAD],
        notes=[NOTES[0], *_without(of)],
    )
    _, side = formats_of(outcome)
    formats = dict.fromkeys(SHOWN, side) | {"p_value": "p"}
    model = {n: of.place.told(n) for n in SHOWN[:-1]}
    model["p_value"] = of.place.rate("p_value")
    null = {n: refs.placebo(name, f"calibrated.{n}") for n in SHOWN}
    judged = {"By its own model": model, "By the empirical null": null}
    yield blocks.table(
        run,
        f"{key}-calibrated",
        caption=f"The result beside the empirical null{whose}",
        columns=[column.format(unit) for column in COLUMNS],
        rows=[
            [label, *(ref(of_[n], formats[n]) for n in SHOWN)]
            for label, of_ in judged.items()
        ],
        lead=[see(f"{key}-calibrated"), BESIDE],
        notes=list(NOTES[1:]),
    )


def _told(run: Run, of: Among) -> list[tuple[str, ...]]:
    """Give the rows that there are: an untested result is not placed among them."""
    name = of.study.name
    return [
        row for row in ROWS if row[1] != LARGE or refs.placebo(name, LARGE) in run.cells
    ]


def _without(of: Among) -> list[Any]:
    """Say what is missing and why, where that is said without a number."""
    summary, said = of.summary, []
    why = summary["why"]
    if why == chance.FEW_DRAWN:
        said.append(f"Nothing is judged: {why}.")
    elif why and not any(letter.isdigit() for letter in why):
        said.append(f"Programmes without an estimate have none mostly because {why}.")
    if math.isnan(summary["false_alarms"]):
        said.append(UNTESTED)
    behind = [refs.placebo(of.study.name, name) for name in ("estimated", "tested")]
    return [told(text, *behind) for text in said]


def _row(
    analysis: str, unit: str, label: str, name: str, format: str, limit: str
) -> list[Any]:
    within = f"calibrated.{name}" if name.startswith("null") else name
    at_most = ref(refs.placebo(analysis, limit), "mean") if limit else "–"
    shown = ref(refs.placebo(analysis, within), format)
    return [label.format(unit), shown, at_most]
