"""What a stage is made from, as one hash: by it a later attempt knows it again."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.files import ROOT, sha256
from helpers.request import STAGES, AnyRequest
from helpers.runs import hashes
from helpers.runs.stages import NOTEBOOKS

#: keys of a request that no stage looks at: the report alone has them
REPORT_ALONE = (
    "title",
    "analyst",
    "organisation.own_words",
    "organisation.response",
    "programme.setting",
    "programme.description",
    "programme.selection",
    "programme.dose",
    "reporting",
    "data_sharing.purpose",
    "data_sharing.lawful_basis",
    "data_sharing.justification",
    "data_sharing.fairness",
    "data_sharing.proportionality",
    "data_sharing.approved_on",
    "data_sharing.destroy_by",
    "data_sharing.legal_advice",
    "data_sharing.timetable",
    "publication.edition",
    "publication.contact",
    "publication.status",
    "publication.release_at",
    "publication.pre_release",
    "publication.corrects",
)
#: the last stage that does not look at a key: neither do those before it. A key that
#: stands nowhere here concerns every stage
NOT_UNTIL = {
    "intake": (
        "matching",
        "analyses.matching",
        "programme.intervention_type",
        "programme.selection_by",
    ),
    "matching": (
        "programme.caveats",
        "robustness.placebo_groups",
        "robustness.smallest_effect",
    ),
    "outcomes": (
        "findings",
        "organisation.sector_type",
        "programme.name",
        "programme.period",
    ),
    "charts": REPORT_ALONE,
}
#: packages of helpers that every stage may import, and those of each stage alone; what
#: a stage rests on beside them is in the fingerprint of the stage before it
COMMON = (
    "errors names files set_up request publication jupyter synthetic runs"
).split()
PACKAGES = {
    "intake": (*COMMON, "intake"),
    "matching": (*COMMON, "intake", "matching"),
    "outcomes": (*COMMON, "intake", "matching", "outcomes"),
    "charts": (*COMMON, "charts"),
}


def of(request: AnyRequest, stage: str) -> str:
    """Give the fingerprint of a stage, with that of the stage before it in it.

    It goes over the request as it concerns the stage, the bytes of the files that it
    reads, its notebook, the code of its packages, versions and settings.
    """
    until = request.stages.index(stage) + 1
    return each(request, request.stages[:until])[stage]


def each(
    request: AnyRequest,
    stages: Sequence[str],
    files: Mapping[Path, str] | None = None,
) -> dict[str, str]:
    """Give the fingerprints of the first stages of a request, in their order.

    `files` is what `code` gave of these stages, where it was asked before.
    """
    completed = request.completed()
    files = code(stages) if files is None else files
    same = [hashes.package_versions(request), hashes.python(), hashes.settings()]
    known: dict[str, str] = {}
    before = ""
    for stage in stages:
        read = [
            (key, hashes.own_name(path), sha256(path))
            for path, key in hashes.files_of(request, stage).items()
            if path.is_file()
        ]
        parts = {
            "before": before,
            "request": concerning(completed, stage),
            "files": read,  # two of them may have one name
            "code": {str(p): sha for p, sha in files.items() if _rests_on(stage, p)},
            "versions": same,
        }
        text = json.dumps(parts, sort_keys=True)
        known[stage] = before = hashlib.sha256(text.encode()).hexdigest()
    return known


def code(stages: Iterable[str]) -> dict[Path, str]:
    """Give the hash of each file of code that a run rests on: helpers, its notebooks.

    Paths are those in the repository.
    """
    names = {NOTEBOOKS[stage] for stage in stages}
    return {
        path.relative_to(ROOT): sha256(path)
        for path in hashes.code_files()
        if path.suffix != ".ipynb" or path.stem in names
    }


def _rests_on(stage: str, path: Path) -> bool:
    """Tell whether a stage rests on a file of code: its notebook, and its packages."""
    if path.parts[0] == "notebooks":
        return path.stem == NOTEBOOKS[stage]
    return Path(path.parts[1]).stem in ("__init__", *PACKAGES[stage])


def unseen(stage: str) -> tuple[str, ...]:
    """Give the keys of a request that neither a stage nor those before it look at."""
    later = STAGES[STAGES.index(stage) :]
    return tuple(key for each in later for key in NOT_UNTIL[each])


def concerning(completed: Mapping[str, Any], stage: str) -> dict[str, Any]:
    """Give a completed request without the keys that a stage does not look at."""
    without = dict(completed)
    for key in unseen(stage):
        without = _without(without, key.split("."))
    return without


def _without(value: Any, key: list[str]) -> Any:
    """Give a block, or each of a list of blocks, without a key in it."""
    if isinstance(value, list):
        return [_without(item, key) for item in value]
    if not isinstance(value, dict) or key[0] not in value:
        return value
    name, *inner = key
    rest = {other: held for other, held in value.items() if other != name}
    return rest | ({name: _without(value[name], inner)} if inner else {})
