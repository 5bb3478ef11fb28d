"""Every number of the catalogue as a cell; all of them are published already."""

import math

import pandas as pd

from helpers.charts.catalogue.effects import number
from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.request.types import of_kind

#: the rules behind the numbers of the catalogue
DIFFERENCE = "7: the printed rate of the programme − that of the comparison group"


MIDDLE = "7: the middle of the printed interval, the difference was not printed"


INTERVALS = {
    "printed": "7: as printed in the source",
    "computed": "7: computed, d ± (1.96·100√(pₜ(1−pₜ)/nₜ + p_c(1−p_c)/n_c) + 1)",
}


COUNTS = {
    "decrease": "7: results printed as a statistically significant decrease",
    "inconclusive": "7: results printed as not statistically significant",
    "increase": "7: results printed as a statistically significant increase",
    "not_found": "7: results whose figures on significance were not found",
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
    columns = {
        "n": "n",
        "value_treatment": "rate_treat",
        "value_comparison": "rate_comp",
        "difference": "difference",
        "ci_low": "low",
        "ci_high": "high",
    }
    for row in catalogue.results.to_dict("records"):
        for name, column in columns.items():
            value = row[column]
            value = number(value) if isinstance(value, str) else value
            if not math.isnan(value):
                ref, method = refs.result(row["id"], name), _origin(name, row)
                made.append(Cell(ref, value, "public", method=method))
    made += _counts(catalogue.results)
    for kind, column in KINDS.items():
        for name in (type_.name for type_ in of_kind(catalogue.types, kind)):
            chosen = catalogue.results[catalogue.results[column] == name]
            made += _counts(chosen, kind, name)
    return made


def _origin(name: str, row: dict[str, str]) -> str:
    """Give the rule of the method behind one number of a result."""
    if name in ("ci_low", "ci_high"):
        return INTERVALS[row["interval"]]
    if name == "difference" and not row["diff_printed"]:
        return MIDDLE if row["middle"] else DIFFERENCE
    return "7: as printed in the source"


def _counts(results: pd.DataFrame, kind: str = "all", type_: str = "") -> list[Cell]:
    values: dict[str, float | None] = {
        found: int((results["finding"] == found).sum()) for found in FINDINGS
    }
    sizes = results["n"].dropna()
    values["all"] = len(results)
    values["n_known"] = len(sizes)
    values["n_low"] = sizes.min() if len(sizes) else None
    values["n_high"] = sizes.max() if len(sizes) else None
    return [
        Cell(refs.counted(name, kind, type_), v, "public", method=COUNTS[name])
        for name, v in values.items()
    ]
