"""Whom an analysis keeps by its filters: the values as cells, and in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.intake.cohort.kinds import as_text, yes_no
from helpers.publication import refs
from helpers.publication.blocks import ref
from helpers.publication.cells import Cell
from helpers.publication.labels import level, variable
from helpers.publication.wording.request_texts import day
from helpers.request import Request
from helpers.request.analyses import Analysis
from helpers.request.filters import Range

METHOD = "the request's: a filter of this analysis"

#: each filter of an analysis, and how its sentence begins
LEADS = {
    "filter": "In both groups, only people with these characteristics are kept: ",
    "treatment_filter": "In the programme, only people with these are kept: ",
    "pool": "In the pool, only people with these are kept: ",
}


def cells(request: Request, people: pd.DataFrame) -> list[Cell]:
    """Give the values of every filter as settings, named as the report names them."""
    found = []
    for analysis in request.analyses:
        for name, column, place, value in _values(analysis):
            known = people[column] if column in people else pd.Series(dtype="str")
            shown = _shown(request, column, value, known, listed=place.isdigit())
            ref_ = refs.kept(analysis.name, name, column, place)
            found.append(Cell(ref_, shown, "setting", method=METHOD))
    return found


def sentences(
    request: Request, analysis: Analysis, leads: Mapping[str, str] = LEADS
) -> list[list[Any]]:
    """Give a sentence for each filter of an analysis, in pieces; none without one.

    `leads` has how each begins, and only filters that it names have one.
    """
    made = []
    for name, lead in leads.items():
        parts: list[Any] = [lead]
        for column, kept in getattr(analysis, name).items():
            if len(parts) > 1:
                parts.append("; ")
            parts.append(f"{variable(request, column)}: ")
            parts += _pieces(analysis, name, column, kept)
        made += [[*parts, "."]] if len(parts) > 1 else []
    return made


def rows(request: Request, analysis: Analysis) -> list[list[Any]]:
    """Give the numbers of the filters as rows of a table."""
    groups = {"filter": "both groups", "treatment_filter": "programme", "pool": "pool"}
    return [
        [
            f"Kept in the {groups[name]}: {variable(request, column)}"
            f"{'' if place.isdigit() else f', {place}'}".replace("the both", "both"),
            ref(refs.kept(analysis.name, name, column, place), "setting"),
        ]
        for name, column, place, value in _values(analysis)
        if isinstance(value, int | float)
    ]


def _values(analysis: Analysis) -> Iterator[tuple[str, str, str, Any]]:
    for name in LEADS:
        for column, kept in getattr(analysis, name).items():
            if isinstance(kept, Range):
                ends = kept.model_dump(by_alias=True, exclude_none=True).items()
            else:
                ends = enumerate(kept)
            for place, value in ends:
                yield name, column, str(place), value


def _shown(
    request: Request, column: str, value: Any, known: pd.Series, *, listed: bool
) -> float | str:
    """Give a value as the report says it: a number, a day, or a level by its name."""
    if not listed:
        return day(date.fromisoformat(value)) if isinstance(value, str) else value
    written = as_text(pd.Series([value], dtype=object)).iloc[0]
    said = level(request, column, written, yes_no=yes_no(known))
    return value if said == written and isinstance(value, int | float) else said


def _pieces(analysis: Analysis, name: str, column: str, kept: Any) -> list[Any]:
    def at(place: str | int) -> dict[str, str]:
        return ref(refs.kept(analysis.name, name, column, str(place)), "setting")

    if not isinstance(kept, Range):
        between = [piece for i in range(len(kept)) for piece in (" or ", at(i))]
        return between[1:]
    if kept.to is None:
        return (
            ["from ", at("from"), " on"] if kept.of_dates else [at("from"), " or more"]
        )
    if kept.start is None:
        return ["up to ", at("to")] if kept.of_dates else [at("to"), " or less"]
    return [at("from"), " to ", at("to")]
