"""When, and from whom, the report comes, and which results it stands among."""

from helpers.request.values import (
    Day,
    Line,
    Part,
    Text,
    Whole,
    key,
)


class Publication(Part):
    """When, and from whom, the report comes."""

    date: Day = key("the only date that the report shows", example="2026-06-25")
    edition: Whole = key("1, then one more each time it is published again", 1, 2, ge=1)
    contact: Line = key("whom a reader can ask", example="data.lab@example.org")
    status: Line | None = key(
        "standing of the statistics, in words", None, "Official statistics"
    )


class Findings(Part):
    """The published results that this one is placed among."""

    catalogue: Text = key(
        "folder with results.csv, counts.csv and types.csv", "params/catalogue",
        "params/catalogue",
    )  # fmt: skip
    as_of: Day | None = key(
        "only results published by then are shown; publication.date when left out",
        None, "2026-04-30",
    )  # fmt: skip
