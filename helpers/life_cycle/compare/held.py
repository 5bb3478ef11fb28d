"""Whether the files of a run hold what a run writes in them.

A file may have been edited with its hash in the manifest. One that cannot be read is
named, and so is a result whose numbers are not those of the run's own page.
"""

import csv
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, create_model

from helpers.life_cycle.compare.sides import (
    CHECKS,
    DISCLOSURE,
    FOUND,
    PACKAGES,
    PAGE,
    RESULT,
    Side,
)
from helpers.publication import refs
from helpers.publication.cells import rounded
from helpers.publication.report.changed import MEASURED, SIZES, VERDICT

#: a number that was released; None where it was withheld
Shown = Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
#: columns by which the tables of audit/ are compared
COLUMNS = {CHECKS: {"check", "result"}, DISCLOSURE: {"decision"}}


class _Row(BaseModel):
    variable: str
    level: str
    smd_after: Shown


class _Asked(BaseModel):
    name: str
    kind: str | None = None
    unit: str | None = None


_Measure: Any = create_model(
    "_Measure",
    outcome=(str, ...),
    p_value=(Shown, None),
    **{name: (Shown, None) for name in MEASURED},
    **{VERDICT: (bool | None, None)},
)
_Analysis: Any = create_model(
    "_Analysis",
    name=(str, ...),
    match_quality=(str | None, None),
    could_not_be_analysed=(str | None, None),
    outcomes=(list[_Measure], ...),
    balance=(list[_Row], ...),
    **{name: (Shown, None) for name in SIZES},
)
_OF_PEOPLE = create_model("_Result", analyses=(list[_Analysis], ...))


def unreadable(side: Side) -> list[str]:
    """Give a line for each file of a run that does not hold what a run writes."""
    return [
        f"{side.at(name)}: does not hold what a run writes in it; put it back, or run "
        "the request again with --overwrite"
        for name, read in READERS.items()
        if not _reads(read, side)
    ]


def unlike_page(side: Side) -> list[str]:
    """Name the numbers of a result that its page has otherwise, or does not have."""
    return [ref for ref, number in _numbers(side) if number != side.numbers.get(ref)]


def _numbers(side: Side) -> Iterator[tuple[str, float]]:
    """Give the numbers of a result as the page holds them: rates in every 100."""
    for one in side.result.get("analyses", []):
        name = one["name"]
        sizes = {field: refs.of(name, field) for field in SIZES}
        sizes["n_submitted"] = refs.SUBMITTED
        yield from _there(one, sizes)
        for measure in one["outcomes"]:
            key = measure["outcome"]
            rate = side.asked(key).get("kind") == "rate"
            named = {field: refs.measure(name, key, field) for field in MEASURED}
            for field, ref in named.items():
                times = 100 if rate and not field.startswith("n_") else 1
                yield from _there(measure, {field: ref}, times)


def _there(
    one: dict[str, Any], named: dict[str, str], times: int = 1
) -> Iterator[tuple[str, float]]:
    for field, ref in named.items():
        if (value := one.get(field)) is not None:
            yield ref, rounded(value * times)


def _reads(read: Callable[[Side], object], side: Side) -> bool:
    try:
        return read(side) is not False
    except (ValueError, TypeError, AttributeError, RecursionError, csv.Error):
        return False


def _result(side: Side) -> object:
    model = TypeAdapter(dict) if side.is_summary else TypeAdapter(_OF_PEOPLE)
    return model.validate_python(side.result)


def _page(side: Side) -> object:
    return TypeAdapter(dict[str, Shown]).validate_python(side.numbers)


def _request(side: Side) -> object:
    asked = side.manifest["request"].get("outcomes") or []
    return TypeAdapter(list[_Asked]).validate_python(asked)


def _table(name: str) -> Callable[[Side], bool]:
    def read(side: Side) -> bool:
        return all(COLUMNS[name] <= row.keys() for row in side.rows(name))

    return read


#: each file that is read, and how
READERS: dict[str, Callable[[Side], object]] = {
    "audit/manifest.json": _request,
    RESULT: _result,
    PAGE: _page,
    FOUND: lambda side: all(len(row) > 1 for row in side.rows(FOUND)),
    PACKAGES: lambda side: side.text(PACKAGES),
    **{name: _table(name) for name in COLUMNS},
}
