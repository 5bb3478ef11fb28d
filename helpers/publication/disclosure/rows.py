"""Rows of the balance table over all analyses: what is hidden, what told as a range.

`levels` decides on one analysis; analyses of the same, of nested or of shared out
people tell of each other.
"""

from helpers.publication import refs
from helpers.publication.disclosure import apart, levels
from helpers.publication.disclosure.audit import MOST
from helpers.publication.disclosure.case import Case
from helpers.publication.disclosure.counts import Counts, settle
from helpers.publication.disclosure.level_state import More, tells_size
from helpers.publication.disclosure.structure import Analysis
from helpers.publication.people import BEFORE, SELECTED, TREATED


def decide(case: Case) -> None:
    """Hide rows of every analysis, and put ranges in the place of shares before."""
    more: dict[str, More] = {one.name: More() for one in case.analyses}
    counts = settle(case)
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


def _of_one(case: Case, analysis: Analysis, more: More, counts: Counts) -> levels.Told:
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
    case: Case,
    split: apart.Split,
    told: dict[str, levels.Told],
    more: dict[str, More],
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


def _blur(case: Case, told: dict[str, levels.Told], more: dict[str, More]) -> set[str]:
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
    more: More,
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


def _left(case: Case, analysis: Analysis, counts: Counts) -> tuple[int, int]:
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


def _bands(case: Case, counts: Counts) -> None:
    """Hide the bands of the score where they would tell of how many people they are."""
    for analysis in case.analyses:
        left = _left(case, analysis, counts)
        if tells_size(left, analysis.sizes[TREATED]):
            case.withhold(case.within(f"{analysis.name}.overlap"), "unmatched")


def _apply(case: Case, analysis: Analysis, told: levels.Told) -> None:
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


def _means_before(case: Case, analysis: Analysis) -> None:
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
