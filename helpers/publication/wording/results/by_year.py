"""What the figure of findings by year of publication holds, in words."""

from typing import Any

from helpers.publication.numbers import Number
from helpers.publication.wording.results.by_size import UNREAD, of_collected

NO_TREND = (
    "The figure does not tell whether programmes have become better or worse. Analyses "
    "of few people are inconclusive more often, so what a year shows depends on how "
    "many people its analyses were about, and on which results could still be found "
    "and read."
)


def by_year(data: dict[str, Any]) -> str:
    """Say how many results have a year, and what their mix must not be taken for."""
    dated, collected = data["dated"], data["all"]
    if not dated.value:
        return (
            "<p>There is no figure by year of publication: of none of the results "
            "collected was the date printed.</p>"
        )
    said = of_collected(dated, collected, "are in the figure")
    if dated.value < collected.value:
        said += f": the date of the others {UNREAD}"
    return f"<p>{said}.{_by_then(data['by_then'])}</p><p>{NO_TREND}</p>"


def _by_then(number: Number) -> str:
    """Tell of results whose month is the latest that it can have been."""
    if not number.value:
        return ""
    if number.value == 1:
        return (
            f" Of {number.html} of them it is only known by which month it had been "
            "published; it stands in the year of that month."
        )
    return (
        f" Of {number.html} of them it is only known by which month they had been "
        "published; they stand in the years of those months."
    )
