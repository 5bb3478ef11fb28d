"""At which days a curve may be told: between two of them enough people reoffended.

A curve tells how many reoffended between two of its days, and two curves how many of
those did by whom their people differ. Each such count must be safe, in both groups.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.outcomes.survival import quarters
from helpers.publication.disclosure import rules
from helpers.publication.disclosure.rules import Profile
from helpers.request import Request

#: parts of a quarter at whose ends a curve is told, the finest first; the days of each
#: are among those before it, so that two releases tell no step that neither has
PARTS = (3, 1)
#: most analyses that are taken together to see whether they make up another
TOGETHER = 3

GROUPS = {"treatment": 1, "comparison": 0}


def grids(horizon: int) -> list[list[int]]:
    """Give days at which a curve could be told, the finest first; quarters are in each.

    Of a year each 30 days, and each 90, the last of them the year's end; of a few days
    there is none.
    """
    step = quarters(horizon)[0]
    return [
        [*(round(step * n / parts) for n in range(1, 4 * parts)), horizon]
        for parts in PARTS
        if step >= parts
    ]


def told(
    followed: Mapping[str, pd.DataFrame], request: Request, horizon: int
) -> dict[str, list[int]]:
    """Give the days at which the curves of each analysis are told.

    `followed` are the people of each analysis (`groups.followed`), those that are kept
    longest first. An analysis without days has no curve.
    """
    settings = request.disclosure
    rule = rules.profile(settings.profile, settings.threshold)
    if rule is None:
        finest = grids(horizon)[:1]
        return {name: days for name in followed for days in finest}
    people = _People(followed)
    kept: dict[str, list[int]] = {}
    for name in followed:
        for days in grids(horizon):
            if people.safe(name, days, kept, rule):
                kept[name] = days
                break
    return kept


class _People:
    """Who is in the groups of each analysis, and on which day each reoffended."""

    def __init__(self, followed: Mapping[str, pd.DataFrame]) -> None:
        everyone = pd.concat([p["day"] for p in followed.values()] or [pd.Series()])
        self.day = everyone[~everyone.index.duplicated()]  # none: did not reoffend
        self.who = {
            (name, group): self.day.index.isin(people.index[people["treatment"] == of])
            for name, people in followed.items()
            for group, of in GROUPS.items()
        }

    def safe(
        self, name: str, days: list[int], kept: Mapping[str, list[int]], rule: Profile
    ) -> bool:
        """Tell whether a curve at these days tells of nobody, beside those kept."""
        for group in GROUPS:
            if not self._enough(self.who[name, group], days, rule):
                return False
            for others, apart in self._apart(name, group, kept, rule):
                common = set(days).intersection(*(kept[other] for other in others))
                if not self._enough(apart, sorted(common), rule):
                    return False
        return True

    def _enough(self, who: np.ndarray, days: list[int], rule: Profile) -> bool:
        """Tell whether between any two days enough of these people reoffended."""
        day = self.day[who].dropna()
        counts = np.histogram(day, bins=[0, *(d + 0.5 for d in days)])[0]
        return not any(rule.unsafe(int(count)) for count in counts)

    def _apart(
        self, name: str, group: str, kept: Mapping[str, list[int]], rule: Profile
    ) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
        """Give people by whom this analysis and others differ, with those others.

        As men and women are all: so they are told by what two of the three tell. Few
        who are in the one alone blur what is told of many in the other, and no more.
        """
        for size in range(1, TOGETHER + 1):
            for others in combinations(kept, size):
                for whole in (name, *others):
                    parts = [self.who[n, group] for n in (name, *others) if n != whole]
                    together = np.logical_or.reduce(parts)
                    shared = sum(part.sum() for part in parts) - together.sum()
                    more = self.who[whole, group] & ~together
                    less = together & ~self.who[whole, group]
                    few, many = sorted((more, less), key=np.sum)
                    if max(shared, few.sum()) < rule.threshold and many.any():
                        yield others, many
