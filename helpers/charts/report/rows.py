"""Recipes of the charts of results so far, and a study's place among them.

A recipe holds labels and the refs of cells, never a number.
"""

import calendar
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.charts.report.measures import RATE, Told
from helpers.publication import refs
from helpers.publication.blocks import ref
from helpers.publication.facts.resolve import WHERE_SHOWN
from helpers.request import Outcome
from helpers.request.types import Type, named, of_kind

HEADINGS = {"intervention": "By intervention type", "sector": "By sector type"}

#: columns of how many people a result is of, and whether that is about so many
SIZES = ["n", "n_about"]

#: rows of one figure, so that it fits a page; more are drawn in parts
MOST = 25

#: the numbers of a study that its row shows -> how they are written
STUDY = {
    "n": "count",
    "value_treatment": "per_100",
    "value_comparison": "per_100",
    "difference": "size",
    "ci_low": "size",
    "ci_high": "size",
    "p_value": "p",
}


def month(published: str) -> str:
    """Give a month of the catalogue as charts show it: "Jan 2014", "by Jun 2015"."""
    if not published:
        return "date not printed"
    year, number = published[:7].split("-")
    words = f"{calendar.month_abbr[int(number)]} {year}"
    return f"by {words}" if published.endswith("or before") else words


def years(row: Mapping[str, Any]) -> str:
    """Give the years of a result's people: "2012 to 2014", "in 2012"."""
    ends = [
        year for year in dict.fromkeys((row["cohort_from"], row["cohort_to"])) if year
    ]
    # a year alone would be a number typed as text
    said = f"in {ends[0]}" if len(ends) == 1 else " to ".join(ends)
    return said or "not printed"


def not_placed_reason(outcomes: Iterable[Outcome], measure: Told = RATE) -> str:
    """Say why a study has no place among the results; empty where it has."""
    same = [outcome for outcome in outcomes if outcome.name == measure.outcome]
    standard = f"This study is not marked among the results on the {measure.title}: "
    if not same:
        return standard + f"it did not measure that {measure.name}."
    if same[0].own_words:
        own = f"{same[0].label} {same[0].definition or ''}".strip()
        return standard + f'it counted {measure.whom}"{own}".'
    return ""


