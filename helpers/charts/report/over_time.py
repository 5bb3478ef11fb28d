"""What the report tells of findings by year of publication."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue.months import BEFORE
from helpers.charts.catalogue.read import FINDINGS, Catalogue
from helpers.charts.report import sections
from helpers.charts.report.by_size import counted, folded_away
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.runs.run import Run

KIND, WORDS = "over_time", "results_by_year"
DATED, BY_THEN, UNDATED = "dated", "by_then", "undated"

METHOD = "7: results by the year of the month of publication, as printed in the source"

#: rows beneath those of the years -> as the table has them
BENEATH = {
    DATED: "All years",
    BY_THEN: "Not in the figure: only the latest possible month known",
    UNDATED: "Not in the figure: date not printed",
}


def years(catalogue: Catalogue) -> pd.Series:
    """Give the year of publication of each result of a known month, as whole numbers.

    One of "2014-01 or before" is more likely of an earlier year: it has none.
    """
    by_then = catalogue.results["published"].str.endswith(BEFORE)
    return catalogue.results.loc[~by_then, "counts_from"].dropna().dt.year


def span(catalogue: Catalogue) -> list[int]:
    """Give every year from the first to the last of a result, none left out."""
    known = years(catalogue)
    return list(range(int(known.min()), int(known.max()) + 1)) if len(known) else []


def cells(catalogue: Catalogue) -> list[Cell]:
    """Give the results of each year and of all years; all are published already."""
    results, known = catalogue.results, years(catalogue)
    dated, others = results.loc[known.index], results.drop(index=known.index)
    undated = others["counts_from"].isna()
    groups = {
        DATED: dated,
        BY_THEN: others[~undated],
        UNDATED: others[undated],
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
    others = {group: ref(refs.counted("all", KIND, group)) for group in BENEATH}
    data = {"all": everything, **others}
    drawn = bool(span(published))
    folded = folded_away(run, "Over time: ", dated, everything) if drawn else None
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
