"""The published results: what they found, by type of intervention and of sector."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.charts.catalogue.check import (
    check_counts,
    check_results,
    check_types,
    table,
)
from helpers.publication.cells import Cell
from helpers.request import ROOT, RequestError

FINDINGS = ("decrease", "inconclusive", "increase", "not_found")
KINDS = {"intervention": "intervention_type", "sector": "sector"}

Z = 1.96  # of a computed interval (method, section 7)

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


@dataclass(frozen=True)
class Catalogue:
    """Published results, counts to date, and the names of types, as frames."""

    results: pd.DataFrame
    counts: pd.DataFrame
    types: pd.DataFrame


def read(folder: str | Path) -> Catalogue:
    """Read results.csv, counts.csv and types.csv of a folder and check all of it.

    Raises RequestError with every problem found, one line each.
    """
    place = ROOT / folder
    problems: list[str] = []
    types = table(place / "types.csv", folder, problems)
    results = table(place / "results.csv", folder, problems)
    counts = table(place / "counts.csv", folder, problems)
    if types is not None:
        check_types(types, f"{folder}/types.csv", problems)
    if results is not None:
        check_results(results, types, f"{folder}/results.csv", problems)
    if counts is not None:
        check_counts(counts, f"{folder}/counts.csv", problems)
    if problems:
        raise RequestError(problems)
    return Catalogue(effects(findings(results)), counts, types)


def number(text: str) -> float:
    """A printed number, "~6000" included; NaN where none was printed."""
    return float(text.lstrip("~")) if text else math.nan


def findings(results: pd.DataFrame) -> pd.DataFrame:
    """Add the finding on the one-year proven reoffending rate to each result.

    It is what was printed, never tested again; empty means figures not found.
    """
    names = {("Y", "down"): "decrease", ("Y", "up"): "increase"}
    found = [
        names.get((row.sig_rate, row.dir_rate))
        or ("inconclusive" if row.sig_rate == "N" else "not_found")
        for row in results.itertuples()
    ]
    return results.assign(finding=found)


def computed_interval(
    difference: float,
    rate_treatment: float,
    rate_comparison: float,
    n_treatment: float,
    n_comparison: float = math.nan,
) -> tuple[float, float]:
    """An interval from printed sizes and rates in per cent (method, section 7).

    A point wider at each side than the formula, for the rounding of what was printed.
    """
    treatment, comparison = rate_treatment / 100, rate_comparison / 100
    variance = treatment * (1 - treatment) / n_treatment
    if not math.isnan(n_comparison):
        variance += comparison * (1 - comparison) / n_comparison
    half = Z * 100 * math.sqrt(variance) + 1
    return difference - half, difference + half


def effects(results: pd.DataFrame) -> pd.DataFrame:
    """Add the effect on the rate, where one was printed, in percentage points.

    Columns: n, n_about, difference, low, high, interval (printed, computed, none) and
    middle (the difference is only the middle of the printed interval). A result
    without any of a difference, a whole interval or both rates has no difference.
    """
    rows = [_effect(row) for row in results.to_dict("records")]
    return pd.concat([results, pd.DataFrame(rows, index=results.index)], axis=1)


def _effect(row: dict[str, str]) -> dict[str, float | str | bool]:
    n, n_comparison = number(row["n_treat"]), number(row["n_comp"])
    treatment, comparison = number(row["rate_treat"]), number(row["rate_comp"])
    low, high = number(row["ci_low"]), number(row["ci_high"])
    printed = not (math.isnan(low) or math.isnan(high))
    difference = number(row["diff_printed"])
    if math.isnan(difference):
        difference = treatment - comparison
    middle = printed and math.isnan(difference)
    if middle:
        difference = (low + high) / 2
    kind = "printed" if printed else "none"
    if not printed:
        low = high = math.nan
        if not math.isnan(treatment + comparison + n):
            kind = "computed"
            low, high = computed_interval(
                difference, treatment, comparison, n, n_comparison
            )
    return {
        "n": n,
        "n_about": row["n_treat"].startswith("~"),
        "difference": difference,
        "low": low,
        "high": high,
        "interval": kind,
        "middle": middle,
    }


def slug(words: str) -> str:
    """Words as part of a ref: lower-case letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def cells(catalogue: Catalogue) -> list[Cell]:
    """Every number of the catalogue as a cell; all are published, so none is withheld.

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
                ref = f"findings.result.{row['id']}.{name}"
                method = _origin(name, row)
                made.append(Cell(ref, value, "public", method=method))
    made += _counts(catalogue.results, "findings.all")
    for kind, column in KINDS.items():
        for name in types_of(catalogue, kind)["name"]:
            chosen = catalogue.results[catalogue.results[column] == name]
            made += _counts(chosen, f"findings.{kind}.{slug(name)}")
    return made


def _origin(name: str, row: dict[str, str]) -> str:
    """The rule of the method behind one number of a result."""
    if name in ("ci_low", "ci_high"):
        return INTERVALS[row["interval"]]
    if name == "difference" and not row["diff_printed"]:
        return MIDDLE if row["middle"] else DIFFERENCE
    return "7: as printed in the source"


def _counts(results: pd.DataFrame, prefix: str) -> list[Cell]:
    values: dict[str, float | None] = {
        found: int((results["finding"] == found).sum()) for found in FINDINGS
    }
    sizes = results["n"].dropna()
    values["all"] = len(results)
    values["n_known"] = len(sizes)
    values["n_low"] = sizes.min() if len(sizes) else None
    values["n_high"] = sizes.max() if len(sizes) else None
    return [
        Cell(f"{prefix}.{name}", v, "public", method=COUNTS[name])
        for name, v in values.items()
    ]


def types_of(catalogue: Catalogue, kind: str) -> pd.DataFrame:
    """The intervention or sector types in the order of the charts."""
    types = catalogue.types[catalogue.types["kind"] == kind]
    return types.assign(order=types["order"].astype(int)).sort_values("order")