def place(study: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Give a study's row among the published results, its numbers as refs only.

    `study` has label, organisation, published (text, may be left out),
    intervention_type, sector_type and the refs n, value_treatment, value_comparison,
    difference, ci_low, ci_high and p_value. Its finding is computed when the chart is
    drawn, from released numbers; it is left out where its difference is withheld, as a
    study that is no main point is. A type may be given by its name or its label; one
    that types.csv does not know is a RequestError.
    """
    return {
        "fact": "result",
        "label": study["label"],
        "organisation": study["organisation"],
        "published": study.get("published", ""),
        "types": named(
            study["intervention_type"],
            study["sector_type"],
            catalogue.types,
            "request",
        ),
        "interval": "own",
        **{name: ref(study[name], format) for name, format in STUDY.items()},
        WHERE_SHOWN: ref(study["difference"], "size"),
    }


def own(
    studies: Iterable[dict[str, Any]], kind: str, type_: str
) -> list[dict[str, Any]]:
    """Give the studies that are of a type."""
    return [study for study in studies if study["types"][kind] == type_]


def tally_rows(
    catalogue: Catalogue,
    kind: str,
    studies: Sequence[dict[str, Any]] = (),
    measure: Told = RATE,
) -> dict[str, Any]:
    """Give data of the tally: a row a type, its counts by finding, and the studies.

    `kind` is intervention or sector; a type without a result or a study is left out.
    """
    rows = [
        row
        for type_ in of_kind(catalogue.types, kind)
        for row in _type_row(catalogue, kind, type_, studies, measure)
    ]
    return {
        "heading": HEADINGS[kind],
        "rows": rows,
        "total": _counted(catalogue.results, measure),
        "measure": measure.name,
    }


def _type_row(
    catalogue: Catalogue,
    kind: str,
    type_: Type,
    studies: Sequence[dict[str, Any]],
    measure: Told,
) -> list[dict[str, Any]]:
    results = catalogue.results
    chosen = results.loc[results[KINDS[kind]] == type_.name, SIZES]
    placed = own(studies, kind, type_.name)
    if not (len(chosen) or placed):
        return []
    counted = _counted(chosen, measure, kind, type_.name)
    row = {"label": type_.label, **counted, "studies": placed}
    return [row if len(chosen) else row | _shown_with(placed)]


def _shown_with(studies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Leave a type that has nothing but a study out where the study is."""
    return {WHERE_SHOWN: studies[0][WHERE_SHOWN]}


def _counted(
    results: pd.DataFrame, measure: Told, kind: str = "all", type_: str = ""
) -> dict[str, Any]:
    sizes = results[SIZES].dropna(subset="n").sort_values("n")
    about = list(sizes["n_about"]) or [False]
    found = {f: ref(measure.count(f, kind, type_), "count") for f in FINDINGS}
    return {
        "fact": "counted",
        "counts": found,
        **{
            name: ref(refs.counted(name, kind, type_), "count")
            for name in ("all", "n_known", "n_low", "n_high")
        },
        "with_difference": ref(measure.count("with_difference", kind, type_)),
        "n_low_about": bool(about[0]),
        "n_high_about": bool(about[-1]),
    }


def forest_rows(
    catalogue: Catalogue,
    kind: str,
    type_: Type,
    studies: Sequence[dict[str, Any]] = (),
    measure: Told = RATE,
) -> list[dict[str, Any]]:
    """Give data of a type's forest, in as many parts as it takes to stay legible.

    The results with a known difference, largest decrease first; a study stands before
    them. None of a type without such a result: a study alone is no forest.
    """
    results = catalogue.results
    known = (results[KINDS[kind]] == type_.name) & results[measure.difference].notna()
    if not known.any():  # most types: no row of forty columns is made for them
        return []
    chosen = measure.differences(results[known])
    rows = own(studies, kind, type_.name)
    rows += [_result_row(row, measure) for row in chosen.to_dict("records")]
    each = math.ceil(len(rows) / math.ceil(len(rows) / MOST))
    parts = [rows[start : start + each] for start in range(0, len(rows), each)]
    return [
        {
            "heading": type_.label,
            "rows": part,
            "measure": measure.name,
            "which": f"part {number} of {len(parts)}" if len(parts) > 1 else "",
            "ends": _ends(chosen, measure) if len(parts) > 1 else [],
        }
        for number, part in enumerate(parts, 1)
    ]


def _ends(chosen: pd.DataFrame, measure: Told) -> list[dict[str, str]]:
    """Give the numbers furthest out, so that the parts of a type have one scale."""
    columns = {
        "difference": measure.difference,
        "ci_low": measure.low,
        "ci_high": measure.high,
    }
    values = {
        measure.result(row["id"], name): row[column]
        for row in chosen.to_dict("records")
        for name, column in columns.items()
        if not math.isnan(row[column])
    }
    return [ref(pick(values, key=values.get), "size") for pick in (min, max)]


def _result_row(row: dict[str, Any], measure: Told) -> dict[str, Any]:
    made = {
        "fact": "result",
        "label": row["programme"],
        "organisation": row["organisation"],
        "published": month(row["published"]),
        "finding": row[measure.finding],
        "interval": row[measure.interval],
        "middle": measure.middle(row),
        "from_rates": measure.from_rates(row),
        "n_about": bool(row["n_about"]),
        "difference": ref(measure.result(row["id"], "difference"), "size"),
    }
    if not pd.isna(row["n"]):
        made["n"] = ref(refs.result(row["id"], "n"), "count")
    for name, column in measure.levels.items():
        if row[column]:  # as printed: a decimal where one was printed
            format = "mean" if "." in row[column] else "per_100"
            made[name] = ref(measure.result(row["id"], name), format)
    if row[measure.interval] != "none":
        for name in ("ci_low", "ci_high"):
            made[name] = ref(measure.result(row["id"], name), "size")
    return made
