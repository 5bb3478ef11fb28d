"""Safe projects: the agreement, the list as it came, the records, the ethics review."""

from collections.abc import Iterator

from helpers.names import same_person
from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import (
    CHECKS,
    NOBODY,
    REQUEST,
    RUN,
    SHARING,
    Row,
    code,
    counted,
    files,
    given,
)
from helpers.publication.wording.five_safes import TIERS
from helpers.publication.wording.request_texts import day
from helpers.request import Request
from helpers.request.sharing import DataSharing

REQUEST_FILE = "audit/request.yml"


def rows(request: Request, facts: Safeguards) -> Iterator[Row]:
    """Give the rows of safe projects."""
    yield _agreement(request)
    yield _list(request, facts)
    yield _signed(request)
    yield _records(request, facts)
    if request.approved_tables is not None:
        yield _tiers(request)
    yield _ethics(request)


def _agreement(request: Request) -> Row:
    asked, sharing = "A purpose that was approved", request.data_sharing
    if not isinstance(sharing, DataSharing):
        did = (
            f"The data are open: {given(sharing.open_data.source)}, licence "
            f"{given(sharing.open_data.licence)}. There is nothing to approve."
        )
    else:
        did = (
            "The request has purpose, law, need, fairness and proportion in words, "
            f"approved by {given(sharing.approved_by)} on {day(sharing.approved_on)}. "
            "The run would not have begun without them."
        )
    return Row(asked, did, REQUEST, (SHARING, REQUEST_FILE))


def _list(request: Request, facts: Safeguards) -> Row:
    asked = "The list is the one that was received"
    if not facts.list_sha256:
        return Row(asked, f"No list was received: {_instead(request)}.", REQUEST)
    same = "is" if facts.list_as_received else "is <strong>not</strong>"
    did = (
        f"The SHA-256 of the file that was read {same} that of the file as received: "
        f"{code(facts.list_sha256)}."
    )
    return Row(asked, did, RUN, (CHECKS, "audit/checks.csv", "audit/manifest.json"))


def _instead(request: Request) -> str:
    if request.inputs.made_up:
        return "its people are made up, and so is their list"
    return "a ready cohort was read"


def _signed(request: Request) -> Row:
    asked, sharing = (
        "The provider signed, and somebody else approved",
        request.data_sharing,
    )
    signed = isinstance(sharing, DataSharing) and sharing.provider_signed_off
    if not signed:
        return Row(asked, "No signature of a provider is recorded.", REQUEST)
    did = (
        f"{given(signed.by)} signed for the provider on {day(signed.on)}; "
        f"{given(sharing.approved_by)} approved the sharing."
    )
    if same_person(signed.by, sharing.approved_by):
        did += " They are <strong>one and the same</strong>, not two people."
    return Row(asked, did, REQUEST, (SHARING, REQUEST_FILE))


def _records(request: Request, facts: Safeguards) -> Row:
    asked = "No national records without an approval"
    if not request.inputs.from_records:
        return Row(asked, "No national records were opened.", RUN)
    if request.inputs.made_up:
        did = "The records are made up by the run itself: there is nothing to approve."
        return Row(asked, did, RUN, ("restricted/data/made_up",))
    there = len(facts.opened) + len(facts.unopened)
    did = (
        f"Of {counted(there, 'table', 'tables')} that lay there, "
        f"{len(facts.opened)} approved and opened: {files(facts.opened)}."
    )
    if facts.unopened:
        did += f" Not approved and not opened: {files(facts.unopened)}."
    return Row(asked, did, RUN, (SHARING, "audit/manifest.json"))


def _tiers(request: Request) -> Row:
    asked = "Each table was approved for what it is"
    sources = request.data_sharing.sources
    low = [source for source in sources if source.understated]
    if low:
        did = "<strong>Approved as less than it is</strong>: " + "; ".join(
            f"{code(one.table)} as {TIERS[one.tier]}, which is at least "
            f"{TIERS[one.least_tier]}"
            for one in low
        )
        return Row(asked, f"{did}.", RUN, (CHECKS, SHARING, REQUEST_FILE))
    did = "No table was approved as nearer to the offending records than it is."
    return Row(asked, did, RUN, (SHARING, REQUEST_FILE))


def _ethics(request: Request) -> Row:
    asked, sharing = "An ethics review", request.data_sharing
    review = isinstance(sharing, DataSharing) and sharing.ethics
    if not review:
        return Row(asked, "None is recorded.", NOBODY)
    did = (
        f"{given(review.reviewed_by)} reviewed it on {day(review.on)} and asked for: "
        f"{given(review.asked_for)}"
    )
    return Row(asked, did, REQUEST, (SHARING, REQUEST_FILE))
