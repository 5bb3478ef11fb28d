"""What has to be known of the rows of a figure of results: its notes."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue import overlaps
from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report.measures import Told
from helpers.publication.wording.number_words import in_words

COMPUTED = (
    "A computed interval, from the size and the rates, is drawn hollow; it never "
    "changes a printed finding."
)
MIDDLE = (
    "Where only an interval was printed, the mark and the difference are its middle."
)
NOT_FOUND = "[x] in the table: not printed where it could be read."

#: the numbers of a row that has all of them
PRINTED = {"n", "value_treatment", "value_comparison", "ci_low", "ci_high"}


def of_tally(published: Catalogue, kind: str) -> list[str]:
    """Give the note of a tally: [x] stands where a type has no known size."""
    known = published.results.groupby(KINDS[kind])["n"].count()
    return [NOT_FOUND] if (known == 0).any() else []


def of_forest(data: dict[str, Any], known: pd.DataFrame, measure: Told) -> list[str]:
    """Give the notes of a figure of differences; `known` are the results of its type.

    How the differences and intervals are known, what [x] means where it stands, and
    which of the results may be about the same people.
    """
    published = [row for row in data["rows"] if row["interval"] != "own"]
    holds = {
        _worked_out(published, measure): any(row["from_rates"] for row in published),
        MIDDLE: any(row["middle"] for row in published),
        COMPUTED: any(row["interval"] == "computed" for row in published),
        NOT_FOUND: any(not PRINTED <= set(row) for row in published),
    }
    notes = [note for note, stands in holds.items() if stands]
    return notes + _shared(published, known, measure)


def _worked_out(published: list[dict[str, Any]], measure: Told) -> str:
    """Tell how many differences are the printed numbers of both groups subtracted."""
    count, total = sum(row["from_rates"] for row in published), len(published)
    was = "was" if count == 1 else "were"
    how = f"{was} worked out as one printed {measure.levels_are} less the other"
    if total == 1:
        return f"The difference {how}."
    many = f"{in_words(count)} of the {in_words(total)}"
    if count == total:
        many = "both" if total == 2 else f"all {in_words(total)}"
    return f"{many.capitalize()} differences {how}; the table marks each."


def _shared(
    published: list[dict[str, Any]], known: pd.DataFrame, measure: Told
) -> list[str]:
    """Name the results of a figure that may be about the same people."""
    shown = {row["difference"]["ref"] for row in published}
    of = []
    for organisation, _, ids in overlaps.named(known):
        count = sum(measure.result(id, "difference") in shown for id in ids)
        if count > 1:
            of.append(f"{in_words(count)} of {organisation}")
    if not of:
        return []
    return [f"Some of these results may be about the same people: {', '.join(of)}."]
