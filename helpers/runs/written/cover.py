"""What a run left for its reviewers, as its cover page tells it."""

import csv
from typing import Any

from helpers.publication.report.cover.left import Left
from helpers.publication.report.cover.tables import COPIES
from helpers.runs import hashes, manifest
from helpers.runs.run import Run
from helpers.runs.stages import NOTEBOOKS
from helpers.runs.written import chain, events, ledger

RESTRICTED = "restricted/"


def left(
    work: Run, decisions: list[tuple[str, str, str, int]], commit: dict[str, Any]
) -> Left:
    """Give what a run left, once all but its cover and its manifest is written.

    `decisions` counts its numbers by what was decided on them, and `commit` is that of
    the kit, with whether anything differs from it.
    """
    request = work.request
    with (work.folder / "audit" / "checks.csv").open(encoding="utf-8") as file:
        checks = list(csv.reader(file))[1:]
    of_kind = {name: out["class"] for name, out in work.outputs.items()}
    return Left(
        copies=tuple(name for name in COPIES if f"{RESTRICTED}{name}" in of_kind),
        notebooks=tuple(NOTEBOOKS[stage] for stage in work.carried_out),
        checks=tuple(map(tuple, checks)),
        decisions=tuple(decisions),
        ledger=tuple(
            (chain.seen(line["by"]), events.told(line))
            for line in ledger.lines(work.folder.parent)
            if line["id"] == request.id
        ),
        kit=manifest.VERSION,
        python=hashes.python(),
        commit=commit["commit"] or "",
        changed=commit["changed"],
        packages=len(manifest.installed()),
        seed=None if request.alone else request.seed,
        inputs=tuple(manifest.hashed(hashes.input_files(request)).items()),
        release=tuple(sorted(n for n, kind in of_kind.items() if kind == "release")),
    )
