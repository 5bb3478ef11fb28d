"""Safe people: who works on it, who approves, who may look before release."""

from collections.abc import Iterator

from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import (
    LATER,
    NOBODY,
    REQUEST,
    RUN,
    Row,
    code,
    command,
    given,
)
from helpers.request import Request


def rows(request: Request, facts: Safeguards) -> Iterator[Row]:
    """Give the rows of safe people."""
    analyst = given(request.analyst)
    yield Row(
        "Trained people who are known by name",
        f"The request names {analyst} as the analyst. Training, and who else may have "
        "seen the records, the kit does not know.",
        NOBODY,
        ("audit/request.yml",),
    )
    yield _account(facts)
    yield _ledger(facts)
    yield Row(
        "A second person approves the release",
        "Not done when this page was made. Somebody other than the analyst reads the "
        f"reviewers’ copy and gives {command(f'approve {request.id} --by NAME')}.",
        LATER,
        ("ledger.jsonl",),
    )
    roles = request.publication.pre_release
    yield Row(
        "Who may see the report before it is published",
        f"{', '.join(map(given, roles))}. The kit does not check who is shown it."
        if roles
        else "Nobody is named.",
        REQUEST,
        ("audit/request.yml",),
    )


def _account(facts: Safeguards) -> Row:
    asked = "It is on record who opened the outcomes"
    if not facts.openings:
        return Row(asked, "The ledger has no line of this request.", RUN)
    events = ", ".join(f"“{event}”" for event in facts.openings)
    did = (
        f"The ledger has lines of this request: {events}. Each has the account and the "
        "time."
    )
    return Row(asked, did, RUN, ("ledger.jsonl", "python3 -m helpers ledger"))


def _ledger(facts: Safeguards) -> Row:
    asked = "Nobody changed what is on record"
    where = ("ledger.jsonl", ".ledger.head", "python3 -m helpers ledger")
    if facts.ledger:
        lines = "; ".join(map(code, facts.ledger))
        did = f"The ledger is <strong>not whole</strong>: {lines}."
    else:
        did = (
            "When this page was made, the chained lines of the ledger followed from "
            "one another, and it ended as it had been left."
        )
    return Row(asked, did, RUN, where)
