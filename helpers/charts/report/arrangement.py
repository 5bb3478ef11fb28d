"""Which results a report has open, and which it folds away: by type."""

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


def fold(run: Run, kind: str, type_: str, *pieces: Any) -> dict[str, Any] | None:
    """Give what folds the blocks of a type away; None where they stand open.

    `kind` is intervention or sector, `type_` a name of types.csv; `pieces` say what
    is folded: text and refs. A report has its own intervention type open, its own
    sector type, of many results, open where there is room, and folds the rest; the
    periodic summary folds every type on a small screen alone.
    """
    own = own_types(run)
    if own and own[kind] != type_:
        return blocks.fold(*pieces)
    return None if own and kind == "intervention" else blocks.fold(*pieces, phone=True)
