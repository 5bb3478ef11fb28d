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
from helpers.publication.disclosure.audit import tells, tells_of_group
from helpers.publication.disclosure.level_state import (
    A,
    B,
    C,
    More,
    Name,
    State,
    Sum,
    U,
    bounds,
    bounds_before,
    exact,
    levels_in,
    model_of,
    printed_before,
)
from helpers.publication.disclosure.rules import STEPS, Profile
from helpers.publication.disclosure.structure import Analysis, Level
from helpers.publication.people import COMPARISON, POOL, TREATED


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
    state = State(
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
        row.ref: printed_before(state, row.same)
        for row in rows
        if row.ref in shown and state.is_shown(row.same) and not exact(state, row.same)
    }
    left_shown = {
        row.ref: row.same
        for row in rows
        if row.ref in shown and state.is_shown(row.same)
    }
    matched = {ref: bounds(state, A, k) for ref, k in left_shown.items()}
    there = {
        ref: bounds_before(state, k) for ref, k in left_shown.items() if state.step[k]
    }
    return Told(found, before, matched, there)


def _why(state: State, row: Level, rows: list[Level]) -> str:
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


# the choice --------------------------------------------------------------------------


def _settle(state: State, sums: list[Sum]) -> None:
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
    state: State, sums: list[Sum], circles: bool
) -> Iterator[Callable[[], bool]]:
    """Give what to do about each count that is told; each does something, or False."""
    yield from _too_few(state, sums)
    model = model_of(state, sums)
    yield from _told(state, sums, model.span)
    if circles:
        yield from _told(state, sums, model.exact)


def _too_few(state: State, sums: list[Sum]) -> Iterator[Callable[[], bool]]:
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
    state: State, sums: list[Sum], span: Callable[[Name], tuple[int, int]]
) -> Iterator[Callable[[], bool]]:
    """Give what to do about each unsafe count of which bounds say too much."""
    rule = state.rule
    for k in levels_in(sums):
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


def _tells_unmatched(state: State, span: tuple[int, int], of: int) -> bool:
    """Tell whether bounds say too much of those left unmatched at a level."""
    whole, rule = state.unmatched, state.rule
    if state.known:
        return tells_of_group(span, of, whole, rule)
    # of how many in all is hidden, but that all but a few may be at this level is not
    most = whole - of
    all_but_few = whole >= rule.threshold and rule.unsafe(most)
    return tells(span, of, rule) or (all_but_few and whole - span[0] < rule.threshold)


def _hide_one_more(
    state: State, near: list[Sum], why: str, all_sums: list[Sum] | None = None
) -> bool:
    """Hide the smallest level shown in these sums; elsewhere if none is left."""
    for sums in (near, all_sums or []):
        candidates = [k for k in levels_in(sums) if state.is_shown(k)]
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


def _coarsen(state: State, k: int, sums: list[Sum]) -> bool:
    """Tell the shares before matching of a variable more coarsely, or not at all."""
    near = [one for one in sums if k in (one[0], *one[1])]
    for of in (near, sums):
        shown = [j for j in levels_in(of) if state.is_shown(j) and state.step[j]]
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
