"""The section of results in detail: main measures in words, tables of the others."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.outcomes.report import by_measure, lines, recipes, tables
from helpers.outcomes.report.beside import precision
from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.report.sections import about, measures_of
from helpers.publication import blocks
from helpers.publication.blocks import Block, see
from helpers.publication.refs import in_key
from helpers.runs.run import Run

ANOTHER = " has another measure."


def in_detail(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give the main measures of each analysis in words, and tables of the others."""
    made: list[Block] = []
    for analysis in run.request.analyses:
        if not_headlined(run, sizes, analysis.name):
            continue
        told = recipes.headline(measures_of(run, results, sizes, analysis.name))
        whole = (
            lines.of_analysis(analysis.name, told, "in detail") if run.several else None
        )
        for measure in told:
            fold = lines.of_measure(measure, told, within=whole)
            made += _measure(run, about(run, analysis.name), measure, fold)
    return [*made, *_others(run, results, sizes)]


def _measure(
    run: Run, base: dict[str, Any], measure: dict[str, Any], fold: dict[str, Any]
) -> Iterator[Block]:
    """Give a measure in words, what size could be found, and a hundred people."""
    # a hundred typical people of a group, not of those who reoffended
    drawn = measure["kind"] == "rate" and not measure["of_some"]
    drawn = drawn and not measure["reason"]
    data = base | {"measure": measure, "drawn": drawn}
    key = f"{base['slug']}-{in_key(measure['outcome'])}"
    yield blocks.words(run, f"estimate-{key}", words="estimate", data=data, fold=fold)
    yield from precision.sentence(run, base, measure, fold)
    if drawn:
        yield _icons(run, f"icons-{key}", base, measure, fold)


def _others(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give the tables of the measures that are no main points, folded."""
    of_tables = by_measure.others(run.request, results, sizes)
    if not of_tables:
        return []
    every = [row.measure for of in of_tables for row in of.every]
    whole = lines.of_measures("Other measures", every) if len(of_tables) > 1 else None
    made = []
    for of in of_tables:
        fold = lines.of_table(of, of_tables, within=whole)
        made.append(tables.table(run, of, ANOTHER, tables.notes(run, of), fold))
    return made


def _icons(
    run: Run,
    key: str,
    base: dict[str, Any],
    measure: dict[str, Any],
    fold: dict[str, Any],
) -> Block:
    """Give a rate as a hundred typical people of each group."""
    noun, label, when = base["noun"], measure["label"], measure["definition"]
    who = f"{noun[:1].upper()}{noun[1:]} in every 100 who {label} {when}".strip()
    label = measure["called"] or label
    return blocks.figure(
        run,
        key,
        figure="icons",
        subtitle=recipes.captioned(base, who),
        data={"label": label, "definition": when, "noun": noun, "measure": measure},
        lead=[see(key), f" shows each rate as {noun} out of a hundred."],
        fold=fold,
    )
