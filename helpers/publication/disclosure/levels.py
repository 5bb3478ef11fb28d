"""Which levels of characteristics are hidden, and how finely "before" is told.

For each level A people were matched, B were there before, U = B - A were left
unmatched and C are in the pool. Where U is unsafe, the share before matching is told as
a range that holds every unsafe U: it follows from what is shown and from the rule
alone, so that it tells nothing more. The other shares of that variable are told in
steps where the sum would give U away. Hidden levels take others with them until bounds
say little enough.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from helpers.publication.disclosure import shares
from helpers.publication.disclosure.audit import Model, tells, tells_of_group
from helpers.publication.disclosure.rules import STEPS, Profile
from helpers.publication.disclosure.structure import Analysis, Level
from helpers.publication.people import BEFORE, COMPARISON, POOL, TREATED

A, B, U, C = "matched", "before", "unmatched", "pool"
OF = {A: TREATED, B: BEFORE, C: POOL}

#: people of whom shares in whole per cent say nothing of how many they are
SIZE_TOLD = 200

Name = tuple[str, int]
Sum = tuple[int | None, tuple[int, ...]]  # a level and its parts; None: everybody


@dataclass(frozen=True)
class Told:
    """What is told of an analysis' levels: rules of hidden rows, ranges of "before".

    A range of None means that the share before matching is hidden by itself. `matched`
    and `there` bound the people of each row that is shown, after and before matching.
    """

    hidden: dict[str, str]
    before: dict[str, str | None]
    matched: dict[str, tuple[int, int]] = field(default_factory=dict)
    there: dict[str, tuple[int, int]] = field(default_factory=dict)


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
class _State:
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
        return self.analysis.sizes[TREATED]

    @property
    def unmatched(self) -> int:
        return self.analysis.sizes[BEFORE] - self.n

    @property
    def known(self) -> bool:
        """Whether everybody can tell how many were left unmatched."""
        return self.left[0] == self.left[1]

    def count(self, quantity: str, k: int) -> int:
        counts = self.level[k].counts
        if quantity == U:
            return counts[BEFORE] - counts[TREATED]
        return counts[OF[quantity]]

    def whole(self, quantity: str) -> int:
        return self.unmatched if quantity == U else self.analysis.sizes[OF[quantity]]

    def is_shown(self, k: int) -> bool:
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


def decide(
    analysis: Analysis,
    shown: Iterable[str],
    hidden: dict[str, str],
    left: tuple[int, int],
    rule: Profile,
    *,
    more: More | None = None,
) -> Told:
    """Decide which levels of an analysis are hidden besides those that are already.

    `shown` are the refs of rows that the report has, `hidden` those of them that are
    withheld for their own counts, by rule; `left` how many were left unmatched as far
    as a reader can tell, and `more` what other analyses tell.
    """
    rows, shown = analysis.levels, set(shown)
    state = _State(
        analysis,
        rule,
        left,
        {row.same: row for row in reversed(rows)},
        {row.same for row in rows if row.ref in shown},
    )
    state.step = dict.fromkeys(state.shown, 1)
    for row in rows:
        if row.ref in hidden:
            state.hidden[row.same] = hidden[row.ref]
    state.more = more or More()
    state.vague = {row.same for row in rows if row.ref in state.more.vague}
    for sums in _connected(analysis):
        _settle(state, sums)
    found = {
        row.ref: hidden.get(row.ref) or _why(state, row, rows)
        for row in rows
        if row.ref in shown and row.same in state.hidden
    }
    before = {
        row.ref: _printed(state, row.same)
        for row in rows
        if row.ref in shown and state.is_shown(row.same) and not _exact(state, row.same)
    }
    left_shown = {
        row.ref: row.same
        for row in rows
        if row.ref in shown and state.is_shown(row.same)
    }
    matched = {ref: _bounds(state, A, k) for ref, k in left_shown.items()}
    there = {
        ref: _bounds_before(state, k) for ref, k in left_shown.items() if state.step[k]
    }
    return Told(found, before, matched, there)


def _why(state: _State, row: Level, rows: list[Level]) -> str:
    others = [r for r in rows if r.same == row.same and r.ref != row.ref]
    rule = state.hidden[row.same]
    return "same people" if others and rule != "sum" else rule


# what adds up ------------------------------------------------------------------------


def _connected(analysis: Analysis) -> list[list[Sum]]:
    """Give the sums of an analysis' levels, those that share a level together."""
    parts: dict[str, list[int]] = {}
    for level in analysis.levels:
        parts.setdefault(level.variable, []).append(level.same)
    sums: list[Sum] = [
        (None, tuple(k)) for k in dict.fromkeys(map(tuple, parts.values()))
    ]
    # the shorter sums first: what is hidden for them serves the longer ones too
    sums = sorted([*sums, *analysis.refines], key=lambda one: len(one[1]))
    groups: list[tuple[set[int], list[Sum]]] = []
    for one in sums:
        levels, together = {k for k in (one[0], *one[1]) if k is not None}, [one]
        apart = []
        for known, of in groups:
            if known & levels:
                levels, together = levels | known, [*of, *together]
            else:
                apart.append((known, of))
        groups = [*apart, (levels, together)]
    return [of for _, of in groups]


