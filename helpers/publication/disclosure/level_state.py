"""The levels of an analysis, and what everybody can tell of their people.

A people were matched at a level, B were there before, U = B - A were left unmatched and
C are in the pool.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from helpers.publication.disclosure import shares
from helpers.publication.disclosure.audit import Model
from helpers.publication.disclosure.rules import Profile
from helpers.publication.disclosure.structure import Analysis, Level
from helpers.publication.people import BEFORE, POOL, TREATED

A, B, U, C = "matched", "before", "unmatched", "pool"
OF = {A: TREATED, B: BEFORE, C: POOL}

#: people of whom shares in whole per cent say nothing of how many they are
SIZE_TOLD = 200

Name = tuple[str, int]
Sum = tuple[int | None, tuple[int, ...]]  # a level and its parts; None: everybody


@dataclass
class More:
    """What is known of an analysis' rows besides, or hidden for the sake of another.

    `hidden` rows are hidden for another analysis; of `vague` ones the share before
    matching says no more than the share after it does; `there` bounds the people of a
    row before matching by what another analysis tells.
    """

    hidden: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)
    there: dict[str, tuple[int, int]] = field(default_factory=dict)
    smd: dict[str, float | None] = field(default_factory=dict)


@dataclass
class State:
    """The levels of an analysis, by the people that they are (`Level.same`)."""

    analysis: Analysis
    rule: Profile
    left: tuple[int, int]  # how many were left unmatched, as far as it is told
    level: dict[int, Level]
    shown: set[int]
    hidden: dict[int, str] = field(default_factory=dict)
    step: dict[int, int] = field(default_factory=dict)  # 0: the share before is hidden
    vague: set[int] = field(default_factory=set)
    more: More = field(default_factory=More)

    def is_range(self, k: int) -> bool:
        """Tell whether the share before matching is told by that after it."""
        if not self.unmatched:
            return False
        return k in self.vague or self.tells_size or any(self.sides(k))

    @property
    def tells_size(self) -> bool:
        """Whether shares before matching would tell of how many people they are."""
        return tells_size(self.left, self.n)

    @property
    def n(self) -> int:
        """How many were matched."""
        return self.analysis.sizes[TREATED]

    @property
    def unmatched(self) -> int:
        """How many who have a score were left unmatched."""
        return self.analysis.sizes[BEFORE] - self.n

    @property
    def known(self) -> bool:
        """Whether everybody can tell how many were left unmatched."""
        return self.left[0] == self.left[1]

    def count(self, quantity: str, k: int) -> int:
        """Give how many of A, B, U or C have a level."""
        counts = self.level[k].counts
        if quantity == U:
            return counts[BEFORE] - counts[TREATED]
        return counts[OF[quantity]]

    def whole(self, quantity: str) -> int:
        """Give how many A, B, U or C are in all."""
        return self.unmatched if quantity == U else self.analysis.sizes[OF[quantity]]

    def holding(self, quantity: str, k: int, ends: tuple[int, int]) -> tuple[int, int]:
        """Give bounds that hold the count itself: rounding may have moved them."""
        count = self.count(quantity, k)
        return min(ends[0], count), max(ends[1], count)

    def is_shown(self, k: int) -> bool:
        """Tell whether a row of these people is in the report, and not hidden."""
        return k in self.shown and k not in self.hidden

    def sides(self, k: int) -> tuple[bool, bool]:
        """Tell whether few at a level were left unmatched, and all but a few."""
        left = self.count(U, k)
        few, rest = self.rule.unsafe(left), self.rule.unsafe(self.unmatched - left)
        return bool(self.unmatched) and few, bool(self.unmatched) and rest


def tells_size(left: tuple[int, int], matched: int) -> bool:
    """Tell whether whole per cents would tell a group's size, where that is hidden.

    Of fewer than a hundred people only some shares are whole per cents; twice as many
    are needed, since several shares together tell more.
    """
    return left[0] != left[1] and matched < SIZE_TOLD


def levels_in(sums: Iterable[Sum]) -> list[int]:
    """Give the levels that sums are over, each once."""
    return sorted(
        {k for whole, parts in sums for k in (whole, *parts) if k is not None}
    )


def model_of(state: State, sums: list[Sum]) -> Model:
    """Give what everybody can tell of the levels that these sums are over."""
    model = Model()
    model.bound(A, state.n, state.n)
    model.bound(U, *state.left)
    model.bound(C, state.whole(C), state.whole(C))
    model.add_up(B, (A, U))
    for k in levels_in(sums):
        for q in (B, C):  # a row has people of both groups, but for a number's own row
            model.bound((q, k), min(int(k in state.shown), state.count(q, k)))
        model.add_up((B, k), ((A, k), (U, k)))
        if state.is_shown(k):
            model.bound((A, k), *state.holding(A, k, bounds(state, A, k)))
            model.bound((C, k), *state.holding(C, k, bounds(state, C, k)))
            if state.step[k]:
                model.bound((B, k), *state.holding(B, k, bounds_before(state, k)))
        for row in state.analysis.levels:
            if row.same == k and row.ref in state.more.there:
                ends = state.holding(B, k, state.more.there[row.ref])
                model.bound((B, k), *ends)
    for whole, parts in sums:
        for q in (A, U, B, C):
            model.add_up(q if whole is None else (q, whole), [(q, k) for k in parts])
    model.narrow()
    return model


def bounds(state: State, quantity: str, k: int) -> tuple[int, int]:
    """Give the bounds of a count from its share in whole per cent."""
    whole = state.whole(quantity)
    share = shares.printed(state.count(quantity, k), whole, state.rule)
    return shares.people_of(share, whole, state.rule)


# the share before matching -----------------------------------------------------------


def exact(state: State, k: int) -> bool:
    """Tell whether the share before matching is told in whole per cent."""
    return state.step[k] == 1 and not state.is_range(k)


def ends_of(state: State, k: int) -> tuple[int, int]:
    """Give a share before matching as a range or a step, in per cent.

    A range holds (A + u) / (n + U) for every A that the share after matching allows,
    every U that may have been left unmatched, and every u of them that the rule allows
    at this level: fewer than T, all but fewer than T, or any.
    """
    few, all_but_few = state.sides(k)
    if not state.is_range(k):
        return shares.step_of(state.count(B, k), state.whole(B), state.step[k])
    (low, high), (least, most) = bounds(state, A, k), state.left
    t = state.rule.threshold
    if k in state.vague or not (few or all_but_few):
        pass  # any number of those left unmatched
    elif few and all_but_few:
        most = max(min(most, 2 * t), least)
    elif few:
        # the fewer were left besides, the larger the share of the few
        added = min(t, most)
        return shares.outwards(
            (low, state.n + most), (high + added, state.n + max(least, added))
        )
    else:
        return shares.outwards(
            (low + max(least - t, 0), state.n + max(least, min(t, most))),
            (high + most, state.n + most),
        )
    return shares.outwards((low, state.n + most), (high + most, state.n + most))


def bounds_before(state: State, k: int) -> tuple[int, int]:
    """Give the bounds of a count before matching from what is printed of it."""
    if exact(state, k):
        low, high = bounds(state, B, k)
        smd = state.more.smd.get(state.level[k].ref)
        if smd is not None and state.known:
            whole = state.whole(B)
            pool = shares.printed(state.count(C, k), state.whole(C), state.rule)
            low, high = shares.by_difference((low, high), whole, pool, smd)
    else:
        stepped, ends = not state.is_range(k), ends_of(state, k)
        # of how many it is a share may not be known
        low = shares.people_in(ends, state.n + state.left[0], step=stepped)[0]
        high = shares.people_in(ends, state.n + state.left[1], step=stepped)[1]
    return low, high


def printed_before(state: State, k: int) -> str | None:
    """Give the range that stands for a share before matching; None: it is hidden."""
    return shares.in_words(ends_of(state, k)) if state.step[k] else None
