"""The page of a batch, index.html: what each request came to, from released numbers."""

import html
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpers import files
from helpers.publication.blocks import see
from helpers.publication.report import pages
from helpers.publication.report.leaflet import Leaflet
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.safes.rows import code, counted, given
from helpers.publication.tables import Links, Markup, Row
from helpers.publication.wording.request_texts import day
from helpers.runs import manifest, whole
from helpers.runs.batch.jobs import Came
from helpers.runs.notes import HIDDEN
from helpers.runs.written import checks

REPORT = "report.html"
STATUS = "For the team: not for publication."
#: what a row says of a request that has no report
WHY = {
    "interrupted": "It was interrupted; the same command goes on with it.",
    "not begun": "It had not begun when the others were interrupted.",
}
#: how words of people begin, which break where one of them is wider than its column
WORDS = '<span class="jdl-words" style="overflow-wrap:anywhere"'
#: how checks came out, in the order in which they are told
RESULTS = {"pass": "passed", "warn": "warned", "fail": "failed"}
IN_ORDER = (
    "As they were named, and by the names of files within a folder. However many are "
    "at work at once, outcomes are opened in this order, and in this order it is "
    "decided what each report shows. Where two reports together would tell of a few "
    "people, the later one shows less."
)
#: the tables by the keys of their sections: title, columns, what each tells
TABLES: dict[str, tuple[str, list[str], str]] = {
    "failed": (
        "Not carried out",
        ["Request", "Why"],
        "says why. Put it right and run the same command again: "
        "what is finished and unchanged is not repeated.",
    ),
    "reports": (
        "Reports",
        ["Request", "What it found", "Match quality", "Checks", "Took"],
        "has the headline of each report. "
        "The time that it took counts waiting for those before it.",
    ),
    "until": (
        "Stopped where asked",
        ["Request", "Where it stands", "Took"],
        "has those that were to go to a stage and no further.",
    ),
    "carried-out": (
        "How they were carried out",
        ["What", "How"],
        "tells how, and how much memory they took.",
    ),
}


@dataclass(frozen=True)
class How:
    """How a batch was carried out: so many jobs at once, when it began, how long."""

    jobs: int
    began: float
    seconds: float


def write(outputs: Path, each: Sequence[Came], how: How) -> Path:
    """Write the page whole or not at all; gives where it is.

    It is for the owner alone: the line on why a request stopped may count people.
    """
    path = outputs / whole.INDEX
    outputs.mkdir(parents=True, exist_ok=True)
    files.write(path, page(outputs, each, how), closed=True)
    return path


def page(outputs: Path, each: Sequence[Came], how: How) -> str:
    """Give the page; of a report's numbers it has those that were released."""
    rows = {
        "failed": [_failed(one, outputs) for one in each if one.failed],
        "reports": [_report(one, outputs) for one in each if _has_report(one)],
        "until": [
            [_request(one), _words(_with_notes(one)), _took(one)]
            for one in each
            if one.end.status == "stopped"
        ],
        "carried-out": _how(each, how),
    }
    parts = [_table(key, rows[key]) for key in TABLES if rows[key]]
    leaflet = Leaflet(
        title="Requests carried out together",
        headline=html.escape(in_brief(each)),
        status=STATUS,
        facts=[("Requests", str(len(each))), ("Took", spent(how.seconds))],
        sections=[(part.section, TABLES[part.section][0]) for part in parts],
        parts=parts,
        numbers={},
    )
    return pages.leaflet(leaflet)


def in_brief(each: Sequence[Came]) -> str:
    """Say how many requests have their report, and name those that failed."""
    failed = [one.asked.name for one in each if one.failed]
    have = sum(map(_has_report, each))
    told = [f"{have} of {counted(len(each), 'request has', 'requests have')} a report"]
    if until := len(each) - have - len(failed):
        told.append(f"{until} stopped where asked")
    if failed:
        told.append(f"{len(failed)} not carried out: {', '.join(failed)}")
    return f"{'; '.join(told)}."


def _has_report(one: Came) -> bool:
    return one.end.status in ("done", "up to date")


def _when(seconds: float) -> str:
    told = datetime.fromtimestamp(seconds, UTC)
    return f"{day(told)}, {told:%H:%M} UTC"


