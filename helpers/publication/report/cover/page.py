"""The cover of what a run left for reviewers: where everything is, how it stands."""

from collections.abc import Iterable
from typing import Any

from helpers.publication.blocks import see
from helpers.publication.report import pages
from helpers.publication.report.cover import tables
from helpers.publication.report.cover.left import Left
from helpers.publication.report.leaflet import Leaflet
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.safes.page import RESTRICTED
from helpers.publication.tables import Row
from helpers.publication.wording import request_texts
from helpers.request import AnyRequest

#: sections by their keys
SECTIONS = {
    "read": "What to read",
    "standing": "Approval and ledger",
    "checks": "Checks",
    "decisions": "What was decided on its numbers",
    "made-from": "What the run was made from",
    "files": "Files",
}
LEAD = (
    "Everything that this run left for those who review it. What happened after it was "
    "made stands in the ledger."
)
FILES = ["What it has", "Where it is", "Files"]


def page(request: AnyRequest, left: Left) -> str:
    """Give the page; it has no number about people and no time."""
    leaflet = Leaflet(
        title=f"For reviewers: {request.title}",
        headline=LEAD,
        status=f"{RESTRICTED} {request_texts.status(request)}",
        facts=[("Request", request.id), *request_texts.facts(request)],
        sections=list(SECTIONS.items()),
        parts=_parts(request, left),
        numbers={},
    )
    return pages.leaflet(leaflet)


def _parts(request: AnyRequest, left: Left) -> list[Part]:
    parts = [
        _table("read", "to-read", "Pages of this run", ["Page", "What it is"],
               tables.to_read(left), "leads to each page."),
        _table("standing", "standing", "What comes after the run",
               ["What", "How it stood, and what to do"], tables.standing(request, left),
               "tells what people have still to do, and how. A run that was kept with "
               "--outputs DIR is found by each command with the same --outputs DIR."),
        _table("standing", "ledger", "The ledger on this request",
               ["Line", "What happened", "Account"], tables.ledger(left),
               "has what was opened, approved and published, runs before this one too; "
               "the ledger has when."),
        _table("checks", "results", "How the checks came out", ["Result", "Checks"],
               tables.results(left), "counts them. A check that only warns does not "
               "stop a report."),
        _table("checks", "all-checks", "Checks of this run, failures first",
               ["Check", "Result", "Stage", "Expected", "Found"], tables.checks(left),
               "has each of them."),
        _table("decisions", "decisions", "Numbers by what was decided on them",
               ["Rule", "Decision", "Why", "Numbers"], tables.decisions(left),
               "counts each number that a stage registered, shown or not. Each one by "
               "its name is in audit/disclosure.csv."),
        _table("made-from", "origin", "Versions, seed and inputs", ["What", "Which"],
               tables.made_from(left), "has what the run was made with."),
        _table("files", "release", "Files that may leave, once they are approved",
               FILES, tables.release(left), "has the aggregates, after disclosure "
               "control."),
        _table("files", "audit", "The audit trail", FILES[:2], tables.audit(),
               "has what stays within the team."),
    ]  # fmt: skip
    return [part for part in parts if part.recipe["rows"]]


def _table(
    section: str, key: str, caption: str, columns: list[str], rows: Iterable[Row],
    lead: str,
) -> Part:  # fmt: skip
    recipe: dict[str, Any] = {
        "block": "table",
        "key": key,
        "heading": "",
        "caption": caption,
        "columns": columns,
        "rows": list(rows),
        "lead": [see(key), f" {lead}"],
        "notes": [],
        "source": "This run",
    }
    return Part(section, recipe)
