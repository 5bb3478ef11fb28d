"""What the report tells of findings by year of publication."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import FINDINGS, Catalogue
from helpers.charts.report import sections
from helpers.charts.report.by_size import counted, folded_away
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.runs.run import Run

KIND, DATED, WORDS = "over_time", "dated", "results_by_year"

METHOD = "7: results by the year of the month of publication, as printed in the source"

#: rows beneath those of the years -> as the table has them
BENEATH = {
    DATED: "All years",
    "by_then": "Of these, known only by which month",
    "undated": "Not in the figure: date not printed",
}


def years(catalogue: Catalogue) -> pd.Series:
    """Give the year of publication of each result that has one, as whole numbers."""
    return catalogue.results["counts_from"].dropna().dt.year


def span(catalogue: Catalogue) -> list[int]:
    """Give every year from the first to the last of a result, none left out."""
    known = years(catalogue)
    return list(range(int(known.min()), int(known.max()) + 1)) if len(known) else []


def cells(catalogue: Catalogue) -> list[Cell]:
    """Give the results of each year and of all years; all are published already."""
    results, known = catalogue.results, years(catalogue)
    dated = results.loc[known.index]
    groups = {
        DATED: dated,
        "by_then": dated[dated["published"].str.endswith("or before")],
        "undated": results.drop(index=known.index),
        **{str(year): dated[known == year] for year in span(catalogue)},
    }
    return [
        Cell(refs.counted(name, KIND, when), value, "public", method=METHOD)
        for when, group in groups.items()
        for name, value in counted(group).items()
    ]


def recipe(catalogue: Catalogue) -> dict[str, Any]:
    """Give data of the figure: every year with its counts, then those beneath them."""
    return {
        "years": [_year(str(year), str(year)) for year in span(catalogue)],
        "beneath": [_year(when, label) for when, label in BENEATH.items()],
    }


def _year(when: str, label: str) -> dict[str, Any]:
    return {
        "fact": "counted in a year",
        "label": label,
        "counts": {found: ref(refs.counted(found, KIND, when)) for found in FINDINGS},
        "all": ref(refs.counted("all", KIND, when)),
    }


def blocks_of(run: Run, published: Catalogue) -> list[Block]:
    """Give words and the figure of findings by year; words alone where none has one."""
    run.register(cells(published))
    dated, everything = ref(refs.counted("all", KIND, DATED)), ref(refs.counted("all"))
    data = {
        "dated": dated,
        "by_then": ref(refs.counted("all", KIND, "by_then")),
        "all": everything,
    }
    drawn = bool(span(published))
    folded = folded_away(run, dated, everything) if drawn else None
    made = [blocks.words(run, "over-time-words", words=WORDS, data=data, fold=folded)]
    if drawn:
        made.append(_figure(run, recipe(published), folded))
    return made


def _figure(run: Run, data: dict[str, Any], folded: dict[str, Any] | None) -> Block:
    return blocks.figure(
        run,
        "over-time",
        figure="by_year",
        lead=[
            see("over-time"),
            " shows what the results of each year of publication found. Each mark is "
            "one analysis.",
        ],
        subtitle="Finding on the one-year proven reoffending rate, by year of "
        "publication",
        data=data,
        source=sections.SOURCE,
        fold=folded,
    )
