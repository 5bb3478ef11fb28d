"""The points of curves as cells: the share who reoffended by a day, and its interval.

A point counts people as a measure does, so the one decision takes it for one: who is in
it is registered beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.outcomes.report import moves
from helpers.outcomes.report.over_time.groups import timed
from helpers.outcomes.survival import quarters
from helpers.publication import refs, rounding
from helpers.publication.cells import Cell
from helpers.publication.disclosure import rules
from helpers.publication.disclosure.rules import to_decimals, to_step
from helpers.publication.people import Who
from helpers.request import Request

SHARE = "5: 1 − S(t), of all whose outcome is known (weighted Kaplan-Meier)"
LIMIT = "5: limits of 1 − S(t) on log(−log S), Var S by the influence function"
AT_RISK = (
    "5: people without a reoffence up to that day, each counted once; of the size and "
    "the share in whole per cent, as printed"
)


def who(
    followed: Mapping[str, pd.DataFrame],
    days: Mapping[str, list[int]],
    request: Request,
) -> list[Who]:
    """Give who reoffended by each day that is told, and of whom it is known."""
    found, rate = [], rate_of(request)
    for name, told in days.items():
        people, base = followed[name], refs.slug(name)
        for day in told:
            had = people.index[people["day"] <= day]
            point = refs.by_day(rate, day)
            found.append(Who(base, "known", point, people.index))
            found.append(Who(base, "event", point, had))
    return found


def cells(curves: Mapping[str, pd.DataFrame], request: Request) -> list[Cell]:
    """Give the curves of each analysis as cells, from `survival.curves` of it.

    Who is still at risk is told at the quarters of the time followed alone.
    """
    found = []
    for name, curve in curves.items():
        base = refs.slug(name)
        when = quarters(int(curve.index.get_level_values("day").max()))
        for (group, day), row in curve.iterrows():
            point = Point(base, rate_of(request), group, int(day), row)
            rule = "5: days since follow-up began"
            when_told = Cell(point.ref("day"), day, "setting", method=rule)
            found += [*point.cells(request), when_told]
            if day in when:
                found.append(point.at_risk(request))
    return found


def rate_of(request: Request) -> str:
    """Give the name of the rate that curves are of."""
    both = timed(request)
    return both[0].name if both else ""


def size(base: str, rate: str, group: str) -> str:
    """Give the ref of how many people of a group a curve is of."""
    return refs.within(base, f"{rate}.n_{group}")


@dataclass(frozen=True)
class Point:
    """A group by a day: how many reoffended, and how many did not so far."""

    base: str
    rate: str
    group: str
    day: int
    row: Any

    def ref(self, name: str) -> str:
        """Give the ref of a number of this group on this day."""
        return refs.within(self.base, f"{refs.by_day(self.rate, self.day)}.{name}")

    @property
    def share(self) -> str:
        """The ref of the share that reoffended."""
        return self.ref(f"value_{self.group}")

    @property
    def people(self) -> int:
        """The people of the group, each counted once."""
        return int(self.row["events"] + self.row["at_risk"])

    def cells(self, request: Request) -> list[Cell]:
        """Give the share that reoffended, and its interval."""
        of = (refs.within(self.base, f"{self.rate}.value_{self.group}"),
              size(self.base, self.rate, self.group))  # fmt: skip
        events, value = int(self.row["events"]), 100 * self.row["share"]
        found = [
            Cell(self.share, value, "rate", events, self.people, of, SHARE, "whole")
        ]
        for end in ("low", "high"):
            limit = moves.limit(100 * self.row[f"ci_{end}"], self.move(request))
            name, needs = self.ref(f"ci_{self.group}_{end}"), (self.share,)
            found.append(
                Cell(name, limit, "derived", None, None, needs, LIMIT, "limit")
            )
        return found

    def move(self, request: Request) -> float:
        """Give how far the share moves, in per cent, where counts are rounded."""
        step, share = _step(request), self.row["share"]
        weighted = abs(share - self.row["events"] / self.people) > 1e-9
        if step == 1 or weighted:
            return 0.0
        return rounding.shift(100 * share, self.people, step)

    def at_risk(self, request: Request) -> Cell:
        """Give who has not reoffended so far, by no more than the share tells.

        The comparison group's share is weighted: there the people are told by a share
        of their own, in whole per cent too.
        """
        count, needs = (
            int(self.row["at_risk"]),
            (self.share, size(self.base, self.rate, self.group)),
        )
        value = self._printed(count, request)
        name = self.ref(f"at_risk_{self.group}")
        if self.group == "treatment":
            return Cell(name, value, "derived", None, None, needs, AT_RISK, "whole")
        return Cell(name, value, "rate", count, self.people, needs, AT_RISK, "whole")

    def _printed(self, count: int, request: Request) -> float:
        if request.disclosure.profile == "none":
            return count
        step = _step(request)
        people = to_step(self.people, step)
        had = to_step(self.people - count, step)
        left = 100 - to_decimals(100 * had / people, 0)
        return to_step(people * left / 100, step)


def _step(request: Request) -> int:
    """Give what counts are rounded to, 1 where they are not."""
    settings = request.disclosure
    profile = rules.profile(settings.profile, settings.threshold)
    return profile.round_to if profile else 1
