"""Covariates as standardised columns, laid out some rows at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import sparse

from helpers.matching.design import MISSING, Covariate

Pair = tuple[np.ndarray, np.ndarray]
ROWS = 4096  # laid out at once: what they fill stays in the processor's cache
WIDE = 6  # a category of more levels is kept as codes, not as so many columns


@dataclass(frozen=True, eq=False)
class Column:
    """One column of the model: a number, or whether a person is at a level.

    `values` has one a person: the number, or the code of the level that is theirs;
    `level` is then the column's own code and `levels` how many there are.
    """

    name: str
    source: str
    values: np.ndarray
    centre: float
    spread: float
    varies: bool
    level: int | None = None
    levels: int = 0


def columns_of(covariate: Covariate) -> list[Column]:
    """Give a covariate's columns, named `name` or `name=level`.

    A number with missing values is filled with the mean of the known ones and has an
    indicator; a category has a column for every level but its lowest, the base.
    """
    name, values = covariate.name, covariate.values
    if covariate.categorical:
        codes, levels = covariate.levels()
        return _indicators(name, codes, levels)
    lost = np.isnan(values)
    if not lost.any():
        return [_number(name, values)]
    if lost.all():
        return [_number(name, np.zeros(len(values)))]  # constant, to be dropped
    filled = np.where(lost, values[~lost].mean(), values)
    return [_number(name, filled), *_indicators(name, lost, ["known", MISSING])]


def _number(name: str, values: np.ndarray) -> Column:
    low, high = float(values.min()), float(values.max())
    varies = high - low > 1e-12 * max(abs(low), abs(high))
    return Column(name, name, values, values.mean(), values.std(), varies)


def _indicators(name: str, codes: np.ndarray, levels: Sequence[str]) -> list[Column]:
    if len(levels) == 1:
        return [Column(name, name, codes, 0.0, 0.0, False)]
    # small numbers are compared faster, large ones summed by
    codes = codes.astype(np.int8 if len(levels) <= WIDE else np.intp)
    share = np.bincount(codes, minlength=len(levels)) / len(codes)
    spread = np.sqrt(share * (1 - share))
    return [
        Column(
            f"{name}={levels[i]}", name, codes, share[i], spread[i], spread[i] > 0,
            level=i, levels=len(levels),
        )
        for i in range(1, len(levels))
    ]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Columns:
    """The standardised columns of a model, with a constant before them.

    A whole matrix of them is never made: at national scale it would not fit. Numbers,
    and categories of few levels, are laid out some rows at a time; of the others it is
    kept who is at which level. `each` are the columns, `people` how many there are.
    """

    each: Sequence[Column]
    people: int

    @property
    def size(self) -> int:
        """Number of columns with the constant."""
        return len(self.each) + 1

    def logit(self, estimate: np.ndarray) -> np.ndarray:
        """Give each person's sum of the columns times an estimate."""
        dense, logit = self._begun(estimate)
        for rows in self.steps(ROWS):
            logit[rows] += self.laid_out(self._dense, rows) @ dense
        return logit

    def products(
        self, estimate: np.ndarray, weigh: Callable[[slice, np.ndarray], Pair]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Go through everybody once, and give logits, gradient and information.

        `weigh` has some rows and their logits, and gives their residuals, which are
        summed times the columns, and their weights, which weigh the sums of the columns
        times one another.
        """
        dense, logit = self._begun(estimate)
        residual, weight = np.empty((2, self.people))
        gradient, squares = np.zeros(len(dense)), np.zeros((len(dense), len(dense)))
        across = np.zeros((len(self._back) - len(dense), len(dense)))
        for step, rows in enumerate(self.steps(ROWS)):
            block = self.laid_out(self._dense, rows)
            logit[rows] += block @ dense
            residual[rows], weight[rows] = weigh(rows, logit[rows])
            gradient += residual[rows] @ block
            root = np.sqrt(weight[rows])[:, None]
            block *= root
            squares += block.T @ block
            if len(across):
                across += self._across[step] @ np.multiply(block, root, order="C")
        for codes, part in zip(self._codes, self._parts, strict=True):
            sums = np.bincount(codes, residual, part.stop - part.start)
            gradient = np.concatenate([gradient, sums])
        squares = np.block([[squares, across.T], [across, self._pairs(weight)]])
        return logit, self._back.T @ gradient, self._back.T @ squares @ self._back

    def laid_out(self, columns: Sequence[Column], rows: slice) -> np.ndarray:
        """Give some rows of some columns, standardised."""
        block = np.empty((len(range(self.people)[rows]), len(columns)), order="F")
        for place, column in enumerate(columns):
            own = column.values[rows]
            block[:, place] = own if column.level is None else own == column.level
        block -= [column.centre for column in columns]
        block *= [1 / column.spread for column in columns]
        return block

    def steps(self, rows: int) -> Iterator[slice]:
        """Give everybody, so many rows at a time."""
        for start in range(0, self.people, rows):
            yield slice(start, start + rows)

    def _begun(self, estimate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give what multiplies a block, and logits of the wide categories alone."""
        own, logit = self._back @ estimate, np.zeros(self.people)
        for codes, part in zip(self._codes, self._parts, strict=True):
            logit += own[part][codes]
        return own[: len(self._dense)], logit

    def _pairs(self, weight: np.ndarray) -> np.ndarray:
        """Give the weight of the people at each two levels of the wide categories."""
        sizes = [part.stop - part.start for part in self._parts]
        blocks = [[np.zeros((a, b)) for b in sizes] for a in sizes]
        for i, codes in enumerate(self._codes):
            blocks[i][i] = np.diag(np.bincount(codes, weight, sizes[i]))
            for j in range(i):
                both = np.bincount(
                    codes * sizes[j] + self._codes[j], weight, sizes[i] * sizes[j]
                )
                blocks[i][j] = both.reshape(sizes[i], sizes[j])
                blocks[j][i] = blocks[i][j].T
        return np.block(blocks) if blocks else np.zeros((0, 0))

    @cached_property
    def _dense(self) -> list[Column]:
        """Give the constant, and the columns that are not of wide categories."""
        constant = Column("", "", np.ones(self.people), 0.0, 1.0, False)
        return [constant, *(column for column in self.each if column.levels <= WIDE)]

    @cached_property
    def _codes(self) -> list[np.ndarray]:
        """Give the codes of the wide categories."""
        wide = {c.source: c.values for c in self.each if c.levels > WIDE}
        return list(wide.values())

    @cached_property
    def _across(self) -> list[sparse.csc_array]:
        """Give, levels × rows, who is at which level of the wide ones, row by row."""
        across = []
        for rows in self.steps(ROWS):
            people = len(range(self.people)[rows])
            at = np.empty((people, len(self._codes)), dtype=np.int32)
            for i, part in enumerate(self._parts):
                at[:, i] = self._codes[i][rows] + (part.start - len(self._dense))
            ends = np.arange(0, at.size + 1, len(self._codes), dtype=np.int32)
            level = np.ones(at.size), at.ravel(), ends
            shape = people, len(self._back) - len(self._dense)
            across.append(sparse.csr_array(level, shape=shape).T)
        return across

    @cached_property
    def _parts(self) -> list[slice]:
        """Give where levels of wide categories stand, after the dense columns."""
        levels = {c.source: c.levels for c in self.each if c.levels > WIDE}
        ends = np.cumsum([len(self._dense), *levels.values()]).tolist()
        return [slice(*ends) for ends in pairwise(ends)]

    @cached_property
    def _back(self) -> np.ndarray:
        """Turn coefficients into those of the dense columns, and of levels as 0 or 1.

        Levels need not be standardised before they are summed: 0 and 1 are exact.
        """
        wide = dict.fromkeys(c.source for c in self.each if c.levels > WIDE)
        start = dict(zip(wide, (part.start for part in self._parts), strict=True))
        size = self._parts[-1].stop if self._parts else len(self._dense)
        back, dense = np.zeros((size, self.size)), 1
        back[0, 0] = 1
        for place, column in enumerate(self.each, start=1):
            if column.levels > WIDE:
                back[start[column.source] + column.level, place] = 1 / column.spread
                back[0, place] = -column.centre / column.spread
            else:
                back[dense, place] = 1
                dense += 1
        return back
