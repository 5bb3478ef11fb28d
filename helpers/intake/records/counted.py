"""A line of the profile of the records: what was looked at, and in how many rows."""

from dataclasses import dataclass

#: the share of a table's rows above which a fault stops the run
MOST = 0.01
OK, TOLD, STOPS = "ok", "told", "stops"


@dataclass(frozen=True)
class Line:
    """How many rows of a table are not as they should be, and what is done.

    Attributes
    ----------
    table, what
        The table, and what was looked at in it; never a person's value.
    rows, of
        How many rows are so, of how many.
    done
        What is done with them, or what to do about them.
    verdict
        OK, TOLD (a warning) or STOPS (an error).
    """

    table: str
    what: str
    rows: int
    of: int
    done: str = ""
    verdict: str = OK

    @property
    def share(self) -> float:
        """The share of the table's rows, from 0 to 1."""
        return self.rows / self.of if self.of else 0.0

    @property
    def in_words(self) -> str:
        """How many rows are so, and their share, and what is done."""
        if not self.of:
            return self.done
        share = f"{self.share:.1%}" if self.share >= 0.001 else "under 0.1%"
        rows = f"{self.rows:,} row{'' if self.rows == 1 else 's'}"
        return f"{rows} ({share}); {self.done}" if self.rows else "none"

    def __str__(self) -> str:
        return f"{self.table}: {self.what}: found {self.in_words}"


def told(table: str, what: str, rows: int, of: int, done: str) -> Line:
    """Give a line that warns if there are such rows, and is fine if there are none."""
    return Line(table, what, rows, of, *((done, TOLD) if rows else ()))
