"""Recipes of the measures: their words, and refs to their numbers."""

from typing import Any

import pandas as pd

from helpers.outcomes.report.cells import LEVELS, WITHIN_LEVELS
from helpers.outcomes.report.reasons import not_shown
from helpers.publication import refs, units
from helpers.publication.labels import among, every_100, not_matched, title
from helpers.request import Outcome, Request


def recipe(row: Any, request: Request, quality: str) -> dict[str, Any]:
    """Give a measure for the wording: its own words, and refs to its numbers."""
    outcome = next(o for o in request.outcomes if o.name == row.outcome)
    standard = outcome.standard
    of, often = (row.analysis, row.outcome), outcome.kind == "frequency"
    written, side = formats_of(outcome)
    formats = dict.fromkeys(LEVELS, side)
    values = ("value_treatment", "value_comparison", *WITHIN_LEVELS)
    formats |= dict.fromkeys(values, written)
    return {
        "fact": "measure",
        "outcome": outcome.name,
        "kind": outcome.kind,
        "label": outcome.label,
        "unit": outcome.unit or "",
        "definition": outcome.definition or "",
        "title": title(outcome),
        "of_some": outcome.of_some,
        "event": outcome.event,
        "called": _called(outcome, request),
        "own_label": outcome.own_label,
        "own": standard is None,
        "question": standard.question if standard else "",
        "topic": standard.topic if standard and not outcome.own_label else "",
        "main_point": outcome.main_point,
        "few": (_called(outcome, request) or outcome.label)
        if outcome.kind == "rate"
        else "had this outcome",
        "reason": not_shown(row, outcome, quality),
        **{
            n: {"ref": refs.measure(*of, n, per_100=often), "format": f}
            for n, f in formats.items()
        },
        "p_value": {"ref": refs.measure(*of, "p_value"), "format": "p"},
    }


def formats_of(outcome: Outcome) -> tuple[str, str]:
    """Give the formats of a measure's values and of a difference between two.

    A difference says "fewer", "shorter" or "lower": a screen reader drops a minus sign.
    """
    if outcome.kind == "amount":
        return units.formats(outcome.unit)
    return ("days", "shorter") if outcome.kind == "days" else ("per_100", "fewer")


def _called(outcome: Outcome, request: Request) -> str:
    """Give what tells an outcome from another of its label; empty where none is."""
    labels = [o.label for o in request.outcomes if o.kind == outcome.kind]
    words = f"{outcome.label} {outcome.definition or ''}".strip()
    return words if labels.count(outcome.label) > 1 else ""


def of_analysis(
    estimates: pd.DataFrame, request: Request, analysis: str, quality: str
) -> list[dict[str, Any]]:
    """Give the measures of an analysis, as recipes."""
    rows = estimates[estimates["analysis"] == analysis].itertuples(index=False)
    return [recipe(row, request, quality) for row in rows]


def headline(measures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the measures that main points show: not what courts did with reoffenders.

    These stand in the tables and in the details, unless nothing else was asked for.
    """
    return [measure for measure in measures if measure["main_point"]] or measures


def titled(measure: dict[str, Any], noun: str) -> str:
    """Give the title of a measure with what its differences are of, for a row."""
    event, some = measure["event"], measure["of_some"]
    if measure["kind"] in ("rate", "frequency"):
        return f"{measure['title']} (for {every_100(noun, event, of_some=some)})"
    unit = measure["unit"] or "days"
    return f"{measure['title']} ({f'{unit}, {among(noun, event)}' if some else unit})"


def notes(measures: list[dict[str, Any]], noun: str) -> list[str]:
    """Say of measures of some people that these were not matched to each other."""
    events = dict.fromkeys(m["event"] for m in measures if m["of_some"])
    return [not_matched(noun, event) for event in events]


def captioned(base: dict[str, Any], text: str) -> str:
    """Give a caption that names the analysis where there are several."""
    return f"{text}: {base['analysis']}" if base["several"] else text
