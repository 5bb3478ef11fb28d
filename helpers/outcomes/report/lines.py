"""The lines of folds: what lies in each, and what it came to.

A measure has a table and a fold of words: each line says which of them it opens.
"""

from collections.abc import Sequence
from typing import Any

from helpers.outcomes.report import by_measure
from helpers.publication import blocks

#: what the line of a measure begins with, where no other of its kind stands beside it
KINDS = {"rate": "Rate", "frequency": "Frequency", "days": "Time"}


def of_measures(
    name: str,
    measures: Sequence[dict[str, Any]],
    form: str = "",
    **within: dict[str, Any] | None,
) -> dict[str, Any]:
    """Give a fold whose line tells what some measures came to.

    `form` says in which form they stand there ("in words"); a name is a piece of its
    own beside it, since it may be a number.
    """
    data = {"name": name, "form": form, "measures": list(measures)}
    return blocks.fold(blocks.said(words="line", data=data), **within)


def of_table(
    of: by_measure.Measures,
    beside: Sequence[by_measure.Measures],
    **within: dict[str, Any] | None,
) -> dict[str, Any]:
    """Give the fold of a table of measures, which stands among other tables."""
    measures = [row.measure for row in of.every]
    return of_measures(name_of_table(of, beside), measures, "table", **within)


def name_of_table(
    of: by_measure.Measures, beside: Sequence[by_measure.Measures]
) -> str:
    """Give what the measures of a table are called in a line, beside other tables."""
    kinds = [outcome.kind for other in beside for outcome in other.outcomes]
    first, title = of.outcomes[0], by_measure.called(of)
    return _short(first.kind, title, own=first.own_label, kinds=kinds)


def of_measure(
    measure: dict[str, Any],
    beside: Sequence[dict[str, Any]],
    **within: dict[str, Any] | None,
) -> dict[str, Any]:
    """Give the fold of a measure of an analysis, which stands among others of it."""
    kinds = [other["kind"] for other in beside]
    own = measure["own"] or measure["own_label"]
    name = _short(measure["kind"], measure["title"], own=own, kinds=kinds)
    return of_measures(name, [measure], "in words", **within)


def _short(kind: str, title: str, *, own: bool, kinds: Sequence[str]) -> str:
    alone = kinds.count(kind) == 1 and not own
    return KINDS.get(kind, title) if alone else title


def of_analysis(
    analysis: str,
    measures: Sequence[dict[str, Any]],
    form: str = "",
    **within: dict[str, Any] | None,
) -> dict[str, Any]:
    """Give the fold of an analysis, whose line tells of its first measure."""
    return of_measures(analysis, measures[:1], form, **within)
