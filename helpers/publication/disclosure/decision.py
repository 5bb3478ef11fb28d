"""The one decision on what a report may show, over everything that it holds.

In this order: what is withheld for its own counts; sizes and the flow; measures; pairs
of analyses and releases; levels of characteristics; and what follows from all that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.publication import refs
from helpers.publication.cells import Cell, Sum, by_ref
from helpers.publication.disclosure import apart, editions, levels, suppress
from helpers.publication.disclosure.counts import Counts
from helpers.publication.disclosure.rules import Profile, to_decimals, to_step
from helpers.publication.disclosure.rules import profile as profile_of
from helpers.publication.disclosure.structure import Analysis
from helpers.publication.people import BEFORE, COMPARISON, TREATED

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
    below: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.cells:
            base = name
            while base := base.rpartition(".")[0]:
                self.below.setdefault(base, []).append(name)

    def withhold(self, names: Iterable[str], rule: str) -> None:
        for name in names:
            if name in self.cells and self.cells[name].value is not None:
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
    _counts(case)
    _measures(case)
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


def _counts(case: _Case) -> None:
    kept = [analysis.name for analysis in case.analyses]
    cost = suppress.costs(case.cells, case.used, kept, _rank)
    counts = Counts(case.cells, case.sums, case.withheld, case.rule, cost)
    case.withheld |= counts.settle()


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
        shares = case.within(f"{name}.balance")
        told = apart.levels_tell(by_name[name], other, case.rule)
        # a rate and its own interval tell how many, so that it goes with the sizes
        kept = set() if told else set(shares)
        kinds = ("count", "rate", "mean")
        case.withhold(
            [n for n in numbers if case.cells[n].kind in kinds and n not in kept], why
        )


# levels ------------------------------------------------------------------------------


def _levels(case: _Case) -> None:
    more: dict[str, _More] = {one.name: _More() for one in case.analyses}
    told = {one.name: _of_one(case, one, more[one.name]) for one in case.analyses}
    splits = apart.splits(case.analyses)
    while moved := {name for s in splits for name in _share_out(case, s, told, more)}:
        for one in case.analyses:
            if one.name in moved:
                told[one.name] = _of_one(case, one, more[one.name])
    for analysis in case.analyses:
        _apply(case, analysis, told[analysis.name])


@dataclass
class _More:
    """Rows of an analysis that are hidden or told vaguely for the sake of another."""

    hidden: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)


def _of_one(case: _Case, analysis: Analysis, more: _More) -> levels.Told:
    shares = [level.ref for level in analysis.levels]
    rows = {ref: refs.within(ref, "mean_treatment") for ref in shares}
    shown = [ref for ref, cell in rows.items() if cell in case.cells]
    hidden = dict.fromkeys(more.hidden, "nested") | {
        ref: case.withheld[name]
        for ref in shown
        for name in case.within(ref)
        if name in case.withheld
    }
    left = _left(case, analysis)
    return levels.decide(analysis, shown, hidden, left, case.rule, vague=more.vague)


def _share_out(
    case: _Case,
    split: apart.Split,
    told: dict[str, levels.Told],
    more: dict[str, _More],
) -> set[str]:
    """Find rows that the other parts of a split would tell; gives whose they are.

    What is hidden in one is hidden in another, the one that is kept the least long, and
    where one tells vaguely what people were before matching, all do.
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
        for end in (ref.removeprefix(name) for ref in told[name].before):
            for other in others:
                row = other + end
                if row in rows[other] and row not in more[other].vague | set(
                    told[other].before
                ):
                    more[other].vague.add(row)
                    moved.add(other)
    return moved


def _left(case: _Case, analysis: Analysis) -> tuple[int, int]:
    """Give how many of the programme were left unmatched, as far as it is told."""
    left = analysis.sizes[BEFORE] - analysis.sizes[TREATED]
    names = [refs.within(analysis.name, n) for n in ("not_matched", "n_treatment")]
    aside = [refs.within(analysis.name, n) for n in ("set_aside", "not_near")]
    if any(name in case.withheld for name in (*names, *aside)):
        top = case.rule.threshold
        return 0, top if left < top else analysis.sizes[BEFORE]
    return left, left


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
    left = analysis.sizes[BEFORE] - n
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
