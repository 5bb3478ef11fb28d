"""Rules of the agreement under which data may be used, and of who stands behind it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from helpers.names import same_person
from helpers.request.analyses import Analysis
from helpers.request.covariates.needs import NEED_NAMES, is_need
from helpers.request.covariates.of_records import STANDARD
from helpers.request.reading.problems import Problem
from helpers.request.sharing import (
    ALWAYS_OPENED,
    COLLECTIONS,
    LEAST_TIER,
    NAMES,
    DataSharing,
    OpenSharing,
)
from helpers.request.whole.known import known as fine_alone

#: the table that each characteristic is made from
MADE_FROM = {one.name: one.source for one in STANDARD}
#: what to write in place of a key that stands for many columns
INSTEAD = {
    "set": "write the set's other columns out as numeric and categorical",
    "oasys": "write oasys: none",
}
#: what a list of names needs beside the agreement itself
WITH_A_LIST = {
    "received": "received: {channel, on, file_sha256}",
    "provider_signed_off": "provider_signed_off: {by, on}",
    "sources": "sources: [{table, tier, approved_by, approved_on}], a line for each "
    "table of the extract that may be opened",
}
#: days of the agreement that cannot lie ahead, and what waits for them
DAYS = {
    ("approved_on",): "nothing about people is read before the sharing is approved",
    ("received", "on"): "write the day on which the list arrived",
    ("provider_signed_off", "on"): "nothing is read before the provider has signed",
    ("ethics", "on"): "write the day of a review that took place, or leave ethics out",
}


def between(
    known: dict[str, Any], raw: dict[str, Any], today: date
) -> Iterator[Problem]:
    """Give every broken rule of the agreement, beside those of each key alone."""
    written, sharing = raw.get("data_sharing"), known.get("data_sharing")
    inputs = raw.get("inputs")
    with_a_list = isinstance(inputs, Mapping) and inputs.get("submission")
    if written is None and sharing is None:
        yield Problem(
            ("data_sharing",), "is missing", "",
            "nothing about people is read without it; copy the block from "
            "params/README.md, or for open data write open_data: {source, licence}",
        )  # fmt: skip
    elif isinstance(sharing, OpenSharing):
        if with_a_list:
            yield Problem(
                ("data_sharing",), "must be a full agreement with inputs.submission",
                "open_data", "copy the block from params/README.md",
            )  # fmt: skip
    elif isinstance(written, Mapping) and written.get("open_data") is None:
        parts = fine_alone(DataSharing, dict(written))
        yield from _in_date(parts, today)
        yield from _apart(parts, raw.get("analyst"))
        yield from _once(parts)
        if with_a_list:
            yield from _of_a_list(written)
            yield from _made_from(known.get("analyses", {}), written, parts)


def _in_date(parts: dict[str, Any], today: date) -> Iterator[Problem]:
    ends = parts.get("destroy_by")
    if ends and ends < today:
        yield Problem(
            ("data_sharing", "destroy_by"), "is past", str(ends),
            "destroy the data, or agree a later date with who approved the sharing",
        )  # fmt: skip
    days = {
        place: (_at(parts, place), advice) for place, advice in DAYS.items()
    } | {
        ("sources", number, "approved_on"): (
            source.approved_on, "the table may not be opened before that is approved",
        )
        for number, source in _sources(parts).items()
    }  # fmt: skip
    for place, (day, advice) in days.items():
        if day and day > today:
            yield Problem(("data_sharing", *place), "lies ahead", str(day), advice)


def _at(parts: dict[str, Any], place: tuple[str, ...]) -> Any:
    block, *inner = place
    value = parts.get(block)
    return getattr(value, inner[0], None) if inner else value


def _sources(parts: dict[str, Any]) -> dict[int, Any]:
    """Give the lines of the tables by number; none where they are left out."""
    return dict(parts.get("sources") or {})


def _apart(parts: dict[str, Any], analyst: Any) -> Iterator[Problem]:
    """Refuse an analyst who approves what they use, or signs for the provider."""
    analyst = analyst if isinstance(analyst, str) else ""
    signed = parts.get("provider_signed_off")
    if signed and same_person(signed.by, analyst):
        yield Problem(
            ("data_sharing", "provider_signed_off", "by"), "is the analyst",
            f'"{signed.by}"', "name who signed for the provider",
        )  # fmt: skip
    for number, source in _sources(parts).items():
        if same_person(source.approved_by, analyst):
            yield Problem(
                ("data_sharing", "sources", number, "approved_by"), "is the analyst",
                f'"{source.approved_by}"',
                "nobody approves their own use of records; name who did",
            )  # fmt: skip


def _once(parts: dict[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, source in _sources(parts).items():
        twice = [table for table in source.tables if table in seen]
        if twice:
            yield Problem(
                ("data_sharing", "sources", number, "table"),
                f"names {' and '.join(twice)} a second time", source.table,
                "keep one line for each table",
            )  # fmt: skip
        seen |= {*source.tables}


def _of_a_list(written: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse a list of names without the agreement that it was sent under."""
    for name, what in WITH_A_LIST.items():
        if not written.get(name):
            yield Problem(
                ("data_sharing", name), "is missing", "",
                f"with inputs.submission write {what}",
            )  # fmt: skip
    lines = written.get("sources")
    if not lines or not isinstance(lines, list | tuple):
        return
    tables = [
        line.get("table") if isinstance(line, Mapping) else None for line in lines
    ]
    if not all(isinstance(t, str) and t.strip() in NAMES for t in tables):
        return  # which table was meant is asked first
    named = {t for name in tables for t in COLLECTIONS.get(name.strip(), (name,))}
    lacking = [t for t in ALWAYS_OPENED if t not in {t.strip() for t in named}]
    if lacking:
        *others, last = lacking
        names = f"{', '.join(others)} and {last}" if others else last
        yield Problem(
            ("data_sharing", "sources"), f"has no line for {names}", "",
            "without its approval a table is not opened, and nobody can be found; "
            f"write {{table: {lacking[0]}, tier: {LEAST_TIER[lacking[0]]}, "
            "approved_by, approved_on}",
        )  # fmt: skip


