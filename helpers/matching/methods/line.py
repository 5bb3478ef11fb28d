"""The comparison pool in order along the distance scale, stratum by stratum.

Also what every method of matching takes and gives: `choose(line, treated, rules)` is a
`Chosen`.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Treated:
    """Treated people in ascending order of the index label, whole numbers each."""

    stratum: np.ndarray
    q: np.ndarray


@dataclass(frozen=True)
class Rules:
    """How people of the pool are chosen; `limit` is the caliper, or the bandwidth.

    `order` says who chooses first where nobody is taken twice.
    """

    limit: int
    ratio: int = 1
    replacement: bool = True
    order: str = "largest"


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a method came to.

    `found` and `tied` are one a treated person: how many of the pool were taken, and
    whether equal distances had to be settled. `share` is one a place on the line: what
    each of the pool stands for. A treated person's shares sum to 1; but for kernel they
    are 1/found each. `taken` are the places taken, treated person by treated person,
    `found` of them each; None where a method makes no sets.
    """

    found: np.ndarray
    share: np.ndarray
    tied: np.ndarray
    taken: np.ndarray | None = None


class Line:
    """Pool people sorted by stratum, distance and index label, for binary search.

    A place is a position in that order. `start` and `stop` are places too, so that
    `start[i]:stop[i]` are the people for treated person i.

    Parameters
    ----------
    stratum, q
        Whole numbers, one a pool person, in ascending order of the index label.
    """

    def __init__(self, stratum: np.ndarray, q: np.ndarray) -> None:
        """Sort the pool."""
        self.order = np.lexsort((q, stratum))  # stable: ties stay in order of label
        self.q = q[self.order]
        self.values = np.sort(q)
        # one number a person that sorts by stratum and then by distance; ranks rather
        # than distances themselves, which would not fit
        self.keys = self._key(stratum[self.order], np.searchsorted(self.values, self.q))

    def _key(self, stratum: np.ndarray, rank: np.ndarray | int) -> np.ndarray:
        return stratum * (len(self.values) + 1) + rank

    def first(self, stratum: np.ndarray, q: np.ndarray) -> np.ndarray:
        """Give the first place in each stratum with a distance of at least q."""
        rank = np.searchsorted(self.values, q, side="left")
        return np.searchsorted(self.keys, self._key(stratum, rank))

    def past(self, stratum: np.ndarray, q: np.ndarray) -> np.ndarray:
        """Give the place after the last in each stratum with a distance up to q."""
        rank = np.searchsorted(self.values, q, side="right")
        return np.searchsorted(self.keys, self._key(stratum, rank))

    def ends(self, stratum: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give the first place of each stratum and the place after its last."""
        start = np.searchsorted(self.keys, self._key(stratum, 0))
        return start, np.searchsorted(self.keys, self._key(stratum + 1, 0))

    def within(
        self, stratum: np.ndarray, q: np.ndarray, reach: np.ndarray | int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give where the people begin and end who lie no further than reach from q."""
        return self.first(stratum, q - reach), self.past(stratum, q + reach)

    def shared(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """Give each pool person's weight when every treated person shares out 1.

        The weight of a place is the sum of 1/(stop − start) over the treated whose
        range holds it: running sums of what begins less what ends there.
        """
        size = len(self.q)
        found = stop > start
        start, stop = start[found], stop[found]
        share = 1 / (stop - start)
        change = np.zeros(size + 1)
        np.add.at(change, start, share)
        np.subtract.at(change, stop, share)
        begun = np.bincount(start, minlength=size + 1)
        ended = np.bincount(stop, minlength=size + 1)
        used = np.cumsum(begun - ended) > 0  # exact, where the sum of shares is rounded
        return np.where(used, np.cumsum(change), 0.0)[:size]
