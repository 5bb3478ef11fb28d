"""Whole numbers with linear constraints, and means that are fractions of whole numbers.

Bounds come from integer programming (HiGHS), one model for each connected part.
"""

import itertools
import math
from collections.abc import Iterator

import numpy as np
from scipy import optimize, sparse

BIG = 50_000  # no count is larger (as a big M it must stay far below 1 / 1e-6)

Span = tuple[int, int]


class Counts:
    """Whole numbers with linear constraints; bounds of each by integer programming."""

    def __init__(self):
        self.names, self.low, self.high, self.lines = {}, [], [], []
        self._built: dict | None = None
        self._seen: dict[int, set[int]] = {}  # values of each in solutions so far
        self.var("one", 0, 1)

    def var(self, name: str, low: int = 0, high: int = BIG) -> str:
        if name not in self.names:
            self.names[name] = len(self.low)
            self.low.append(low)
            self.high.append(high)
            self._built = None
        return name

    def fix(self, name: str, low: float, high: float | None = None) -> None:
        at, high = self.names[self.var(name)], low if high is None else high
        self.low[at] = max(self.low[at], int(low))
        self.high[at] = min(self.high[at], int(high))
        self._built = None

    def span(self, name: str) -> Span:
        return self.low[self.names[name]], self.high[self.names[name]]

    def known(self, name: str) -> bool:
        return name in self.names and len(set(self.span(name))) == 1

    def line(self, terms: dict[str, float], low: float, high: float) -> None:
        """low <= sum of coefficient x variable <= high"""
        for name in terms:
            self.var(name)
        self.lines.append((terms, low, high))
        self._built = None

    def total(self, whole: str, parts: list[str]) -> None:
        self.line({whole: -1} | dict.fromkeys(parts, 1), 0, 0)

    def tighten(self) -> None:
        """Propagate bounds along the lines until nothing moves: cheap, and exact."""
        for _ in range(30):
            before = list(self.low), list(self.high)
            for terms, low, high in self.lines:
                self._tighten(terms, low, high)
            if before == (self.low, self.high):
                break
        self._built = None

    def _tighten(self, terms: dict[str, float], low: float, high: float) -> None:
        at = [(self.names[name], c) for name, c in terms.items() if c]
        ends = [(c * self.low[i], c * self.high[i]) for i, c in at]
        least = sum(min(pair) for pair in ends)
        most = sum(max(pair) for pair in ends)
        for (i, c), pair in zip(at, ends, strict=True):
            top = high - (least - min(pair))  # c·x may be at most this
            bottom = low - (most - max(pair))
            if c < 0:
                top, bottom = bottom, top
            if math.isfinite(top):
                self.high[i] = min(self.high[i], math.floor(top / c + 1e-6))
            if math.isfinite(bottom):
                self.low[i] = max(self.low[i], math.ceil(bottom / c - 1e-6))

    # connected parts ---------------------------------------------------------------

    def _parts(self) -> dict[int, tuple[list[int], optimize.LinearConstraint | None]]:
        """Give for each variable the model that it is in; fixed ones join nothing."""
        if self._built is not None:
            return self._built
        free = [low != high for low, high in zip(self.low, self.high, strict=True)]
        rows, columns, data, limits = [], [], [], []
        for number, (terms, low, high) in enumerate(self.lines):
            shift = 0.0
            for name, c in terms.items():
                i = self.names[name]
                if free[i]:
                    rows.append(number)
                    columns.append(i)
                    data.append(c)
                else:
                    shift += c * self.low[i]
            limits.append((low - shift, high - shift))
        shape = (len(self.lines), len(self.low))
        matrix = sparse.csr_matrix((data, (rows, columns)), shape)
        both = sparse.bmat([[None, matrix.T], [matrix, None]]) if self.lines else None
        self._built, self._seen = {}, {}
        if both is None:
            return self._built
        _, label = sparse.csgraph.connected_components(both, directed=False)
        ends = np.array(limits, float)
        own = label[: len(self.low)]
        for part in np.unique(own[free]):
            members = np.flatnonzero((own == part) & free)
            lines = np.flatnonzero(label[len(self.low) :] == part)
            rules = None
            if len(lines):
                rules = optimize.LinearConstraint(
                    matrix[lines][:, members], *ends[lines].T
                )
            for i in members:
                self._built[int(i)] = members.tolist(), rules
        return self._built

    def _best(self, name: str, sign: int, within: Span | None = None) -> int | None:
        """The least (with -1 the greatest, with 0 any) value of a variable."""
        at = self.names[name]
        members, rules = self._parts().get(at, ([at], None))
        low = np.array([self.low[i] for i in members], float)
        high = np.array([self.high[i] for i in members], float)
        place = members.index(at)
        if within:
            low[place] = max(low[place], within[0])
            high[place] = min(high[place], within[1])
        if (low > high).any():
            return None
        cost = np.zeros(len(members))
        cost[place] = sign
        out = optimize.milp(
            cost, constraints=rules, integrality=np.ones(len(cost)),
            bounds=optimize.Bounds(low, high),
        )  # fmt: skip
        if out.x is None:
            return None
        for i, value in zip(members, out.x, strict=True):
            self._seen.setdefault(i, set()).add(round(value))
        return round(out.x[place])

    def solve(self, name: str) -> Span | None:
        """The least and the greatest value of a variable; None if there is none."""
        if self.known(name):
            return self.span(name)
        ends = self._best(name, 1), self._best(name, -1)
        return None if None in ends else ends

    def find(self, name: str, low: int, high: int) -> int | None:
        """Give any value that a variable may have within these bounds."""
        self._parts()
        for value in self._seen.get(self.names[name], ()):
            if low <= value <= high:
                return value
        return self._best(name, 0, (low, high)) if low <= high else None

    def leaves_few(self, name: str, one: int, few: int = 3) -> bool:
        """Tell whether a variable has fewer possible values than `few`, given one."""
        self._parts()  # what solutions for other variables had as values of this one
        values = sorted({one} | self._seen.get(self.names[name], set()))
        ends = [-1, *values, BIG + 1]
        gaps = [(low + 1, high - 1) for low, high in itertools.pairwise(ends)]
        found = len(values)
        while gaps and found < few:
            low, high = gaps.pop()
            value = self.find(name, low, high)
            if value is not None:
                found += 1
                gaps += [(low, value - 1), (value + 1, high)]
        return found < few

    def broken(self, values: dict[str, int]) -> Iterator[str]:
        """Give the lines and bounds that these values would break."""
        for name, value in values.items():
            if (
                name in self.names
                and not self.span(name)[0] <= value <= self.span(name)[1]
            ):
                yield f"{name}: {self.span(name)}, not {value}"
        for terms, low, high in self.lines:
            if terms.keys() <= values.keys():
                total = sum(c * values[name] for name, c in terms.items())
                if not low - 1e-6 <= total <= high + 1e-6:
                    yield f"{low} <= {terms} <= {high}, not {total}"


def half_digit(value: float) -> float:
    """Half of the last digit of a number with ten significant ones."""
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - 9) if value else 1e-12


def whole(value: float, sizes: np.ndarray) -> np.ndarray:
    """For which sizes a mean (not a per cent) is a whole number of people or things."""
    near = np.abs(sizes * value - np.round(sizes * value))
    return near <= sizes * half_digit(value) * 1.02 + 1e-9