def _levels(sums: Iterable[Sum]) -> list[int]:
    return sorted(
        {k for whole, parts in sums for k in (whole, *parts) if k is not None}
    )


def _model(state: _State, sums: list[Sum]) -> Model:
    """Give what everybody can tell of the levels that these sums are over."""
    model = Model()
    model.bound(A, state.n, state.n)
    model.bound(U, *state.left)
    model.bound(C, state.whole(C), state.whole(C))
    model.add_up(B, (A, U))
    for k in _levels(sums):
        there = int(k in state.shown)
        model.bound((B, k), there)
        model.bound((C, k), there)
        model.add_up((B, k), ((A, k), (U, k)))
        if state.is_shown(k):
            model.bound((A, k), *_bounds(state, A, k))
            model.bound((C, k), *_bounds(state, C, k))
            if state.step[k]:
                model.bound((B, k), *_bounds_before(state, k))
        for row in state.analysis.levels:
            if row.same == k and row.ref in state.more.there:
                model.bound((B, k), *state.more.there[row.ref])
    for whole, parts in sums:
        for q in (A, U, B, C):
            model.add_up(q if whole is None else (q, whole), [(q, k) for k in parts])
    model.narrow()
    return model


def _bounds(state: _State, quantity: str, k: int) -> tuple[int, int]:
    whole = state.whole(quantity)
    share = shares.printed(state.count(quantity, k), whole, state.rule)
    return shares.people_of(share, whole, state.rule)


# the share before matching -----------------------------------------------------------


def _exact(state: _State, k: int) -> bool:
    """Tell whether the share before matching is told in whole per cent."""
    return state.step[k] == 1 and not state.is_range(k)


def _ends(state: _State, k: int) -> tuple[int, int]:
    """Give a share before matching as a range or a step, in per cent.

    A range holds (A + u) / (n + U) for every A that the share after matching allows,
    every U that may have been left unmatched, and every u of them that the rule allows
    at this level: fewer than T, all but fewer than T, or any.
    """
    few, all_but_few = state.sides(k)
    if not state.is_range(k):
        return shares.step_of(state.count(B, k), state.whole(B), state.step[k])
    (low, high), (least, most) = _bounds(state, A, k), state.left
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


def _bounds_before(state: _State, k: int) -> tuple[int, int]:
    """Give the bounds of a count before matching from what is printed of it."""
    if _exact(state, k):
        low, high = _bounds(state, B, k)
        smd = state.more.smd.get(state.level[k].ref)
        if smd is not None and state.known:
            whole = state.whole(B)
            pool = shares.printed(state.count(C, k), state.whole(C), state.rule)
            low, high = shares.by_difference((low, high), whole, pool, smd)
    else:
        stepped, ends = not state.is_range(k), _ends(state, k)
        # of how many it is a share may not be known
        low = shares.people_in(ends, state.n + state.left[0], step=stepped)[0]
        high = shares.people_in(ends, state.n + state.left[1], step=stepped)[1]
    return low, high


def _printed(state: _State, k: int) -> str | None:
    return shares.in_words(_ends(state, k)) if state.step[k] else None


# the choice --------------------------------------------------------------------------


def _settle(state: _State, sums: list[Sum]) -> None:
    """Hide and coarsen until bounds say little enough of every unsafe count."""
    circles = _circles(sums)
    while any(mend() for mend in _problems(state, sums, circles)):
        pass


