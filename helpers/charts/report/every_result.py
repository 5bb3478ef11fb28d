"""Every published result by intervention type, with where it was read."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import arrangement, by_type, rows, sections
from helpers.charts.report.measures import RATE
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.figures.marks import MARKS
from helpers.request.types import Type, of_kind
from helpers.runs.run import Run

COLUMNS = [
    "Organisation and programme", "Sector and setting", "Years", "Published",
    "Rate", "Frequency", "Time", "Grade", "Read at",
]  # fmt: skip

#: column of the catalogue -> what its findings are called: days, until it happened
FOUND = {
    "finding": {},
    "finding_frequency": {},
    "finding_time": {"decrease": "Sooner", "increase": "Later"},
}

#: grade of a source -> in words
GRADES = {
    "A": "As the Ministry reported it",
    "B": "In part, or by others",
    "C": "Second-hand",
}
#: of a result of this kit, whose grade is B until the Ministry has published it
OF_THE_KIT = "Report of this kit"

BEFORE = (
    "The tables that follow hold every result collected here, by intervention type, "
    "with the page where it was read. They tell what it found on the one-year proven "
    "reoffending rate, on the frequency of proven reoffending, and on the time to the "
    "first reoffence. The years are those in which people took part, or were released."
)
GRADED = (
    "A source is graded: a report or page of the Ministry of Justice, or a copy of it, "
    "tells a result as the Ministry reported it; the organisation or the press may "
    "tell a part; and some accounts are second-hand."
)


def blocks_of(run: Run, published: Catalogue) -> list[Block]:
    """Give a table a type of intervention, in the periodic summary alone."""
    results = published.results
    if not run.request.alone or results.empty:
        return []
    said = {"sentences": [[BEFORE], [GRADED]]}
    sectors = {t.name: t.label for t in of_kind(published.types, "sector")}
    return [
        blocks.words(run, "every-result-words", words="sentences", data=said),
        *(
            _of_type(run, type_, chosen, sectors)
            for type_ in of_kind(published.types, "intervention")
            for chosen in [results[results[KINDS["intervention"]] == type_.name]]
            if len(chosen)
        ),
    ]


def own_type(run: Run, published: Catalogue) -> list[Block]:
    """Give the table of a report's own type of intervention, in a fold of its type."""
    own = arrangement.own_types(run).get("intervention")
    results = published.results[published.results[KINDS["intervention"]] == own]
    if results.empty:
        return []
    type_ = next(t for t in of_kind(published.types, "intervention") if t.name == own)
    sectors = {t.name: t.label for t in of_kind(published.types, "sector")}
    count = ref(refs.counted("all", "intervention", own))
    were = "was" if len(results) == 1 else "were"
    line = (count, f" {by_type.noun(len(results))} {were} read")
    fold = blocks.fold(f"{type_.label}: where ", *line)
    if results[RATE.difference].notna().any():  # a figure lies in the fold of the type
        within = by_type.own_fold(run, published, type_)
        fold = blocks.fold("Where ", *line, within=within)
    return [_of_type(run, type_, results, sectors, fold)]


def _of_type(
    run: Run,
    type_: Type,
    results: pd.DataFrame,
    sectors: dict[str, str],
    fold: dict[str, Any] | None = None,
) -> Block:
    key = f"every-result-{refs.in_key(type_.name)}"
    count = ref(refs.counted("all", "intervention", type_.name))
    noun = by_type.noun(len(results))
    return blocks.table(
        run,
        key,
        caption=f"{type_.label}: every result, and where it was read",
        columns=COLUMNS,
        rows=[_row(row, sectors) for row in in_order(results).to_dict("records")],
        lead=[see(key), " lists ", count, f" {noun} on {type_.label}."],
        source=sections.SOURCE,
        fold=fold
        or arrangement.fold(
            run, "intervention", type_.name, f"{type_.label}: ", count, f" {noun}"
        ),
    )


def in_order(results: pd.DataFrame) -> pd.DataFrame:
    """Give results by organisation, and its latest first."""
    name = results["organisation"].str.casefold()
    keys = results.assign(name=name).sort_values("id")
    keys = keys.sort_values("counts_from", ascending=False, kind="stable")
    return results.loc[keys.sort_values("name", kind="stable").index]


def _row(row: dict[str, Any], sectors: dict[str, str]) -> list[Any]:
    setting = f", {row['setting']}" if row["setting"] else ""
    return [
        f"{row['organisation']}: {row['programme']}",
        sectors[row["sector"]] + setting,
        rows.years(row),
        rows.month(row["published"]),
        *(own.get(row[name], MARKS[row[name]].short) for name, own in FOUND.items()),
        OF_THE_KIT if row["request"] else GRADES[row["grade"]],
        {"fact": "sources", "read_at": read_at(row["source_url"])},
    ]


def read_at(source: str) -> list[str]:
    """Give the places where a result was read, which " ; " stands between."""
    return [part.strip() for part in source.split(" ; ") if part.strip()]
