"""The measures of which the charts tell, one row each: columns, refs and words."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.publication import refs
from helpers.request.measures.standard import PUBLISHED


@dataclass(frozen=True)
class Told:
    """A measure of the published results: where it stands, and what it is called."""

    name: str  # as figures know it
    outcome: str  # as a request names it
    finding: str  # columns of the catalogue, from here
    treatment: str
    comparison: str
    difference: str
    printed: str  # the difference as it was printed
    low: str
    high: str
    interval: str
    title: str
    counted: str  # what a difference counts
    less: str  # what a mark left of the line means
    levels_are: str  # what each of the printed numbers of both groups is
    whom: str = ""  # whom an outcome counts, before its own words
    aside: str = ""  # after a known difference, where it is not on the rate
    first: str = ""  # what the names of its numbers begin with

    @property
    def key(self) -> str:
        """What the keys of its blocks begin with."""
        return self.first.replace("_", "-")

    @property
    def levels(self) -> dict[str, str]:
        """The numbers of both groups -> the columns that they stand in."""
        return {
            "value_treatment": self.treatment,
            "value_comparison": self.comparison,
        }

    def result(self, id: str, number: str) -> str:
        """Give the ref of a number of a published result."""
        return refs.result(id, f"{self.first}{number}")

    def count(self, name: str, kind: str = "all", type_: str = "") -> str:
        """Give the ref of a count of results by what they found on this measure."""
        return refs.counted(f"{self.first}{name}", kind, type_)

    def of_study(self, analysis: str) -> dict[str, str]:
        """Give the refs of the numbers of this request's own result."""
        numbers = (*self.levels, "difference", "ci_low", "ci_high")
        hundred = self.outcome != PUBLISHED  # a frequency is of one person else
        names = {
            name: refs.measure(analysis, self.outcome, name, per_100=hundred)
            for name in numbers
        }
        return names | {
            "n": refs.measure(analysis, self.outcome, "n_treatment"),
            "p_value": refs.measure(analysis, self.outcome, "p_value"),
        }

    def middle(self, row: dict[str, Any]) -> bool:
        """Tell whether a difference is only the middle of the printed interval."""
        levels = all(row[column] for column in self.levels.values())
        return row[self.interval] == "printed" and not (row[self.printed] or levels)

    def from_rates(self, row: dict[str, Any]) -> bool:
        """Tell whether a difference is one printed number less the other."""
        levels = all(row[column] for column in self.levels.values())
        return levels and not row[self.printed]

    def differences(self, results: pd.DataFrame) -> pd.DataFrame:
        """Give the results of which a difference is known, largest decrease first."""
        known = results.dropna(subset=self.difference)
        return known.sort_values([self.difference, "published", "id"])


RATE = Told(
    name="rate",
    outcome=PUBLISHED,
    finding="finding",
    treatment="rate_treat",
    comparison="rate_comp",
    difference="difference",
    printed="diff_printed",
    low="low",
    high="high",
    interval="interval",
    title="one-year proven reoffending rate",
    counted="people in every 100",
    less="fewer people reoffended",
    levels_are="rate",
    whom="people who ",
)

FREQUENCY = Told(
    name="frequency",
    outcome="reoffending_frequency",
    finding="finding_frequency",
    treatment="freq_treat_per100",
    comparison="freq_comp_per100",
    difference="frequency_difference",
    printed="freq_diff_per100",
    low="frequency_low",
    high="frequency_high",
    interval="frequency_interval",
    title="frequency of proven reoffending within a year",
    counted="reoffences per 100 people",
    less="there were fewer reoffences",
    levels_are="frequency",
    aside=" in frequency",
    first="frequency_",
)

TOLD = (RATE, FREQUENCY)
