"""What of the published results a report folds away, and what lies within what."""

from typing import Any

from helpers.publication import blocks
from helpers.request.types import named, read
from helpers.runs.run import Run


def own_types(run: Run) -> dict[str, str]:
    """Give the catalogue's names of a request's own intervention and sector type.

    Empty in the periodic summary, which is about no one programme.
    """
    request = run.request
    if request.alone:
        return {}
    types, _ = read(request.findings.catalogue)
    return named(
        request.programme.intervention_type,
        request.organisation.sector_type,
        types,
        "request",
    )


def part(run: Run, *pieces: Any) -> dict[str, Any] | None:
    """Give the fold in which a part of a report's results so far lies.

    None in the periodic summary, where each part is a section of its own.
    """
    return None if run.request.alone else blocks.fold(*pieces)


def fold(
    run: Run, kind: str, type_: str, *pieces: Any, within: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Give what folds the blocks of a type away, within the fold of their part.

    `kind` is intervention or sector, `type_` a name of types.csv; `pieces` say what
    is folded: text and refs. In a report its own intervention type stands open in
    `within`; the periodic summary folds every type on a small screen alone.
    """
    own = own_types(run)
    if not own:
        return blocks.fold(*pieces, phone=True)
    if kind == "intervention" and own[kind] == type_:
        return within
    return blocks.fold(*pieces, within=within)
