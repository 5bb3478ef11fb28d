"""Safe settings: modes, temporary files, git, kernels, network."""

from collections.abc import Iterator

from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import (
    NOBODY,
    RUN,
    Row,
    code,
    counted,
    files,
)
from helpers.request import Request


def rows(request: Request, facts: Safeguards) -> Iterator[Row]:
    """Give the rows of safe settings."""
    yield _modes(facts)
    yield _temporary(facts)
    yield _git(request, facts)
    yield _kernels(facts)
    yield Row(
        "No network",
        "Nothing that the kit does in a run asks for one, and its own pages fetch "
        "nothing. The run does not check whether the machine has one.",
        NOBODY,
    )
    yield Row(
        "A secure room and machine",
        "The kit does not know where its machine stands, who administers it, or what "
        "is backed up from it.",
        NOBODY,
    )


def _modes(facts: Safeguards) -> Row:
    asked = "People’s files are closed to other accounts"
    if facts.closed is None:
        did = "Not checked: this machine keeps no modes of files."
        return Row(asked, did, NOBODY)
    did = (
        f"{counted(facts.closed, 'file or folder', 'files and folders')} under "
        "restricted and audit are open to their owner alone (0600, 0700). "
    )
    if facts.open_to_others:
        did += f"<strong>Open to others</strong>: {files(facts.open_to_others)}."
    else:
        did += "None is open to another account."
    return Row(asked, did, RUN, ("restricted", "audit"))


def _temporary(facts: Safeguards) -> Row:
    asked = "Temporary files are kept in and removed"
    did = (
        "Those of the run lie within it, in a folder that goes before the run is "
        "whole. "
        if facts.inside
        else "Those of libraries lie in the folder of this machine for such files, and "
        "the kit does not look there. "
    )
    if facts.temporary:
        did += f"<strong>Left elsewhere in the run</strong>: {files(facts.temporary)}."
    else:
        did += "Nowhere else in the run is one left."
    return Row(asked, did, RUN, ("restricted",))


def _kernels(facts: Safeguards) -> Row:
    asked = "Nobody listens in on the notebooks"
    if not facts.kernels:
        return Row(asked, "No kernel was started: they ran in one process.", RUN)
    ways = [
        f"{code(f'{transport} {address}')}"
        f" {'encrypted' if encrypted else '<strong>not encrypted</strong>'}"
        for transport, address, encrypted in facts.kernels
    ]
    did = f"Each ran in a kernel of its own, spoken to over {'; '.join(ways)}."
    return Row(asked, did, RUN, ("restricted/notebooks",))


def _git(request: Request, facts: Safeguards) -> Row:
    asked = "People’s files cannot be committed"
    if request.inputs.made_up or request.is_open_data:
        whose = "made up" if request.inputs.made_up else "open data"
        did = f"The run did not ask git: the people are {whose}, and may lie anywhere."
        return Row(asked, did, RUN)
    if facts.git:
        did = (
            "Before the first stage, git was asked about list, decisions and the "
            "folder of runs where they lie in the repository: it takes up none of them."
        )
    else:
        did = (
            "git could not be asked. The run went by the places alone: of the "
            "repository, people’s files may lie in outputs/."
        )
    return Row(asked, did, RUN, ("audit/manifest.json",))
