"""When, and from whom, the report comes, and which results it stands among."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from helpers.request.values import (
    Day,
    Line,
    Part,
    Text,
    Whole,
    day,
    fault,
    key,
    listed,
    once,
)

#: where the times of a request are told
ZONE = ZoneInfo("Europe/London")
CLOCK = re.compile(r"(\S+)(?: +|T)(\d\d):(\d\d)")


def _moment(value: Any) -> str:
    """Take a day and a time in London, and give them in one spelling.

    A time that the clocks leave out, or strike twice, is no one moment.
    """
    wrong = fault(
        "must be a day and a time in London, year-month-day hours:minutes",
        'write for example "2026-06-25 09:30"',
    )
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise wrong
    try:
        clock = time(int(found[2]), int(found[3]))
        local = datetime.combine(day(found[1]), clock)
    except (ValueError, PydanticCustomError):
        raise wrong from None
    first, second = (local.replace(tzinfo=ZONE, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        missing = first.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) != local
        when = "did not exist" if missing else "came twice"
        after = local.replace(minute=0) + timedelta(hours=1)
        raise fault(
            f"is a time that {when} in London, where the clocks changed on that day",
            f'write for example "{after:%Y-%m-%d %H:%M}"',
        )
    return f"{local:%Y-%m-%d %H:%M}"


def in_london(day_of: date, clock: str | None = None) -> datetime:
    """Give the moment at which a day, or an hour of it ("09:30"), begins in London."""
    return datetime.combine(day_of, time.fromisoformat(clock or "00:00"), tzinfo=ZONE)


class Publication(Part):
    """When, and from whom, the report comes."""

    date: Day = key("the only date that the report shows", example="2026-06-25")
    edition: Whole = key("1, then one more each time it is published again", 1, 2, ge=1)
    contact: Line = key("whom a reader can ask", example="data.lab@example.org")
    status: Line | None = key(
        "standing of the statistics, in words", None, "Official statistics"
    )
    release_at: Annotated[str, BeforeValidator(_moment)] | None = key(
        "day and time in London before which nothing is published; the beginning of "
        "date when left out", None, "2026-06-25 09:30",
    )  # fmt: skip
    pre_release: Annotated[
        tuple[Line, ...], BeforeValidator(listed), AfterValidator(once)
    ] = key(
        "the roles that may see the report before that", (),
        ["Head of statistics, Example Department"],
    )  # fmt: skip
    corrects: Text | None = key(
        "what a new edition changes, and why", None,
        "Two areas had been left out of the records.",
    )  # fmt: skip

    @property
    def from_when(self) -> datetime:
        """The moment from which the report may be published, with London's clock."""
        clock = self.release_at and self.release_at.partition(" ")[2]
        return in_london(self.date, clock)


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
