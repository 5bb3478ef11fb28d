"""Recipes of the charts of results so far, and a study's place among them.

A recipe holds labels and the refs of cells, never a number.
"""

import calendar
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.publication import refs
from helpers.publication.facts.resolve import WHERE_SHOWN
from helpers.request import Outcome
from helpers.request.measures.standard import PUBLISHED
from helpers.request.types import Type, named, of_kind

HEADINGS = {"intervention": "By intervention type", "sector": "By sector type"}

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


def _leaf(ref: str, format: str) -> dict[str, str]:
    return {"ref": ref, "format": format}


def month(published: str) -> str:
    """Give a month of the catalogue as charts show it: "Jan 2014", "by Jun 2015"."""
    if not published:
        return ""
    year, number = published[:7].split("-")
    words = f"{calendar.month_abbr[int(number)]} {year}"
    return f"by {words}" if published.endswith("or before") else words


def not_placed_reason(outcomes: Iterable[Outcome]) -> str:
    """Say why a study has no place among the results; empty where it has."""
    rates = [outcome for outcome in outcomes if outcome.name == PUBLISHED]
    standard = (
        "The published results are on the one-year proven reoffending rate, so this "
        "study is not placed among them: "
    )
    if not rates:
        return standard + "it did not measure that rate."
    if rates[0].own_words:
        own = f"{rates[0].label} {rates[0].definition or ''}".strip()
        return standard + f'it counted people who "{own}".'
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
        **{name: _leaf(study[name], format) for name, format in STUDY.items()},
        WHERE_SHOWN: _leaf(study["difference"], "size"),
    }


def tally_rows(
    catalogue: Catalogue, studies: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Give data of the tally: a row a type, its counts by finding, and the studies.

    A type without a result or a study is left out.
    """
    return {
        "groups": [
            {
                "fact": "types of a kind",
                "heading": heading,
                "rows": [
                    row
                    for type_ in of_kind(catalogue.types, kind)
                    for row in _type_row(catalogue, kind, type_, studies)
                ],
            }
            for kind, heading in HEADINGS.items()
        ],
        "total": _counted(catalogue.results),
    }


def _type_row(
    catalogue: Catalogue,
    kind: str,
    type_: Type,
    studies: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    results = catalogue.results
    chosen = results[results[KINDS[kind]] == type_.name]
    own = [study for study in studies if study["types"][kind] == type_.name]
    if not (len(chosen) or own):
        return []
    counted = _counted(chosen, kind, type_.name)
    row = {"label": type_.label, **counted, "studies": own}
    return [row if len(chosen) else row | _shown_with(own)]


def _shown_with(studies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Leave a type that has nothing but a study out where the study is."""
    return {WHERE_SHOWN: studies[0][WHERE_SHOWN]}


def _counted(
    results: pd.DataFrame, kind: str = "all", type_: str = ""
) -> dict[str, Any]:
    sizes = results.dropna(subset="n").sort_values("n")
    about = list(sizes["n_about"]) or [False]
    return {
        "fact": "counted",
        "counts": {f: _leaf(refs.counted(f, kind, type_), "count") for f in FINDINGS},
        **{
            name: _leaf(refs.counted(name, kind, type_), "count")
            for name in ("all", "n_known", "n_low", "n_high")
        },
        "n_low_about": bool(about[0]),
        "n_high_about": bool(about[-1]),
    }


def forest_rows(
    catalogue: Catalogue,
    studies: Sequence[dict[str, Any]] = (),
    by: str = "intervention",
) -> dict[str, Any]:
    """Give data of the forest: results with a printed effect, largest decrease first.

    `by` is intervention or sector; a study stands first in its type.
    """
    groups = []
    drawn = catalogue.results.dropna(subset="difference")
    for type_ in of_kind(catalogue.types, by):
        chosen = drawn[drawn[KINDS[by]] == type_.name]
        chosen = chosen.sort_values(["difference", "published", "id"])
        rows = [study for study in studies if study["types"][by] == type_.name]
        rows += [_result_row(row) for row in chosen.to_dict("records")]
        if rows:
            group = {"fact": "results of a type", "heading": type_.label, "rows": rows}
            groups.append(group if len(chosen) else group | _shown_with(rows))
    return {"groups": groups}


def _result_row(row: dict[str, Any]) -> dict[str, Any]:
    made = {
        "fact": "result",
        "label": row["programme"],
        "organisation": row["organisation"],
        "published": month(row["published"]),
        "finding": row["finding"],
        "interval": row["interval"],
        "middle": bool(row["middle"]),
        "n_about": bool(row["n_about"]),
        "difference": _leaf(refs.result(row["id"], "difference"), "size"),
    }
    if not pd.isna(row["n"]):
        made["n"] = _leaf(refs.result(row["id"], "n"), "count")
    for name, column in (
        ("value_treatment", "rate_treat"),
        ("value_comparison", "rate_comp"),
    ):
        if row[column]:  # as printed: a decimal where one was printed
            format = "mean" if "." in row[column] else "per_100"
            made[name] = _leaf(refs.result(row["id"], name), format)
    if row["interval"] != "none":
        for name in ("ci_low", "ci_high"):
            made[name] = _leaf(refs.result(row["id"], name), "size")
    return made
