"""The page of the Five Safes for reviewers: five tables of what this run did."""

from collections.abc import Iterable

from helpers.publication.blocks import see
from helpers.publication.report import pages
from helpers.publication.report.leaflet import Leaflet
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.safes import data, outputs, people, projects, settings
from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import COPY, Row
from helpers.publication.wording import request_texts
from helpers.request import Request

SAFES = {
    "projects": "Is the use of the data right?",
    "people": "Who works with them?",
    "data": "How far do they tell who somebody is?",
    "settings": "Can others reach them?",
    "outputs": "Do the results tell of a person?",
}
COLUMNS = ["What is asked", "What this run did", "Who answers for it", "Where it is"]
RESTRICTED = "Restricted, for reviewers: not for publication."
LEAD = (
    "What this run did for each of the Five Safes, and what people still have to do. "
    f'It belongs to the <a href="{COPY}">reviewers’ copy</a> of the report.'
)


def page(request: Request, facts: Safeguards) -> str:
    """Give the page; every sentence in it rests on what the run found, or says so."""
    rows = {
        "projects": projects.rows(request, facts),
        "people": people.rows(request, facts),
        "data": data.rows(request, facts),
        "settings": settings.rows(request, facts),
        "outputs": outputs.rows(request, facts),
    }
    leaflet = Leaflet(
        title=f"The Five Safes: {request.title}",
        headline=LEAD,
        status=f"{RESTRICTED} {request_texts.status(request)}",
        facts=[("Request", request.id), *request_texts.facts(request)],
        sections=[(name, f"Safe {name}") for name in rows],
        parts=[Part(name, _table(name, each)) for name, each in rows.items()],
        numbers={},
    )
    return pages.leaflet(leaflet)


def _table(name: str, rows: Iterable[Row]) -> dict:
    key = f"safe-{name}"
    return {
        "block": "table",
        "key": key,
        "heading": "",
        "caption": f"Safe {name}",
        "columns": COLUMNS,
        "rows": [row.cells() for row in rows],
        "lead": [f"{SAFES[name]} ", see(key), " tells what was done."],
        "notes": [],
        "source": "This run and its request",
    }