def _circles(sums: list[Sum]) -> bool:
    """Tell whether sums close a circle, which closed forms do not see through.

    Areas that make up regions do not: that all of them make up everybody follows.
    """
    inside = [set(parts) for whole, parts in sums if whole is not None]
    wholes = {whole for whole, _ in sums if whole is not None}
    kept = []
    for whole, parts in sums:
        tops = set(parts)
        makes_up = [of for of in inside if of <= tops]
        if whole is None and makes_up and set().union(*makes_up) == tops and wholes:
            continue
        kept.append({*parts} | (set() if whole is None else {whole}))
    levels = set().union(*kept) if kept else set()
    # a forest has as many nodes as edges and trees together; the sums are connected
    return sum(map(len, kept)) >= len(levels) + len(kept)


def _problems(
    state: _State, sums: list[Sum], circles: bool
) -> Iterator[Callable[[], bool]]:
    """Give what to do about each count that is told; each does something, or False."""
    yield from _too_few(state, sums)
    model = _model(state, sums)
    yield from _told(state, sums, model.span)
    if circles:
        yield from _told(state, sums, model.exact)


def _too_few(state: _State, sums: list[Sum]) -> Iterator[Callable[[], bool]]:
    """Give what to do where the hidden parts of a sum are few people together."""
    for whole, parts in sums:
        hidden = [k for k in parts if not state.is_shown(k)]
        if not hidden or (whole is not None and not state.is_shown(whole)):
            continue
        for group in (TREATED, POOL, COMPARISON):
            together = sum(state.level[k].counts.get(group, 0) for k in hidden)
            if state.rule.unsafe(together) and len(hidden) < len(parts):
                yield partial(_hide_one_more, state, [(whole, parts)], "sum")


def _told(
    state: _State, sums: list[Sum], span: Callable[[Name], tuple[int, int]]
) -> Iterator[Callable[[], bool]]:
    """Give what to do about each unsafe count of which bounds say too much."""
    rule = state.rule
    for k in _levels(sums):
        there = int(k in state.shown)
        if not state.is_shown(k):
            for q in (A, C, *([B] if state.known else [])):
                count, whole = state.count(q, k), state.whole(q)
                if not (rule.unsafe(count) or rule.unsafe(whole - count)):
                    continue
                if tells_of_group(span((q, k)), count, whole, rule, least=there):
                    near = [one for one in sums if k in (one[0], *one[1])]
                    yield partial(_hide_one_more, state, near, "sum", sums)
        if not any(state.sides(k)):
            continue
        if _tells_unmatched(state, span((U, k)), state.count(U, k)):
            yield partial(_coarsen, state, k, sums)


def _tells_unmatched(state: _State, span: tuple[int, int], of: int) -> bool:
    """Tell whether bounds say too much of those left unmatched at a level."""
    whole, rule = state.unmatched, state.rule
    if state.known:
        return tells_of_group(span, of, whole, rule)
    # of how many in all is hidden, but that all but a few may be at this level is not
    most = whole - of
    all_but_few = whole >= rule.threshold and rule.unsafe(most)
    return tells(span, of, rule) or (all_but_few and whole - span[0] < rule.threshold)


def _hide_one_more(
    state: _State, near: list[Sum], why: str, all_sums: list[Sum] | None = None
) -> bool:
    """Hide the smallest level shown in these sums; elsewhere if none is left."""
    for sums in (near, all_sums or []):
        candidates = [k for k in _levels(sums) if state.is_shown(k)]
        if candidates:
            # by what is printed, so that the choice tells nothing of hidden counts
            key = min(
                candidates,
                key=lambda k: (
                    sum(row.same == k for row in state.analysis.levels),
                    shares.printed(state.count(A, k), state.n, state.rule),
                    state.level[k].ref,
                ),
            )
            state.hidden[key] = why
            return True
    return False


def _coarsen(state: _State, k: int, sums: list[Sum]) -> bool:
    """Tell the shares before matching of a variable more coarsely, or not at all."""
    near = [one for one in sums if k in (one[0], *one[1])]
    for of in (near, sums):
        shown = [j for j in _levels(of) if state.is_shown(j) and state.step[j]]
        stepped = [j for j in shown if not state.is_range(j)]
        for j in stepped or shown:
            later = [step for step in STEPS if step > state.step[j]]
            state.step[j] = later[0] if later and stepped else 0
        if shown:
            return True
    if state.is_shown(k):
        state.hidden[k] = "unmatched"
        return True
    return False
