"""The published results: what they found, by type of intervention and of sector."""

import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.charts.catalogue.check import (
    check_counts,
    check_results,
    table,
)
from helpers.errors import DataError
from helpers.files import ROOT
from helpers.request.types import Type
from helpers.request.types import read as read_types

FINDINGS = ("decrease", "inconclusive", "increase", "not_found")
KINDS = {"intervention": "intervention_type", "sector": "sector"}

Z = 1.96  # of a computed interval (method, section 7)


@dataclass(frozen=True)
class Catalogue:
    """Published results, counts to date, and the types in their order."""

    results: pd.DataFrame
    counts: pd.DataFrame
    types: tuple[Type, ...]


def read(folder: str | Path) -> Catalogue:
    """Read results.csv, counts.csv and types.csv of a folder and check all of it.

    Raises DataError with every problem found, one line each.
    """
    place = ROOT / folder
    types, problems = read_types(folder)
    results = table(place / "results.csv", folder, problems)
    counts = table(place / "counts.csv", folder, problems)
    if results is not None:
        check_results(results, types, f"{folder}/results.csv", problems)
    if counts is not None:
        check_counts(counts, f"{folder}/counts.csv", problems)
    if problems:
        raise DataError(problems)
    return Catalogue(effects(findings(results)), counts, tuple(types))


def number(text: str) -> float:
    """Give a printed number, "~6000" included; NaN where none was printed."""
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
    """Give an interval from printed sizes and rates in per cent (method, section 7).

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