def _made_from(
    analyses: dict[int, Analysis], written: Mapping[str, Any], parts: dict[str, Any]
) -> Iterator[Problem]:
    """Refuse what is made from a table that is not approved: nobody would have it."""
    sources = _sources(parts)
    if not sources or len(sources) < len(written["sources"]):
        return  # the approvals themselves are asked for first
    approved = {*ALWAYS_OPENED, *(t for s in sources.values() for t in s.tables)}
    for number, analysis in analyses.items():
        for place, names in _asked_for(analysis):
            lacking: dict[str, list[str]] = {}
            for name in names:
                table = "assessment" if is_need(name) else MADE_FROM.get(name)
                if table and table not in approved:
                    lacking.setdefault(table, []).append(name)
            for table, columns in lacking.items():
                yield Problem(
                    ("analyses", number, *place),
                    f"needs {_told(columns)}, made from the table {table}, which is "
                    "not approved", "",
                    f"once it is, add a line for {table} to data_sharing.sources; or "
                    + INSTEAD.get(place[-1], "take it out here"),
                )  # fmt: skip


def _asked_for(analysis: Analysis) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    """Give the places of an analysis that name columns, and the columns."""
    covariates = analysis.covariates
    of_set = covariates.of_set + (NEED_NAMES if covariates.with_needs else ())
    yield ("covariates", "set"), of_set
    for kind in ("numeric", "categorical"):
        own = [name for name in getattr(covariates, kind) if name not in of_set]
        yield ("covariates", kind), own
    for name in ("exact", "filter", "treatment_filter", "pool"):
        yield (name,), getattr(analysis, name)
    if analysis.oasys == "ladder":
        yield ("oasys",), NEED_NAMES


def _told(columns: list[str]) -> str:
    """Give the columns in words; many needs of an assessment are told as one."""
    if len(columns) > 2 and all(map(is_need, columns)):
        return "assessed needs (OASys)"
    return " and ".join(columns)