def spent(seconds: float) -> str:
    """Give a time as people say it: "43 seconds", "12 minutes", "7 hours 5 minutes"."""
    if seconds < 100:
        return counted(round(seconds), "second", "seconds")
    hours, minutes = divmod(round(seconds / 60), 60)
    told = [counted(hours, "hour", "hours")] if hours else []
    if minutes or not hours:
        told.append(counted(minutes, "minute", "minutes"))
    return " ".join(told)


def _request(one: Came) -> Markup:
    """Give a request's title, which leads to its report if it has one, and its id."""
    title, name = given(one.asked.title or one.asked.name), code(one.asked.name)
    link = f"{one.asked.name}/{REPORT}" if _has_report(one) else ""
    if link:
        title = f'<a href="{link}">{title}</a>'
    told = f"{title} <br>{name}" if one.asked.title else title
    return Links(f"{WORDS}>{told}</span>", link)


def _failed(one: Came, outputs: Path) -> Row:
    words = one.end.words or WHY[one.end.status]
    # a long path breaks where a reader would
    lines = [html.escape(line).replace("/", "/<wbr>") for line in words.splitlines()]
    if one.asked.request and whole.finished(outputs / one.asked.name):
        last = f"{one.asked.name}/{REPORT}"
        lines.append(f'Its <a href="{last}">last report</a> is as it was.')
    return [_request(one), _words("<br>".join(lines))]


def _words(markup: str) -> Markup:
    return Markup(f'{WORDS} dir="auto">{markup}</span>')


def _with_notes(one: Came) -> str:
    """Say what a request that stopped where asked came to, and what is to be done."""
    return "<br>".join(html.escape(line) for line in (one.end.words, *one.end.notes))


def _report(one: Came, outputs: Path) -> Row:
    folder = outputs / one.asked.name
    hidden = any(note.startswith(HIDDEN) for note in one.end.notes)
    words = f"{one.end.words} {HIDDEN}." if hidden else one.end.words
    return [
        _request(one),
        _words(html.escape(words)),
        _quality(folder),
        _checks(folder),
        "Up to date" if one.end.status == "up to date" else _took(one),
    ]


def _took(one: Came) -> str:
    memory = "" if one.end.memory is None else f", {one.end.memory:.1f} GB"
    return f"{spent(one.seconds)}{memory}"


def _quality(folder: Path) -> str:
    """Say how the groups of the headlines were matched, as it was released."""
    path = folder / "release" / "result.json"
    analyses = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    told = [
        (one["name"], one.get("match_quality"))
        for one in analyses.get("analyses", [])
        if one.get("headline")
    ]
    if not told:
        return "No matching"
    words = [f"Matched {quality}" if quality else "Not shown" for _, quality in told]
    if len(told) == 1:
        return words[0]
    return "; ".join(f"{n}: {w.lower()}" for (n, _), w in zip(told, words, strict=True))


def _checks(folder: Path) -> str:
    path = folder / "audit" / "checks.csv"
    counts = Counter(row["result"] for row in checks.read(path))
    return ", ".join(f"{counts[r]} {told}" for r, told in RESULTS.items() if counts[r])


def _how(each: Sequence[Came], how: How) -> list[Row]:
    most = max(
        ((one.end.memory, one.asked.name) for one in each if one.end.memory),
        default=None,
    )
    jobs = counted(how.jobs, "request at a time", "requests at a time")
    rows = [
        ["Begun", _when(how.began)],
        ["At once", jobs],
        ["Order", IN_ORDER],
        ["Version of the kit", manifest.VERSION],
    ]
    if most:
        needed = f"Up to {most[0]:.1f} GB, for {most[1]}. "
        each_own = "Each request that is at work at the same time needs its own."
        rows.insert(2, ["Memory", f"{needed}{each_own}"])
    return rows


def _table(key: str, rows: Iterable[Row]) -> Part:
    title, columns, lead = TABLES[key]
    recipe = {
        "block": "table",
        "key": f"batch-{key}",
        "heading": "",
        "caption": title,
        "columns": columns,
        "rows": list(rows),
        "lead": [see(f"batch-{key}"), f" {lead}"],
        "notes": [],
        "source": "These runs",
    }
    return Part(key, recipe)
