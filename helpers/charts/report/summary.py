"""The summary of findings: the last full count of them, and what is collected."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd

from helpers.charts.catalogue import overlaps
from helpers.charts.catalogue.columns import MADE_UP
from helpers.charts.catalogue.read import FINDINGS, Catalogue
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum
from helpers.publication.figures.marks import MARKS
from helpers.request.types import of_kind

#: name of a count in the summary -> its column in counts.csv
PARTS = {
    "decrease": "sig_reductions",
    "inconclusive": "inconclusive",
    "increase": "sig_increases",
}
SPLIT = {
    "total": "reports_published",
    **PARTS,
    "lower_frequency": "inconclusive_with_sig_lower_frequency",
}
#: what is told of the results collected here
FOUND = {
    "decrease": MARKS["decrease"].words,
    "inconclusive": MARKS["inconclusive"].words,
    "lower_frequency": "Part of the inconclusive: statistically significant lower "
    "frequency",
    "increase": MARKS["increase"].words,
    "not_found": "Finding not known",
}
DATES = ("dated", "undated")

SPLIT_METHOD = "7: as printed in the latest count that splits all findings"
COUNT_METHOD = "7: as printed in the latest count of published reports"
LOWER_METHOD = (
    "7: inconclusive results with a statistically significant lower frequency"
)
DATED_METHOD = "7: results of which the month of publication is known"
UNDATED_METHOD = "7: results of which the month of publication was not printed"
MADE_UP_METHOD = "7: results of made-up people"
SHARED_METHOD = (
    "7: results of one organisation and intervention type whose years meet or were "
    "not printed"
)


def split(counts: pd.DataFrame) -> dict[str, Any]:
    """Give the latest row of counts.csv with the full split: month, source and counts.

    134 = 37 decreases + 90 inconclusive (11 with a lower frequency) + 7 increases.
    Empty where there is no such row; that it adds up is checked when it is read.
    """
    splits = counts[(counts[list(SPLIT.values())] != "").all(axis=1)]
    if splits.empty:
        return {}
    row = splits.sort_values("as_at").iloc[-1]
    found = {name: int(row[column]) for name, column in SPLIT.items()}
    return {"when": _month(row["as_at"]), "source": row["source"], **found}


def _month(day: str) -> str:
    return f"{date.fromisoformat(day):%B %Y}"


def latest(counts: pd.DataFrame) -> tuple[str, int]:
    """Give the month of the latest count of published reports, and that count.

    An empty month and nought where there is none.
    """
    known = counts[counts["reports_published"] != ""].sort_values("as_at")
    if known.empty:
        return "", 0
    row = known.iloc[-1]
    return _month(row["as_at"]), int(row["reports_published"])


def cells(catalogue: Catalogue) -> tuple[list[Cell], list[Sum]]:
    """Give the counts of the summary, all published, and which of them add up."""
    found, sums = split(catalogue.counts), []
    made = [_cell(refs.summary(n), found[n], SPLIT_METHOD) for n in SPLIT if found]
    if found:
        sums.append(Sum(refs.summary("total"), tuple(map(refs.summary, PARTS))))
    when, published = latest(catalogue.counts)
    if when:
        made.append(_cell(refs.REPORTS_PUBLISHED, published, COUNT_METHOD))
    for parts in (FINDINGS, DATES):
        sums.append(Sum(refs.counted("all"), tuple(map(refs.counted, parts))))
    return made + _here(catalogue.results), sums


def _here(results: pd.DataFrame) -> list[Cell]:
    """Count of the results collected here what their findings do not tell."""
    inconclusive = results[results["finding"] == "inconclusive"]
    lower = inconclusive["finding_frequency"] == "decrease"
    undated = results["counts_from"].isna()
    groups = [ids for _, _, ids in overlaps.named(results)]
    counts = {
        "lower_frequency": (lower.sum(), LOWER_METHOD),
        "dated": ((~undated).sum(), DATED_METHOD),
        "undated": (undated.sum(), UNDATED_METHOD),
        "made_up": (_made_up(results).sum(), MADE_UP_METHOD),
        "shared": (sum(map(len, groups)), SHARED_METHOD),
    }
    return [
        *(_cell(refs.counted(name), int(n), how) for name, (n, how) in counts.items()),
        *(_cell(refs.shared(ids[0]), len(ids), SHARED_METHOD) for ids in groups),
    ]


def _made_up(results: pd.DataFrame) -> pd.Series:
    return results["organisation"] == MADE_UP


def _cell(ref: str, value: int, method: str) -> Cell:
    return Cell(ref, value, "public", method=method)


def _leaf(ref: str) -> dict[str, str]:
    return {"ref": ref, "format": "count"}


def bar(catalogue: Catalogue) -> dict[str, Any]:
    """Give the last full count of findings, as refs; empty where there is none."""
    found = split(catalogue.counts)
    return {"when": found["when"], **_leaves(SPLIT, refs.summary)} if found else {}


def collected(catalogue: Catalogue) -> dict[str, Any]:
    """Give what the results collected here found, as refs."""
    when, _ = latest(catalogue.counts)
    told = {"published": _leaf(refs.REPORTS_PUBLISHED)} if when else {}
    names = ["all", *FOUND, *DATES]
    names += ["made_up"] if _made_up(catalogue.results).any() else []
    return {"published_when": when, **told, **_leaves(names, refs.counted)}


def _leaves(
    names: Iterable[str], ref: Callable[[str], str]
) -> dict[str, dict[str, str]]:
    return {name: _leaf(ref(name)) for name in names}


def table(catalogue: Catalogue, until: str) -> list[list[Any]]:
    """Give the rows of the counts of results collected here, under headings.

    `until` is up to when results are shown, in words.
    """
    told = collected(catalogue)
    rows: list[list[Any]] = [
        ["By finding on the one-year proven reoffending rate"],
        *([words, told[name]] for name, words in FOUND.items()),
        ["By month of publication"],
        [f"Published by {until}", told["dated"]],
        ["Month not printed", told["undated"]],
        ["All of them"],
        ["Results collected here", told["all"]],
    ]
    if "made_up" in told:
        rows.append(["Part of them: of made-up people", told["made_up"]])
    if when := told["published_when"]:
        rows.append(["For comparison: collected here or not"])
        rows.append([f"Reports published by {when}", told["published"]])
    return rows


def shared(catalogue: Catalogue) -> list[list[Any]]:
    """Give rows of the results that may be about the same people, most first."""
    labels = {t.name: t.label for t in of_kind(catalogue.types, "intervention")}
    groups = sorted(overlaps.named(catalogue.results), key=lambda group: -len(group[2]))
    rows = [
        [f"{organisation}, {labels[type_]}", _leaf(refs.shared(ids[0]))]
        for organisation, type_, ids in groups
    ]
    return [*rows, ["All of them", _leaf(refs.counted("shared"))]] if rows else []
