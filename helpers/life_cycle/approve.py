"""Approving a run: somebody other than the analyst looks through it, part by part."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import names
from helpers.errors import RequestError
from helpers.files import sha256, shown
from helpers.life_cycle import approval, refusals
from helpers.life_cycle.approval import Approval
from helpers.life_cycle.parts import Part, parts
from helpers.runs import whole
from helpers.runs.written import ledger

#: characters of the reason that somebody gives
LONGEST = 300


@dataclass(frozen=True)
class Asking:
    """How a person is asked: told lines, a part, and why one is not right.

    `part` gives whether it is right, `why` the reason in a line. Either may raise a
    RequestError where nobody answers: nothing is recorded then.
    """

    tell: Callable[[str], object]
    part: Callable[[Part, list[str]], bool]
    why: Callable[[Part], str]


def approve(run_id: str, name: str, outputs: Path, asking: Asking) -> list[str]:
    """Have a person approve a finished run, part by part; gives the lines to print.

    The ledger gets one line once every part was found right, and another where one was
    not. Raises RequestError for what keeps the run from being approved, every problem
    at once, and for a part that is not right.
    """
    whole.settle(outputs)
    refusals.refuse_unfinished(run_id, outputs)
    with whole.locked(outputs, run_id) as ours:
        if not ours:
            raise RequestError(f"{run_id}: is being made by a run; wait for it")
        refusals.refuse_unfinished(run_id, outputs)
        ledger.refuse_broken(outputs)
        ledger.refuse_clock_set_back(outputs)
        folder = outputs / run_id
        before = _standing(outputs, run_id)
        if before and not names.refusal(name) and names.same_person(before.name, name):
            return [
                f"{run_id}: was approved by {before.name} on {before.at[:10]}, and "
                "nothing has changed since"
            ]
        refusals.refuse(folder, name)
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        _ask(run_id, name, outputs, asking)
    return [f"{run_id}: approved by {name}; {shown(outputs / ledger.LEDGER)} has it."]


def _standing(outputs: Path, run_id: str) -> Approval | None:
    """Give the approval that stands; one that is void by now is recorded as such."""
    try:
        return approval.standing(outputs, run_id)
    except RequestError:
        return None


def _ask(run_id: str, name: str, outputs: Path, asking: Asking) -> None:
    """Ask for each part, then record what the person found."""
    folder = outputs / run_id
    approved = _hashes(folder)
    told = refusals.told(folder, name)
    for line in told:
        asking.tell(f"Note: {line}.")
    copy = folder / approval.REVIEWERS
    looked_at = parts(folder)
    for part in looked_at:
        links = [f"{copy.absolute().as_uri()}#{anchor}" for anchor in part.anchors]
        if asking.part(part, links):
            continue
        why = _plain(asking.why(part))
        reason = {"why": why} if why else {}
        what: dict[str, Any] = {"name": name, "part": part.name, **reason}
        ledger.record(outputs, approval.NOT_APPROVED, run_id, **what)
        said = f": {why}" if why else ""
        raise RequestError(f"{run_id}: not approved by {name}: {part.name}{said}")
    if _hashes(folder) != approved:
        raise RequestError(
            f"{run_id}: files changed while they were looked through; nothing is "
            "approved"
        )
    reviewers = approved.pop(approval.REVIEWERS)
    ledger.record(
        outputs,
        approval.APPROVED,
        run_id,
        name=name,
        edition=refusals.edition(folder),
        parts=[part.as_line() for part in looked_at],
        files=approved,
        reviewers=reviewers,
        told=told,
    )


def _hashes(folder: Path) -> dict[str, str]:
    """Give the hashes of what is approved, and of what a person looks through."""
    reviewers = {approval.REVIEWERS: sha256(folder / approval.REVIEWERS)}
    return approval.files(folder) | reviewers


def _plain(text: str) -> str:
    """Give a text of a person as one line without what cannot be seen."""
    unseen = (sign for sign in text if unicodedata.category(sign) in names.UNSEEN)
    plain = text.translate({ord(sign): " " for sign in unseen})
    return " ".join(plain.split())[:LONGEST]
