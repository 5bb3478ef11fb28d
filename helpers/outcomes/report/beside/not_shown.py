"""Why rows of a table beside the estimates are not shown, and how rounding moves it."""

from collections.abc import Iterable
from typing import Any

from helpers.outcomes.report import reasons
from helpers.outcomes.report.tables import note
from helpers.publication.facts.in_tables import AND
from helpers.publication.labels import title
from helpers.request import Outcome

#: of an estimate: its row, its measure, and how well its groups were matched
Estimate = tuple[Any, Outcome, str]


def notes(rows: Iterable[Estimate], *, several: bool) -> list[dict[str, Any]]:
    """Say of the rows of a table that show nothing why, each reason once.

    A row is named by its analysis where there are several, and by its measure where
    only some of the measures are not shown.
    """
    by_text: dict[str, list[Any]] = {}
    for row, outcome, quality in rows:
        reason = reasons.reason_not_shown(row, outcome, quality)
        poor = reason == reasons.POOR
        whose = row.analysis if several or poor else ""
        measure = "" if poor else title(outcome)
        told = reasons.not_shown(row, outcome, quality)
        if reason:
            name = AND.join(filter(None, [whose, measure]))
            by_text.setdefault(reason, []).append(told | {"said": name})
    return [
        note(text, about, named=several or text != reasons.POOR)
        for text, about in by_text.items()
    ]
