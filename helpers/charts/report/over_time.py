"""What the report tells of findings by year of publication."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import FINDINGS, Catalogue
from helpers.charts.report import sections
from helpers.charts.report.by_size import folded_away
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.runs.run import Run

KIND, DATED, WORDS = "over_time", "dated", "results_by_year"

METHODS = {
    "by_then": "7: of those, results of which a month is known by which they had been "
    "published",
    "all": "7: results whose date of publication was printed",
    **{
        found: f"7: of those, results with the finding {found.replace('_', ' ')}"
        for found in FINDINGS
    },
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
    known = years(catalogue)
    dated = catalogue.results.loc[known.index]
    by_then = int(dated["published"].str.endswith("or before").sum())
    made = _counted(dated, DATED)
    made.append(_cell("by_then", DATED, by_then))
    for year in span(catalogue):
        made += _counted(dated[known == year], str(year))
    return made


def _counted(results: pd.DataFrame, when: str) -> list[Cell]:
    values = {f: int((results["finding"] == f).sum()) for f in FINDINGS}
    values["all"] = len(results)
    return [_cell(name, when, value) for name, value in values.items()]


def _cell(name: str, when: str, value: int) -> Cell:
    return Cell(refs.counted(name, KIND, when), value, "public", method=METHODS[name])


def recipe(catalogue: Catalogue) -> dict[str, Any]:
    """Give data of the figure: every year with its counts, and all years together."""
    return {
        "years": [_year(str(year), str(year)) for year in span(catalogue)],
        "total": _year(DATED, "All years"),
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
        "by_then": ref(refs.counted("by_then", KIND, DATED)),
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
