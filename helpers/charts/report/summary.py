"""The summary of all results: the split of September 2015, and what is collected."""

from datetime import date
from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import Catalogue
from helpers.errors import DataError
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum

#: name of a count in the summary -> its column in counts.csv
PARTS = {
    "decrease": "sig_reductions",
    "inconclusive": "inconclusive",
    "increase": "sig_increases",
}
SPLIT = {
    "total": "reports_published",
    **PARTS,
    "lower_frequency": "inconclusive_with_sig_lower_frequency",
}

SPLIT_METHOD = "7: as printed in the latest count that splits all findings"
COUNT_METHOD = "7: as printed in the latest count of published reports"


def split(counts: pd.DataFrame) -> dict[str, Any]:
    """Give the latest row of counts.csv with the full split: its month and its counts.

    134 = 37 decreases + 90 inconclusive (11 with a lower frequency) + 7 increases.
    Raises DataError when there is no such row or the split does not add up.
    """
    splits = counts[(counts[list(SPLIT.values())] != "").all(axis=1)]
    if splits.empty:
        raise DataError(
            "counts.csv: no row has the full split of findings; fill in "
            f"{', '.join(SPLIT.values())} of one row"
        )
    row = splits.sort_values("as_at").iloc[-1]
    found = {name: int(row[column]) for name, column in SPLIT.items()}
    if sum(found[part] for part in PARTS) != found["total"]:
        parts = " + ".join(str(found[part]) for part in PARTS)
        raise DataError(
            f"counts.csv: {row['as_at']}: {parts} is not {found['total']}; mend the "
            "count that is wrong"
        )
    if found["lower_frequency"] > found["inconclusive"]:
        raise DataError(
            f"counts.csv: {row['as_at']}: {found['lower_frequency']} with a lower "
            f"frequency cannot be part of {found['inconclusive']} inconclusive"
        )
    return {"when": _month(row["as_at"]), **found}


def _month(day: str) -> str:
    return f"{date.fromisoformat(day):%B %Y}"


def latest(counts: pd.DataFrame) -> tuple[str, int]:
    """Give the month of the latest count of published reports, and that count."""
    known = counts[counts["reports_published"] != ""].sort_values("as_at")
    if known.empty:
        raise DataError("counts.csv: no row has reports_published; fill in one")
    row = known.iloc[-1]
    return _month(row["as_at"]), int(row["reports_published"])


def cells(catalogue: Catalogue) -> tuple[list[Cell], list[Sum]]:
    """Give the counts of the summary, all published, and which of them add up."""
    found = split(catalogue.counts)
    made = [
        Cell(refs.summary(n), found[n], "public", method=SPLIT_METHOD) for n in SPLIT
    ]
    published = latest(catalogue.counts)[1]
    made.append(Cell(refs.REPORTS_PUBLISHED, published, "public", method=COUNT_METHOD))
    parts = tuple(refs.summary(name) for name in PARTS)
    return made, [Sum(refs.summary("total"), parts)]


COUNTING = (
    "Counting findings does not show how well a type of programme works: small "
    "analyses are often inconclusive, whatever the difference is."
)


def _leaf(ref: str) -> dict[str, str]:
    return {"ref": ref, "format": "count"}


def bar(catalogue: Catalogue) -> dict[str, Any]:
    """Give data of the summary bar, as refs."""
    made: dict[str, Any] = {n: _leaf(refs.summary(n)) for n in SPLIT}
    return {
        "when": split(catalogue.counts)["when"],
        **made,
        "published": _leaf(refs.REPORTS_PUBLISHED),
        "published_when": latest(catalogue.counts)[0],
    }


def sentence(catalogue: Catalogue) -> list[str | dict[str, str]]:
    """Give the split in one sentence: pieces of text, and refs for the numbers."""
    data = bar(catalogue)
    return [
        f"As of {data['when']} there were ",
        data["total"],
        " analyses: ",
        data["decrease"],
        " found a statistically significant decrease in the one-year proven "
        "reoffending rate, ",
        data["inconclusive"],
        " did not have enough evidence to tell (",
        data["lower_frequency"],
        " of these found a statistically significant lower frequency of reoffending) "
        "and ",
        data["increase"],
        " found a statistically significant increase.",
    ]


def partial(catalogue: Catalogue) -> list[str | dict[str, str]]:
    """Say that the collection is partial: how many results of how many published."""
    month = latest(catalogue.counts)[0]
    return [
        "The collection is partial: it holds ",
        _leaf(refs.counted("all")),
        " results, of all years, while ",
        _leaf(refs.REPORTS_PUBLISHED),
        f" had been published by {month} alone. They are those that could still be "
        "read, and good news is easier to find, so their shares say nothing about all "
        "results.",
    ]
