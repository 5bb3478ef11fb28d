"""What a reader can tell of whole numbers: bounds from everything that is released.

Unknowns are whole numbers within bounds, and lines say which of them add up. Bounds are
narrowed in closed form first, which is exact where lines form no circle; integer
programming (HiGHS, without time limits) settles what that leaves in doubt.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from helpers.publication.disclosure.rules import LEAST_VALUES, Profile

#: no count is larger; far enough below 1 / 1e-6 for the solver's tolerance
MOST = 50_000_000


class Model:
    """Whole numbers within bounds, and lines of parts that make a total."""

    def __init__(self) -> None:
        self.low: dict[Hashable, int] = {}
        self.high: dict[Hashable, int] = {}
        self.lines: list[tuple[Hashable, tuple[Hashable, ...]]] = []

    def bound(self, name: Hashable, low: int, high: int = MOST) -> None:
        """Say that an unknown is at least `low` and at most `high`."""
        self.low[name] = max(self.low.get(name, 0), low)
        self.high[name] = min(self.high.get(name, MOST), high)

    def add_up(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        """Say that parts make a total."""
        for name in (total, *parts):
            self.bound(name, 0)
        self.lines.append((total, tuple(parts)))

    def span(self, name: Hashable) -> tuple[int, int]:
        """Give the bounds of an unknown as they are now."""
        return self.low[name], self.high[name]

    def narrow(self) -> None:
        """Narrow every bound in closed form until nothing moves.

        Raises ValueError where no values fit, which is a mistake of who made the model.
        """
        moved = True
        while moved:
            moved = any([self._narrowed(*line) for line in self.lines])

    def _narrowed(self, total: Hashable, parts: tuple[Hashable, ...]) -> bool:
        low, high, moved = self.low, self.high, False
        least, most = sum(low[p] for p in parts), sum(high[p] for p in parts)
        if least > low[total]:
            low[total], moved = least, True
        if most < high[total]:
            high[total], moved = most, True
        for part in parts:
            at_least = low[total] - most + high[part]
            at_most = high[total] - least + low[part]
            if at_least > low[part]:
                least += at_least - low[part]
                low[part], moved = at_least, True
            if at_most < high[part]:
                most -= high[part] - at_most
                high[part], moved = at_most, True
        if any(low[name] > high[name] for name in (total, *parts)):
            raise ValueError(f"what is released of {total} contradicts itself")
        return moved

    def exact(self, name: Hashable) -> tuple[int, int]:
        """Give the least and the greatest value of an unknown by integer programming.

        Raises ValueError where no values fit.
        """
        from scipy import optimize, sparse  # slow to import, and seldom needed

        names = list(self.low)
        place = {one: i for i, one in enumerate(names)}
        entries = [
            (row, place[one], weight)
            for row, (total, parts) in enumerate(self.lines)
            for one, weight in [(total, -1), *((part, 1) for part in parts)]
        ]
        rows, columns, weights = zip(*entries, strict=True)
        matrix = sparse.csr_matrix(
            (weights, (rows, columns)), (len(self.lines), len(names))
        )
        limits = optimize.Bounds(
            [self.low[n] for n in names], [self.high[n] for n in names]
        )
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(names))
            cost[place[name]] = sign
            solved = optimize.milp(
                cost,
                constraints=optimize.LinearConstraint(matrix, 0, 0),
                integrality=np.ones(len(names)),
                bounds=limits,
            )
            if solved.x is None:
                raise ValueError("what is released contradicts itself")
            ends.append(round(solved.x[place[name]]))
        return ends[0], ends[1]


def tells(span: tuple[int, int], count: int, rule: Profile, *, least: int = 0) -> bool:
    """Tell whether bounds say too much of a count (method, section 8, criterion).

    Of an unsafe count they must reach from the lowest unsafe number to the threshold,
    and leave at least three values to one who knows that it is unsafe. `least` is the
    lowest number that it can be for everybody to see: a row that is there has people.
    """
    if not rule.unsafe(count):
        return False
    low, high = span
    lowest = max(rule.lowest, least)
    if low > lowest or high < rule.threshold:
        return True
    enough = min(LEAST_VALUES, rule.threshold - lowest)  # a low threshold has fewer
    return rule.threshold - max(low, lowest) < enough


def tells_of_group(
    span: tuple[int, int], count: int, whole: int, rule: Profile, *, least: int = 0
) -> bool:
    """Tell whether bounds say too much of a count or of the rest of its group."""
    rest = whole - span[1], whole - span[0]
    return tells(span, count, rule, least=least) or tells(rest, whole - count, rule)
