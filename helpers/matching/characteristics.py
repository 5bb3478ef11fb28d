"""Characteristics of both groups before and after matching, as cells and rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.matching.covariates import Group
from helpers.publication.cells import Cell
from helpers.publication.labels import is_need, level, slug, variable
from helpers.request import Request

MEANS = (
    "mean_treatment_before",
    "mean_treatment",
    "mean_comparison_before",
    "mean_comparison_after",
)
DIFFERENCES = ("smd_before", "smd_after", "smd_after_treated_sd", "variance_ratio",
               "ks")  # fmt: skip

COLUMNS = [
    "Characteristic",
    "Programme, before matching",
    "Comparison, before matching",
    "Programme, after matching",
    "Comparison, after matching",
]


@dataclass(frozen=True)
class _Line:
    """One row of the balance table with the people behind it."""

    row: Any
    people: dict[str, pd.Index]  # the groups of MEANS: whose value is known
    having: dict[str, int] | None  # of these, how many have the level (None: a mean)


def _ref(analysis: str, row: Any) -> str:
    end = f".{slug(row.level)}" if row.level else ""
    return f"{slug(analysis)}.balance.{row.variable}{end}"


def _lines(group: Group, weights: pd.Series, table: pd.DataFrame) -> Iterator[_Line]:
    people, treatment = group.people, group.treatment
    weights = weights.reindex(people.index)
    treated, used = treatment == 1, weights > 0
    groups = {
        "mean_treatment_before": people.index[treated],
        "mean_treatment": people.index[treated & used],
        "mean_comparison_before": people.index[~treated],
        "mean_comparison_after": people.index[~treated & used],
    }
    for row in table.itertuples(index=False):
        values = people[row.variable]
        if not row.level:
            known = {n: ix[values[ix].notna()] for n, ix in groups.items()}
            binary = values.dropna().isin([0, 1]).all()
            having = {n: int((values[ix] == 1).sum()) for n, ix in known.items()}
            yield _Line(row, known, having if binary else None)
            continue
        has = values.isna() if row.level == "missing" else values.astype(str).eq(
            row.level
        )  # fmt: skip
        having = {name: int(has[index].sum()) for name, index in groups.items()}
        yield _Line(row, groups, having)


def cells(
    group: Group, weights: pd.Series, table: pd.DataFrame, *, coarse: bool
) -> list[Cell]:
    """The balance table as cells: a level's numbers stand or fall together.

    `coarse` registers report rounding only, for when so few treated people were left
    unmatched that the groups before and after would tell about them (section 8).
    """
    found = []
    for line in _lines(group, weights, table):
        base = _ref(group.name, line.row)
        means = [f"{base}.{name}" for name in MEANS]
        for name, ref in zip(MEANS, means, strict=True):
            value = getattr(line.row, name)
            others = tuple(other for other in means if other != ref)
            size = len(line.people[name])
            if line.having is None:
                value = round(value, 1) if coarse else value
                found.append(Cell(ref, value, "mean", None, size, others))
            else:
                value = round(100 * value) if coarse else 100 * value
                having = line.having[name]
                found.append(Cell(ref, value, "rate", having, size, others))
        for name in DIFFERENCES:
            value = getattr(line.row, name)
            if pd.isna(value):
                value = None
            elif coarse:
                value = round(value, 1)
            found.append(Cell(f"{base}.{name}", value, "derived", needs=tuple(means)))
    return found


def rows(
    request: Request, group: Group, table: pd.DataFrame, *, needs: bool
) -> list[list[Any]]:
    """Rows for the report: per cent or mean; assessed needs (OASys) or all others."""
    found: list[list[Any]] = []
    order = (
        "mean_treatment_before",
        "mean_comparison_before",
        "mean_treatment",
        "mean_comparison_after",
    )
    for name, lines in table.groupby("variable", sort=False):
        if is_need(str(name)) != needs:
            continue
        label = variable(request, str(name))
        binary = group.people[name].dropna().isin([0, 1]).all()
        levels = bool(lines["level"].iloc[0])
        if levels:
            found.append([label])
        for row in lines.itertuples(index=False):
            base = _ref(group.name, row)
            format_ = "per_cent" if levels or binary else "mean"
            head = level(request, str(name), row.level) if levels else label
            if not levels and not binary:
                head += " (average)"
            values = [{"ref": f"{base}.{col}", "format": format_} for col in order]
            found.append([head, *values])
    return found


def love_rows(
    request: Request, analysis: str, table: pd.DataFrame
) -> list[dict[str, Any]]:
    """Rows of the love plot; of two levels that mirror each other the last stands."""
    found = []
    for name, group in table.groupby("variable", sort=False):
        label = variable(request, str(name))
        lines = group.tail(1) if len(group) == 2 else group
        for row in lines.itertuples(index=False):
            base = _ref(analysis, row)
            text = f"{label}: {level(request, str(name), row.level)}"
            found.append(
                {
                    "label": text if row.level else label,
                    "before": {"ref": f"{base}.smd_before", "format": "smd"},
                    "after": {"ref": f"{base}.smd_after", "format": "smd"},
                }
            )
    return found
