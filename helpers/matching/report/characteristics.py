"""Characteristics of both groups before and after matching, as cells and rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.matching.design import MISSING
from helpers.matching.groups import Group
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum, of_largest
from helpers.publication.labels import level, variable
from helpers.request import Request
from helpers.request.covariates.needs import is_need, place

MEANS = (
    "mean_treatment_before",
    "mean_treatment",
    "mean_comparison_before",
    "mean_comparison_after",
)
#: shares are printed in whole per cent, all else of a row with one or two decimals
ROUNDING = {"rate": "whole", "mean": "tenth", "smd_before": "tenth",
            "smd_after": "tenth", "smd_after_treated_sd": "tenth",
            "variance_ratio": "hundredth", "ks": "hundredth"}  # fmt: skip
DIFFERENCES = ("smd_before", "smd_after", "smd_after_treated_sd", "variance_ratio",
               "ks")  # fmt: skip

#: the rule behind each number of a row; a share is the mean of having the level
METHOD = {
    "mean_treatment_before": "4: mean or share of the programme before matching",
    "mean_treatment": "4: mean or share of the programme's matched people",
    "mean_comparison_before": "4: mean or share of the pool before matching",
    "mean_comparison_after": "4: Σwx / Σw of the comparison group, known values only",
    "smd_before": "4: 100(m_t − m_c)/s before matching, s = √((s²ₜ + s²_c)/2)",
    "smd_after": "4: 100(m_t − m_c)/s after matching, s of the groups before it",
    "smd_after_treated_sd": "4: 100(m_t − m_c)/sₜ after matching, sₜ before it",
    "variance_ratio": "4: s²ₜ of the matched / s²_w, numbers only",
    "ks": "4: max |Fₜ − F_c| after matching, weighted, numbers only",
}

#: what a table has of the programme and of the comparison group: heading → number
AFTER = {"Programme": "mean_treatment", "Comparison": "mean_comparison_after"}
BEFORE = {
    "Programme, before matching": "mean_treatment_before",
    "Comparison, before matching": "mean_comparison_before",
}
#: the same people of the programme: those analysed, and all who could have been
PROFILES = {
    "In the analysis": "mean_treatment",
    "All who could be": "mean_treatment_before",
}


@dataclass(frozen=True)
class _Line:
    """One row of the balance table with the people behind it."""

    row: Any
    people: dict[str, pd.Index]  # the groups of MEANS: whose value is known
    having: dict[str, int] | None  # of these, how many have the level (None: a mean)


def row_refs(analysis: str, table: pd.DataFrame) -> list[str]:
    """Give the refs of a balance table's rows, in its order, no two alike.

    Rows that a ref would not tell apart, such as the levels "A-1" and "A 1", are
    numbered.
    """
    found: dict[str, None] = {}
    for row in table.itertuples(index=False):
        base = refs.balance(analysis, row.variable, row.level)
        ref, number = base, 2
        while ref in found:
            ref, number = f"{base}-{number}", number + 1
        found[ref] = None
    return list(found)


def is_binary(values: pd.Series) -> bool:
    """Tell whether a number is 1 or 0 for everyone for whom it is known."""
    known = values.dropna()
    return bool(len(known)) and bool(known.isin([0, 1]).all())


def who_has(values: pd.Series, level: str) -> pd.Series:
    """Tell who has a level of a category, or no known value of a number."""
    written = values.astype(str).eq(level)
    return values.isna() | written if level == MISSING else values.notna() & written


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
            having = {n: int((values[ix] == 1).sum()) for n, ix in known.items()}
            yield _Line(row, known, having if is_binary(values) else None)
            continue
        has = who_has(values, row.level)
        having = {name: int(has[index].sum()) for name, index in groups.items()}
        yield _Line(row, groups, having)


def cells(group: Group, weights: pd.Series, table: pd.DataFrame) -> list[Cell]:
    """Give the balance table as cells; a level's numbers are withheld together.

    But what the programme was before matching, and its difference then, may be hidden
    or told more coarsely by themselves, so that nothing needs them.
    """
    found, weights = [], weights.reindex(group.people.index)
    every = zip(row_refs(group.name, table), _lines(group, weights, table), strict=True)
    for base, line in every:
        means = [refs.within(base, name) for name in MEANS]
        for name, ref in zip(MEANS, means, strict=True):
            value, size = getattr(line.row, name), len(line.people[name])
            others = tuple(other for other in means[1:] if other != ref)
            largest = None
            if line.having is None:
                # a mean is a total, and a total over one or two people is theirs
                numbers = group.people.loc[line.people[name], line.row.variable]
                behind, kind = int((numbers != 0).sum()), "mean"
                if name == "mean_comparison_after":
                    numbers = numbers * weights.loc[numbers.index]
                largest = of_largest(numbers)
            else:
                value, behind, kind = 100 * value, line.having[name], "rate"
            found.append(
                Cell(ref, value, kind, behind, size, others, METHOD[name],
                     rounding=ROUNDING[kind], largest=largest)
            )  # fmt: skip
        for name in DIFFERENCES:
            value = getattr(line.row, name)
            found.append(
                Cell(
                    refs.within(base, name),
                    None if pd.isna(value) else value,
                    "derived",
                    needs=tuple(means if name == "smd_before" else means[1:]),
                    method=METHOD[name],
                    rounding=ROUNDING[name],
                )
            )
    return found


def sums(group: Group, table: pd.DataFrame) -> list[Sum]:
    """Give the sums of levels: those of a variable make up everyone (section 8).

    One column of each is enough, since the numbers of a level fall together.
    """
    found = []
    table = table.assign(ref=row_refs(group.name, table))
    for _, lines in table[table["level"] != ""].groupby("variable", sort=False):
        parts = tuple(refs.within(ref, "mean_treatment") for ref in lines["ref"])
        if len(parts) > 1:
            found.append(Sum(refs.of(group.name, "n_treatment"), parts))
    return found


def _under_heading(lines: pd.DataFrame) -> bool:
    """Tell whether the rows of a variable stand under a heading of their own."""
    mirrored = set(lines["level"].str.lower()) in ({"0", "1"}, {"false", "true"})
    return bool(lines["level"].iloc[0]) and len(lines) > 1 and not mirrored


def _one_of_two(lines: pd.DataFrame) -> pd.DataFrame:
    """Give the row of yes, or else the last, of two levels that mirror each other."""
    yes = lines[lines["level"].str.lower().isin(["1", "true"])]
    return yes if len(yes) == 1 else lines.tail(1)


def rows(
    request: Request,
    group: Group,
    table: pd.DataFrame,
    *,
    needs: bool,
    columns: Mapping[str, str],
    only: str = "",
) -> list[list[Any]]:
    """Give rows for the report, of assessed needs (OASys) or of all others.

    `columns` are those of the table after the first: heading → number of a row. With
    `only` they are the rows of one characteristic.
    """
    found: list[list[Any]] = []
    table = table.assign(ref=row_refs(group.name, table))
    variables = [(name, lines) for name, lines in table.groupby("variable", sort=False)]
    # those of one row come first: below a heading they would seem to be its levels
    variables.sort(key=lambda one: _under_heading(one[1]))
    if needs:
        intervention = request.programme.intervention_type
        variables.sort(key=lambda one: place(str(one[0]), intervention))
    for name, lines in variables:
        if is_need(str(name)) != needs or only not in ("", str(name)):
            continue
        label = variable(request, str(name))
        binary, yes_no = is_binary(group.people[name]), name in group.yes_no
        # "no" is the rest of "yes"
        if set(lines["level"].str.lower()) in ({"0", "1"}, {"false", "true"}):
            lines = _one_of_two(lines)
        levels = bool(lines["level"].iloc[0]) and len(lines) > 1
        if levels:
            found.append([label])
        for row in lines.itertuples(index=False):
            average = not row.level and not binary
            head = f"{label} (average)" if average else label
            if row.level:
                words = level(request, str(name), row.level, yes_no=yes_no)
                head = words if levels else f"{label}: {words}"
            format_ = "mean" if average else "per_cent"
            values = [
                {"ref": refs.within(row.ref, number), "format": format_}
                for number in columns.values()
            ]
            found.append([head, *values])
    return found


def love_rows(
    request: Request, group: Group, table: pd.DataFrame, *, needs: bool | None = None
) -> list[dict[str, Any]]:
    """Give rows of the love plot; of two levels that mirror each other, the last.

    With `needs` those of assessed needs (OASys) alone, or of all others.
    """
    found = []
    table = table.assign(ref=row_refs(group.name, table))
    for name, lines in table.groupby("variable", sort=False):
        if needs is not None and is_need(str(name)) != needs:
            continue
        label, yes_no = variable(request, str(name)), name in group.yes_no
        # a number and the share for whom it is not known do not mirror each other
        mirror = len(lines) == 2 and bool(lines["level"].iloc[0])
        shown = _one_of_two(lines) if mirror else lines
        for row in shown.itertuples(index=False):
            text = f"{label}: {level(request, str(name), row.level, yes_no=yes_no)}"
            found.append(
                {
                    "fact": "balance",
                    "label": text if row.level else label,
                    "before": {
                        "ref": refs.within(row.ref, "smd_before"),
                        "format": "smd",
                    },
                    "after": {
                        "ref": refs.within(row.ref, "smd_after"),
                        "format": "smd",
                    },
                }
            )
    return found
