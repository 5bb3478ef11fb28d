"""The one decision on what a report may show, over everything that it holds.

In this order: what is withheld for its own counts; sizes and the flow; measures; pairs
of analyses and releases; levels of characteristics; and what follows from all that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from helpers.publication import refs
from helpers.publication.cells import EXEMPT, Cell, Sum, by_ref
from helpers.publication.disclosure import apart, editions, levels, suppress
from helpers.publication.disclosure.audit import MOST
from helpers.publication.disclosure.counts import Beside, Counts
from helpers.publication.disclosure.rules import Profile, to_decimals, to_step
from helpers.publication.disclosure.rules import profile as profile_of
from helpers.publication.disclosure.structure import Analysis
from helpers.publication.people import BEFORE, COMPARISON, SELECTED, TREATED

Value = float | str | None

#: what a count is, from what gives way first to what is kept longest
RANKS = {"reviewers": 0, "flow": 1, "linking": 2, "analysis": 3, "available": 4,
         "submitted": 5, "size": 6}  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """Released numbers by ref, and the rule by which each other one is withheld.

    `coarsened` are released as a range in place of a number; `merged` the boxes of the
    flow that are told together.
    """

    released: dict[str, Value]
    withheld: dict[str, str]
    coarsened: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()


@dataclass
class _Case:
    """A report before its decision, and what is withheld of it so far."""

    cells: dict[str, Cell]
    sums: list[Sum]
    analyses: list[Analysis]  # in the order in which they are kept
    earlier: list[Analysis]
    editions: list[dict[str, Any]]
    rule: Profile
    used: frozenset[str]
    withheld: dict[str, str] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)  # sizes a few people apart
    splits: list[apart.Split] = field(init=False)
    nested: list[tuple[str, str]] = field(init=False)
    below: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.splits = apart.splits(self.analyses)
        self.nested = apart.nested(self.analyses)
        for name in self.cells:
            base = name
            while base := base.rpartition(".")[0]:
                self.below.setdefault(base, []).append(name)

    def withhold(self, names: Iterable[str], rule: str) -> None:
        for name in names:
            cell = self.cells.get(name)
            if cell and cell.value is not None and cell.kind not in EXEMPT:
                self.withheld.setdefault(name, rule)

    def within(self, base: str) -> list[str]:
        return self.below.get(base, [])


def release(
    cells: Iterable[Cell],
    sums: Iterable[Sum],
    *,
    profile: str,
    threshold: int,
    analyses: Sequence[Analysis] = (),
    headlines: Collection[str] = (),
    earlier: Iterable[Analysis] = (),
    published: Sequence[dict[str, Any]] = (),
    used: Collection[str] | None = None,
) -> Decision:
    """Decide once over the whole report what is released.

    `analyses` are the people behind it (`structure.structure`), `headlines` the slugs
    of those that the report is headed by, `earlier` other releases on some of the same
    people, and `published` the results of this report's own earlier editions. `used`
    are the refs that the report shows, all where None. With the profile `none` (open
    data and made-up people only) everything is released. A count of zero that is a part
    of a sum is an empty box of the flow: nobody is in it, it may be shown.
    """
    known, sums = by_ref(cells), list(sums)
    rule = profile_of(profile, threshold)
    if rule is None:
        return Decision({name: cell.value for name, cell in known.items()}, {})
    shown = frozenset(known if used is None else used)
    order = sorted(analyses, key=lambda one: one.name not in headlines)
    case = _Case(known, sums, order, list(earlier), list(published), rule, shown)
    empty = suppress.empty_parts(known, sums)
    for cell in known.values():
        why = suppress.primary(cell, rule)
        if why and cell.ref not in empty:
            case.withheld[cell.ref] = why
    _give_way(case)
    _measures(case)
    suppress.follow(known, case.withheld)
    _shared_measures(case)
    _levels(case)
    suppress.complete(known, _of_shares(case), case.withheld)
    suppress.follow(known, case.withheld)
    _counts(case)  # what follows may have taken a part of a sum
    suppress.follow(known, case.withheld)
    return _decided(case)


def _decided(case: _Case) -> Decision:
    released: dict[str, Value] = {
        name: case.ranges.get(name, cell.value)
        for name, cell in case.cells.items()
        if name not in case.withheld
    }
    boxes = [
        name
        for name in case.withheld
        if name.startswith(f"{refs.BOX}.") and case.cells[name].kind == "count"
    ]
    together = _together(case, boxes)
    if together is not None:
        released[refs.OTHER_BOXES] = together
        if everyone := released.get(refs.SUBMITTED):
            share = to_decimals(100 * together / everyone, 0)
            released[refs.share(refs.OTHER_BOXES)] = share
    coarsened = frozenset(case.ranges) - set(case.withheld)
    merged = tuple(boxes) if together is not None else ()
    return Decision(released, case.withheld, coarsened, merged)


def _together(case: _Case, boxes: Sequence[str]) -> float | None:
    """Give how many lines are in the boxes that are told together, if that may be told.

    It follows from what is shown where the sum of all boxes does; where that sum is
    hidden, it would tell another hidden number of the flow, such as who was unmatched.
    """
    if len(boxes) < 2 or refs.LOST not in case.cells or refs.LOST in case.withheld:
        return None
    lines = sum(case.cells[name].numerator or 0 for name in boxes)
    if case.rule.unsafe(lines):
        return None
    return float(to_step(lines, case.rule.round_to))


# sizes and the flow ------------------------------------------------------------------


def _rank(ref: str) -> int:
    first, _, rest = ref.partition(".")
    if ref in (refs.AVAILABLE, refs.SUBMITTED):
        return RANKS[rest]
    if first == "intake":
        kind = "reviewers" if rest.startswith(("linkage.", "usable")) else "linking"
        if rest.startswith("box."):
            kind = "flow"
        return RANKS[kind]
    return RANKS["size" if rest == "n_treatment" else "analysis"]


def _counts(case: _Case) -> Counts:
    kept = [analysis.name for analysis in case.analyses]
    cost = suppress.costs(case.cells, case.used, kept, _rank)
    counts = Counts(
        case.cells, case.sums, case.withheld, case.rule, cost, beside=_beside(case)
    )
    case.withheld |= {
        name: why for name, why in counts.settle().items() if name in case.cells
    }
    return counts


def _beside(case: _Case) -> Beside:
    """Give what people tell of the flow: all who are selected, and who shares them.

    Those of an analysis are its matched and unmatched people; men and women make up
    all.
    """
    all_ = {one.name: refs.within(one.name, SELECTED) for one in case.analyses}
    parts = [
        Sum(
            all_[name],
            tuple(refs.within(name, n) for n in ("n_treatment", "not_matched")),
        )
        for name in all_
    ]
    shared = [
        Sum(all_[split.whole], tuple(all_[part] for part in split.parts))
        for split in case.splits
    ]
    unseen = {all_[one.name]: one.sizes[SELECTED] for one in case.analyses}
    return Beside(unseen, (*parts, *shared), case.near)


# measures ----------------------------------------------------------------------------


def _measures(case: _Case) -> None:
    """Hide sizes and rates that tell of a few beside those of another measure."""
    for analysis in case.analyses:
        for group, side in ((TREATED, "treatment"), (COMPARISON, "comparison")):
            if group not in analysis.groups:
                continue
            names = [outcome.name for outcome in analysis.outcomes]
            sizes = {n: refs.within(analysis.name, f"{n}.n_{side}") for n in names}
            sizes[""] = refs.within(analysis.name, f"n_{side}")
            rates = {n: refs.within(analysis.name, f"{n}.value_{side}") for n in names}
            if group == COMPARISON:
                rates = {}  # weighted: no count of people follows from it
            found = apart.of_outcomes(
                analysis, group, _shown(case, sizes), _shown(case, rates), case.rule
            )
            gone = apart.shown_apart(found, case.rule)
            # how wide its own interval is tells of how many
            ends = [
                name
                for ref in gone
                for name in case.within(ref.rpartition(".")[0])
                if f".ci_{side}_" in name
            ]
            case.withhold([*gone, *ends], "known for")


def _shared_measures(case: _Case) -> None:
    """Hide of a measure in another part of a split too what is hidden in one of them.

    Or who reoffended among the women follows from all and from the men.
    """
    by_name = {one.name: one for one in case.analyses}
    order = list(by_name)
    for split in case.splits:
        members = (split.whole, *split.parts)
        whole, *parts = (by_name[name].groups[TREATED] for name in members)
        if max(apart.apart(np.bitwise_or.reduce(parts), whole)) >= case.rule.threshold:
            continue  # too many are matched in one alone for their measures to add up
        for name in members:
            others = sorted((m for m in members if m != name), key=order.index)
            for outcome in by_name[name].outcomes:
                for end in ("n_treatment", "value_treatment"):
                    ref = f"{outcome.name}.{end}"
                    beside = [refs.within(m, ref) for m in others]
                    gone = refs.within(name, ref) in case.withheld
                    if gone and not any(one in case.withheld for one in beside):
                        case.withhold(beside[-1:], "nested")


def _shown(case: _Case, names: dict[str, str]) -> dict[str, str]:
    """Give those that are numbers about people and not withheld."""
    return {
        key: name
        for key, name in names.items()
        if name in case.cells
        and name not in case.withheld
        and case.cells[name].kind in ("count", "rate")
        and case.cells[name].value is not None
    }


# pairs of analyses, and releases -----------------------------------------------------


def _give_way(case: _Case) -> None:
    """Hide what tells of the few by whom an analysis differs from another."""
    found = apart.gives_way(case.analyses, case.earlier, case.rule)
    by_name = {analysis.name: analysis for analysis in case.analyses}
    for analysis in case.analyses:
        if editions.few_apart(analysis, case.editions, case.rule):
            found.setdefault(analysis.name, ("edition", analysis))
    for name, (why, other) in found.items():
        numbers = case.within(name)
        case.near[refs.within(name, "n_treatment")] = other.sizes[TREATED]
        shares = case.within(f"{name}.balance")
        told = apart.levels_tell(by_name[name], other, case.rule)
        # a rate and its own interval tell how many, so that it goes with the sizes
        kept = set() if told else set(shares)
        kinds = ("count", "rate", "mean")
        case.withhold(
            [n for n in numbers if case.cells[n].kind in kinds and n not in kept], why
        )
    if any(why == "edition" for why, _ in found.values()):
        case.withhold(_flow(case), "edition")


def _flow(case: _Case) -> list[str]:
    """Give the counts of the flow, which two lists a few people apart tell as well."""
    ends = ("filtered", "not_matched", "not_analysed", "set_aside", "not_near")
    of_all = [name for name in case.cells if name.startswith("intake.")]
    own = [refs.within(one.name, end) for one in case.analyses for end in ends]
    return [n for n in [*of_all, *own]
            if n in case.cells and case.cells[n].kind == "count"]  # fmt: skip


# levels ------------------------------------------------------------------------------


def _levels(case: _Case) -> None:
    more: dict[str, levels.More] = {one.name: levels.More() for one in case.analyses}
    counts = _counts(case)
    told = {
        one.name: _of_one(case, one, more[one.name], counts) for one in case.analyses
    }
    while moved := {
        *_blur(case, told, more),
        *(
            name
            for split in case.splits
            for name in _share_out(case, split, told, more)
        ),
    }:
        for one in case.analyses:
            if one.name in moved:
                told[one.name] = _of_one(case, one, more[one.name], counts)
    for analysis in case.analyses:
        _apply(case, analysis, told[analysis.name])
    _bands(case, counts)


def _of_one(
    case: _Case, analysis: Analysis, more: levels.More, counts: Counts
) -> levels.Told:
    shares = [level.ref for level in analysis.levels]
    rows = {ref: refs.within(ref, "mean_treatment") for ref in shares}
    shown = [ref for ref, cell in rows.items() if cell in case.cells]
    hidden = dict.fromkeys(more.hidden, "nested") | {
        ref: case.withheld[name]
        for ref in shown
        for name in case.within(ref)
        if name in case.withheld
    }
    left = _left(case, analysis, counts)
    ends = {ref: case.cells.get(refs.within(ref, "smd_before")) for ref in shown}
    more.smd = {ref: cell.value for ref, cell in ends.items() if cell}
    return levels.decide(analysis, shown, hidden, left, case.rule, more=more)


def _share_out(
    case: _Case,
    split: apart.Split,
    told: dict[str, levels.Told],
    more: dict[str, levels.More],
) -> set[str]:
    """Find rows that the other parts of a split would tell; gives whose they are.

    What is hidden in one is hidden in another, the one that is kept the least long.
    """
    order = [one.name for one in case.analyses]
    rows = {one.name: {level.ref for level in one.levels} for one in case.analyses}
    members, moved = (split.whole, *split.parts), set()
    for name in members:
        others = sorted((m for m in members if m != name), key=order.index)
        for end in (ref.removeprefix(name) for ref in told[name].hidden):
            beside = [m for m in others if m + end in rows[m]]
            if beside and not any(m + end in told[m].hidden for m in beside):
                more[beside[-1]].hidden.add(beside[-1] + end)
                moved.add(beside[-1])
    return moved


def _blur(
    case: _Case, told: dict[str, levels.Told], more: dict[str, levels.More]
) -> set[str]:
    """Find rows that tell vaguely what people were before matching in one analysis.

    In those that hold its people, or are held by it, they have to be as vague.
    """
    rows = {one.name: {level.ref for level in one.levels} for one in case.analyses}
    moved = set()
    for pair in case.nested:
        for name, other in (pair, pair[::-1]):
            wanted = {other + ref.removeprefix(name) for ref in told[name].before}
            new = (wanted & rows[other]) - more[other].vague
            if new:
                more[other].vague |= new
                moved.add(other)
    for large, small in case.nested:
        moved |= {
            *_bound(more[large], large, small, told[small].matched, upper=False),
            *_bound(more[small], small, large, told[large].there, upper=True),
        }
    return moved


def _bound(
    more: levels.More,
    name: str,
    other: str,
    known: dict[str, tuple[int, int]],
    *,
    upper: bool,
) -> set[str]:
    """Bound people before matching by another analysis; gives its name if that is new.

    Whoever is matched in a part was there in the whole before, and the part has no more
    people than the whole.
    """
    moved = set()
    for ref, (low, high) in known.items():
        row = name + ref.removeprefix(other)
        old = more.there.get(row, (0, MOST))
        new = (old[0], min(old[1], high)) if upper else (max(old[0], low), old[1])
        if new != old:
            more.there[row] = new
            moved.add(name)
    return moved


def _left(case: _Case, analysis: Analysis, counts: Counts) -> tuple[int, int]:
    """Give how many of the programme were left unmatched, as far as it is told.

    Of those who have a score: where some have none, and that is hidden, up to as many
    as were not matched in all.
    """
    name, left = refs.within(analysis.name, "not_matched"), _unmatched(analysis)
    if name not in case.cells:
        return left, left
    aside = analysis.sizes[SELECTED] - analysis.sizes[BEFORE]
    low, high = counts.span(name)
    names = [refs.within(analysis.name, n) for n in ("set_aside", "not_near")]
    if aside and any(n in case.withheld for n in names):
        low = 0
    elif aside:
        low, high = low - aside, high - aside
    if case.rule.unsafe(left) and left:
        # fewer than the threshold, to one who knows the rule
        high = min(high, case.rule.threshold)
    return min(max(low, 0), left), max(high, left)


def _unmatched(analysis: Analysis) -> int:
    return analysis.sizes[BEFORE] - analysis.sizes[TREATED]


def _bands(case: _Case, counts: Counts) -> None:
    """Hide the bands of the score where they would tell of how many people they are."""
    for analysis in case.analyses:
        left = _left(case, analysis, counts)
        if levels.tells_size(left, analysis.sizes[TREATED]):
            case.withhold(case.within(f"{analysis.name}.overlap"), "unmatched")


def _apply(case: _Case, analysis: Analysis, told: levels.Told) -> None:
    for ref, why in told.hidden.items():
        case.withhold(case.within(ref), why)
    for ref, text in told.before.items():
        name = refs.within(ref, "mean_treatment_before")
        if name not in case.cells:
            continue
        if text is None:
            case.withhold([name], "unmatched")
        else:
            case.ranges[name] = text
        case.withhold([refs.within(ref, "smd_before")], "unmatched")
    _means_before(case, analysis)


def _means_before(case: _Case, analysis: Analysis) -> None:
    """Hide means before matching that would tell what the few unmatched were like.

    With one decimal, n people's total is known to 0.05·n: of the unmatched, fewer than
    T, that is worth knowing unless it could be any number up to the mean itself.
    """
    few, n = case.rule.threshold - 1, analysis.sizes[TREATED]
    left = _unmatched(analysis)
    if not case.rule.unsafe(left) or not left:
        return
    for name in case.within(f"{analysis.name}.balance"):
        cell, base = case.cells[name], name.rpartition(".")[0]
        after = case.cells.get(refs.within(base, "mean_treatment"))
        if cell.kind != "mean" or not name.endswith(".mean_treatment_before"):
            continue
        blur = 0.05 * (2 * n + few) / few
        if after is None or after.value is None or blur < abs(float(after.value)):
            case.withhold([name, refs.within(base, "smd_before")], "unmatched")


def _of_shares(case: _Case) -> list[Sum]:
    """Give sums of shares that are of no characteristic: bands of the score."""
    return [
        one
        for one in case.sums
        if one.total in case.cells and case.cells[one.total].kind == "setting"
    ]
