"""The linkage statement: whom linkage found, by kinds of people, for the reviewers.

It stands in the reviewers' copy alone. Its numbers are registered as all others are, so
that what is withheld of them is withheld, and what would give it away.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.intake.cohort.losses import NOT_LINKED
from helpers.intake.linkage import groups
from helpers.intake.linkage.link import Linkage
from helpers.intake.records.engine import Records
from helpers.intake.report.cells import count
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum
from helpers.runs.run import Run

READY = "Who was in the programme came with the data, so that nobody was linked here."
ONE_KIND = "The lines that can be used are of one kind alone, so that none is compared."
TOTALS = {
    "linked": refs.LINKED, "review": refs.UNDER_REVIEW, "not_found": refs.NOT_FOUND,
}  # fmt: skip
KEY, ETHNICITY = "linkage-by-group", "linkage-by-ethnicity"


def ready(run: Run) -> list[Block]:
    """Say of a ready cohort that nobody was linked."""
    data = {"sentences": [[READY]]}
    return [blocks.words(run, "linkage-statement", words="sentences", data=data)]


def statement(
    run: Run,
    linkage: Linkage,
    lines: pd.DataFrame,
    records: Records,
    received: date,
) -> list[Block]:
    """Register whom linkage found, and give the statement on it.

    `lines`: the usable lines; `records`: the extract; `received`: the day on which the
    lines came, at which people's ages are taken.
    """
    counted = groups.by_group(linkage, lines, received)
    known = groups.ethnicity(linkage, records)
    # two ways of writing one ethnicity are one number
    known = known.groupby(known.index.map(refs.slug), sort=False).transform("sum")
    known = known[~known.index.map(refs.slug).duplicated()]
    run.register(*_cells(counted, known, len(lines), run))
    return [_words(run, counted), *_tables(run, counted, known)]


def _cells(
    counted: pd.DataFrame, known: pd.Series, usable: int, run: Run
) -> tuple[list[Cell], list[Sum]]:
    """Give every number of the statement, and which of them add up."""
    cells = [count(refs.USABLE, usable, "1: lines without an error, sent once")]
    totals = refs.USABLE, TOTALS["linked"], TOTALS["review"]
    cells += _shares(refs.USABLE, *totals, run.cells | {refs.USABLE: cells[0]})
    sums = [Sum(refs.USABLE, (refs.LINKED, refs.box(NOT_LINKED))),
            Sum(refs.USABLE, tuple(TOTALS.values()))]  # fmt: skip
    for row in counted.to_dict("records"):
        base = refs.linkage(row["characteristic"], row["level"])
        here = {
            what: count(refs.within(base, what), row[what], f"1: {what} of this kind")
            for what in groups.COUNTED
        }
        names = {what: cell.ref for what, cell in here.items()}
        own = {cell.ref: cell for cell in here.values()}
        shares = _shares(base, names["lines"], names["linked"], names["review"], own)
        cells += [*here.values(), *shares]
        sums.append(Sum(names["lines"], tuple(names[what] for what in TOTALS)))
    for name, rows in counted.groupby("characteristic", sort=False):
        bases = [refs.linkage(name, level) for level in rows["level"]]
        for what, total in {"lines": refs.USABLE, **TOTALS}.items():
            sums.append(Sum(total, tuple(refs.within(b, what) for b in bases)))
    ethnic = {refs.linkage(groups.ETHNICITY, name): n for name, n in known.items()}
    cells += [count(name, n, "1: linked lines of this ethnicity")
              for name, n in ethnic.items()]  # fmt: skip
    if ethnic:
        sums.append(Sum(refs.LINKED, tuple(ethnic)))
    return cells, sums


def _shares(
    base: str, lines: str, linked: str, review: str, cells: Mapping[str, Cell]
) -> list[Cell]:
    """Give the per cent of some lines that are linked, and that are under review."""
    return [
        Cell(
            refs.within(base, f"{what}_share"),
            100 * cells[part].numerator / max(cells[lines].numerator, 1),
            "derived",
            needs=(part, lines),
            method="1: 100 × this count / lines of this kind that can be used",
            rounding="whole",
        )
        for what, part in (("linked", linked), ("review", review))
    ]


def _numbers(base: str, lines: str, linked: str, review: str) -> dict[str, Any]:
    return {
        "lines": ref(lines),
        "linked": ref(linked),
        "linked_share": ref(refs.within(base, "linked_share"), "per_cent"),
        "review": ref(review),
        "review_share": ref(refs.within(base, "review_share"), "per_cent"),
    }


def _everyone() -> dict[str, Any]:
    return _numbers(refs.USABLE, refs.USABLE, refs.LINKED, refs.UNDER_REVIEW)


def _of(row: dict[str, Any]) -> dict[str, Any]:
    base = refs.linkage(row["characteristic"], row["level"])
    return _numbers(base, *(refs.within(base, what) for what in groups.COUNTED[:3]))


def _words(run: Run, counted: pd.DataFrame) -> Block:
    """Name the kinds of lines that were linked, or left to a person, unlike others."""
    if counted.empty:
        data = {"sentences": [[ONE_KIND]]}
        return blocks.words(run, "linkage-statement", words="sentences", data=data)
    kinds = [
        {"whom": f"{row['characteristic']} {row['level']}", **_of(row)}
        for row in counted.to_dict("records")
    ]
    data = {"table": see(KEY), "everyone": _everyone(), "kinds": kinds}
    return blocks.words(run, "linkage-statement", words="linkage", data=data)


def _tables(run: Run, counted: pd.DataFrame, known: pd.Series) -> list[Block]:
    shown = []
    if len(counted):
        rows: list[list[Any]] = []
        for name, of_it in counted.groupby("characteristic", sort=False):
            rows.append([_first_upper(name)])
            rows += [[_first_upper(row["level"]), *_of(row).values()]
                     for row in of_it.to_dict("records")]  # fmt: skip
        rows += [["Everyone"], ["All lines that can be used", *_everyone().values()]]
        shown.append(blocks.table(
            run, KEY, caption="Lines linked and under review, by kind of person",
            columns=["Kind", "Lines", "Linked", "% linked", "Under review",
                     "% under review"],
            rows=rows,
            notes=["The kind of name is that of the list of known names, by the "
                   "surname and else the forename. It says how a name is written, not "
                   "who somebody is."],
        ))  # fmt: skip
    if len(known):
        rows = [
            [name, ref(refs.linkage(groups.ETHNICITY, name))] for name in known.index
        ]
        shown.append(blocks.table(
            run, ETHNICITY, caption="Lines linked, by ethnicity in the records",
            lead=[see(ETHNICITY), " has the ethnicity of those linked; that of others "
                  "is not known."],
            columns=["Ethnicity", "Linked"],
            rows=rows,
        ))  # fmt: skip
    return shown


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
