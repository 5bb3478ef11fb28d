"""Every number of the catalogue as a cell; all of them are published already."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.charts.catalogue.effects import number
from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report.measures import TOLD, Told
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.request.types import of_kind

#: the rules behind the numbers of the catalogue
PRINTED = "7: as printed in the source"

DIFFERENCE = {
    "rate": "7: the printed rate of the programme − that of the comparison group",
    "frequency": "7: the printed frequency of the programme − that of the comparison",
}

MIDDLE = "7: the middle of the printed interval, the difference was not printed"

INTERVALS = {
    "printed": PRINTED,
    "computed": "7: computed, d ± (1.96·100√(pₜ(1−pₜ)/nₜ + p_c(1−p_c)/n_c) + 1)",
}

#: count of results by what they found; the measure's own name is put in
FOUND = {
    "decrease": "7: results printed as a statistically significant decrease{}",
    "inconclusive": "7: results printed as not statistically significant{}",
    "increase": "7: results printed as a statistically significant increase{}",
    "not_found": "7: results whose figures on significance{} were not found",
    "with_difference": "7: results with a known difference{}: printed or worked out",
}

COUNTS = {
    "all": "7: number of results collected",
    "n_known": "7: results of which the number of people was printed",
    "n_low": "7: the smallest number of people printed",
    "n_high": "7: the largest number of people printed",
}


def cells(catalogue: Catalogue) -> list[Cell]:
    """Give every number of the catalogue as a cell; all are published already.

    `findings.result.<id>.…` a result, `findings.<kind>.<type>.…` the counts of a type,
    `findings.all.…` those of all results.
    """
    made = []
    for row in catalogue.results.to_dict("records"):
        n = _one(refs.result(row["id"], "n"), row["n"], PRINTED)
        made += n + [cell for measure in TOLD for cell in _of_result(row, measure)]
    made += _counts(catalogue.results)
    for kind, column in KINDS.items():
        for name in (type_.name for type_ in of_kind(catalogue.types, kind)):
            chosen = catalogue.results[catalogue.results[column] == name]
            made += _counts(chosen, kind, name)
    return made


def _one(ref: str, value: float | str, method: str) -> list[Cell]:
    """Give a printed number as a cell; none where it was not printed."""
    value = number(value) if isinstance(value, str) else value
    return [] if math.isnan(value) else [Cell(ref, value, "public", method=method)]


def _of_result(row: dict[str, Any], measure: Told) -> list[Cell]:
    """Give the numbers of a result on one measure, each with its rule."""
    difference = PRINTED
    if not row[measure.printed]:
        difference = MIDDLE if measure.middle(row) else DIFFERENCE[measure.name]
    interval = INTERVALS.get(row[measure.interval], "")
    rules = {
        **{name: (column, PRINTED) for name, column in measure.levels.items()},
        "difference": (measure.difference, difference),
        "ci_low": (measure.low, interval),
        "ci_high": (measure.high, interval),
    }
    return [
        cell
        for name, (column, rule) in rules.items()
        for cell in _one(measure.result(row["id"], name), row[column], rule)
    ]


def _counts(results: pd.DataFrame, kind: str = "all", type_: str = "") -> list[Cell]:
    sizes = results["n"].dropna()
    values = {
        "all": len(results),
        "n_known": len(sizes),
        "n_low": sizes.min() if len(sizes) else None,
        "n_high": sizes.max() if len(sizes) else None,
    }
    made = [
        Cell(refs.counted(name, kind, type_), value, "public", method=COUNTS[name])
        for name, value in values.items()
    ]
    return made + [
        Cell(measure.count(name, kind, type_), value, "public", method=rule)
        for measure in TOLD
        for name, value, rule in _by_finding(results, measure)
    ]


def _by_finding(results: pd.DataFrame, measure: Told) -> Iterator[tuple[str, int, str]]:
    """Give name, count and rule of the results by what they found on a measure."""
    on = f" in {measure.name}"
    for name, rule in FOUND.items():
        chosen = results[measure.finding] == name
        if name == "with_difference":
            chosen = results[measure.difference].notna()
        yield name, int(chosen.sum()), rule.format(on)
