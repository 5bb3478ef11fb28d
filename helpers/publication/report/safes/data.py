"""Safe data: names and ids, files kept apart, outcomes sealed, destruction."""

from collections.abc import Iterator

from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import (
    CHECKS,
    GATE,
    LATER,
    RUN,
    Row,
    code,
    command,
    counted,
    files,
)
from helpers.publication.wording.request_texts import day
from helpers.request import Request
from helpers.request.sharing import DataSharing

CLASSES = ("restricted", "audit", "release")


def rows(request: Request, facts: Safeguards) -> Iterator[Row]:
    """Give the rows of safe data."""
    yield _names(facts)
    if facts.key:
        yield Row(
            "Ids are replaced",
            "Later stages know each person by a number of this run alone. The key to "
            f"the ids that people came with is {code(facts.key)}, and goes with "
            f"{command('destroy')}.",
            RUN,
            (facts.key,),
        )
    yield Row(
        "Records about people lie apart",
        "Each file was given its class as it was written: "
        + ", ".join(f"{facts.classes.get(name, 0)} {name}" for name in CLASSES)
        + ". A file without a class would have stopped the run.",
        RUN,
        ("audit/manifest.json",),
    )
    yield _sealed(request)
    yield _destroyed(request)


def _names(facts: Safeguards) -> Row:
    did = (
        f"{counted(facts.looked_through, 'table', 'tables')} about people were looked "
        "through by the headings of their columns (names, dates of birth, PNC and "
        "prison numbers, postcodes). "
    )
    if facts.identifying:
        did += f"These still have such columns: {files(facts.identifying)}."
    else:
        did += "None has such a column."
    return Row("Names leave once people were found", did, RUN, ("restricted/data",))


def _sealed(request: Request) -> Row:
    asked = "Outcomes stay sealed until the groups are settled"
    did = (
        "02_matching cannot read outcomes, and everyone’s are opened only once the "
        "design gate stands in the ledger. Whether they had been opened before is "
        "among the checks."
    )
    if request.inputs.cohort:
        did = (
            "The cohort came with its outcomes, so the analyst held them all along. "
            f"Within the kit: {did}"
        )
    return Row(asked, did, RUN, (CHECKS, GATE, "ledger.jsonl"))


def _destroyed(request: Request) -> Row:
    asked, sharing = "Data are destroyed in time", request.data_sharing
    if not isinstance(sharing, DataSharing):
        return Row(asked, "The data are open, so no day is set.", LATER)
    did = (
        f"Due by {day(sharing.destroy_by)}; no run begins after it, and every command "
        f"names what is overdue. To do: "
        f"{command(f'destroy {request.id}')}"
    )
    did += "." if request.inputs.made_up else ", and the files that were sent, by hand."
    if request.inputs.from_records:
        did += (
            " What requests on the same extract share, without names and dates of "
            f"birth, lies in {code('.shared')} beside the runs and goes as well."
        )
    return Row(asked, did, LATER, ("audit/destroyed.txt",))
