"""The made-up programmes of an analysis, each brought to the size of the real one.

A programme of fewer people is moved more by chance. So each difference is told as it
would be if chance moved it as far as the real one, d·(SE of the real one)/SE, and is as
large as the real one where its p is as small. The real p and SE are those that are
printed, so that neither tells more of the real result than the page does.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import stats

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report.cells import scale_of
from helpers.outcomes.report.robustness.ladders.rungs import Place
from helpers.outcomes.robustness.before import chance
from helpers.outcomes.robustness.study import Study
from helpers.publication import units
from helpers.publication.disclosure.rules import PRECISIONS, to_decimals
from helpers.request import Outcome

BARS = 30  # at most, or they stand for more than one step of what is printed
STEPS = tuple(n * 10**e for e in range(9) for n in (1, 2, 5))


@dataclass(frozen=True, eq=False)
class Among:
    """The made-up programmes of an analysis, beside its result as it is registered.

    In points, or for every 100 people; None where the result is not shown, or has no
    test.
    """

    study: Study
    programmes: pd.DataFrame
    real: float | None
    p_value: float | None = None
    standard_error: float | None = None
    rounded: bool = True  # whether the real p was rounded when it was registered

    @property
    def outcome(self) -> Outcome:
        """The measure that they are estimated in."""
        return self.study.outcome

    @property
    def place(self) -> Place:
        """Where the result of the analysis itself stands."""
        return Place(self.study.name, MAIN, self.outcome)

    @property
    def scale(self) -> int:
        """What turns a difference into points, or one for every 100 people."""
        return scale_of(self.outcome, per_100=True)

    @cached_property
    def summary(self) -> pd.Series:
        """What `chance.summary` tells of them."""
        return chance.summary(self.programmes, nought(self.outcome))

    @property
    def judged(self) -> bool:
        """Tell whether enough of them have an estimate to be shown."""
        return chance.enough(self.programmes)

    @property
    def placed(self) -> bool:
        """Tell whether the real result has a test, and so a place among them."""
        return self.real is not None and self.p_value is not None

    @cached_property
    def known(self) -> pd.DataFrame:
        """Those that have an estimate."""
        return self.programmes[self.programmes["why"].isna()]

    @cached_property
    def errors(self) -> np.ndarray:
        """How many of its own standard errors each difference is from 0."""
        d, own = (self.known[name].to_numpy(float)
                  for name in ("difference", "standard_error"))  # fmt: skip
        # a difference without a spread is 0 but for the rarest draw
        return np.divide(d, own, out=np.zeros(len(d)), where=own > 0)

    @cached_property
    def as_large(self) -> np.ndarray:
        """Tell of each whether its p is as small as the real one, or smaller.

        Of those too that are not tested, since too few people have the outcome.
        """
        p = 2 * stats.t.sf(np.abs(self.errors), self.known["df"].to_numpy(float))
        p = np.where(self.errors == 0, 1.0, p)
        if self.rounded:
            p = np.array([PRECISIONS["p"](value) for value in p.tolist()])
        return p <= self.p_value

    @cached_property
    def printed(self) -> np.ndarray:
        """The differences as they would be printed, at the real one's size."""
        places = decimals(self.outcome)
        own = self.errors * self.standard_error
        return np.array([to_decimals(d, places) for d in own])

    @cached_property
    def bars(self) -> list[tuple[float, int, int]]:
        """Each difference, how many came to it, and how many of these are as large.

        Those between too, with 0.
        """
        unit = 10 ** -decimals(self.outcome)
        reach = np.ptp(self.printed) / unit
        step = unit * next(s for s in STEPS if reach / s <= BARS)
        place = np.floor(self.printed / step + 0.5).astype(int)
        first = int(place.min())
        every = np.bincount(place - first)
        large = np.bincount(place - first, weights=self.as_large).astype(int)
        return [
            (round((first + i) * step, 1), int(n), int(large[i]))
            for i, n in enumerate(every)
        ]


def decimals(outcome: Outcome) -> int:
    """Give how many decimals a difference is printed with."""
    tenths = outcome.kind == "amount" and not units.money(outcome.unit)
    return 1 if tenths else 0


def nought(outcome: Outcome) -> float:
    """Give the smallest difference that is not printed as 0, in the outcome's units."""
    return 0.5 * 10 ** -decimals(outcome) / scale_of(outcome, per_100=True)
