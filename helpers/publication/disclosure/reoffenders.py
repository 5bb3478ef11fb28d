"""Those who reoffended, where two measures or analyses differ by a few of them.

How many reoffended within two years and within one, of all and of those of one wing:
beside each other two such numbers tell how many did in between, however many people the
analyses differ by. The size of a measure of reoffenders tells it exactly. What is kept
less long goes, with every measure of the same reoffenders.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from helpers.publication import refs
from helpers.publication.disclosure import shares
from helpers.publication.disclosure.audit import tells_of_group
from helpers.publication.disclosure.case import Case
from helpers.publication.disclosure.rules import Profile
from helpers.publication.disclosure.structure import Analysis, Outcome, apart, count
from helpers.publication.people import COMPARISON, TREATED
from helpers.request.measures.standard import named

#: most analyses that are taken together to see whether they make up another
TOGETHER = 3
SIDES = {TREATED: "treatment", COMPARISON: "comparison"}
#: of a measure of everybody, what says of whom it is known and not what they did
SIZES = ("n_treatment", "n_comparison", "effective_comparison")

#: what a measure must show to tell of reoffenders: of everybody, and of them alone
ENDS = {False: ("value_treatment", "value_comparison"), True: SIZES[:2]}

Family = tuple[int, tuple[str, ...]]  # days within which offences count, and which do


def decide(case: Case) -> None:
    """Hide what tells of the few reoffenders by whom measures and analyses differ."""
    for analysis in case.analyses:
        for family in _near_families(analysis, case.rule):
            hide(case, analysis, family, "nested")
    kept = list(case.earlier)
    for analysis in case.analyses:
        for others, between in _between(analysis, kept, case.rule):
            released = any(one is other for one in others for other in case.earlier)
            why = "edition" if released else "apart"
            _give_way(case, analysis, others, between, why)
        kept.append(analysis)


def family_of(outcome: str) -> Family | None:
    """Give whose reoffending a measure is about; None of a measure of one's own."""
    row = named(outcome)
    return (row.horizon, row.offences) if row else None


def hide(case: Case, analysis: Analysis, family: Family, why: str) -> None:
    """Hide every measure of the same reoffenders in an analysis."""
    for outcome in analysis.outcomes:
        if family_of(outcome.name) == family:
            _hide(case, analysis, outcome, why)


def _hide(case: Case, analysis: Analysis, outcome: Outcome, why: str) -> None:
    """Hide a measure; that of everybody is still known of as many."""
    base = refs.within(analysis.name, outcome.name)
    sizes = (
        () if _of_some(outcome.name) else tuple(refs.within(base, end) for end in SIZES)
    )
    case.withhold([name for name in case.within(base) if name not in sizes], why)


# measures of an analysis -------------------------------------------------------------


def _near_families(analysis: Analysis, rule: Profile) -> list[Family]:
    """Give families that differ from one kept by few who reoffended, or by nobody."""
    kept: list[Family] = []
    gone = []
    families = dict.fromkeys(family_of(one.name) for one in analysis.outcomes)
    for family in (one for one in families if one is not None):
        own = _events(analysis, family)
        near = any(
            _few_more(own & people, _events(analysis, other) & people, rule)
            for other in kept
            for group, people in analysis.groups.items()
            if group in SIDES
        )
        (gone if near else kept).append(family)
    return gone


def _few_more(one: np.ndarray, other: np.ndarray, rule: Profile) -> bool:
    """Tell whether one group lies within another and few are in that alone."""
    more, less = apart(one, other)
    return not (more and less) and rule.unsafe(max(more, less))


def _events(analysis: Analysis, family: Family) -> np.ndarray:
    """Give everybody who reoffended, as any measure of a family tells."""
    own = [one for one in analysis.outcomes if family_of(one.name) == family]
    return np.bitwise_or.reduce([_told_of(one) for one in own])


def _told_of(outcome: Outcome) -> np.ndarray:
    """Give those whom a measure says to have had its event."""
    return outcome.known if _of_some(outcome.name) else outcome.event


# analyses ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Between:
    """The people by whom analyses differ in a group, and which is the whole."""

    group: str
    whole: Analysis
    parts: tuple[Analysis, ...]
    people: np.ndarray


def _between(
    analysis: Analysis, kept: Sequence[Analysis], rule: Profile
) -> Iterator[tuple[tuple[Analysis, ...], Between]]:
    """Give people by whom an analysis and others differ, whichever is the whole.

    Few who are in the other alone blur what is told of them, and no more.
    """
    for size in range(1, TOGETHER + 1):
        for others in combinations(kept, size):
            family = (analysis, *others)
            for group in SIDES:
                if any(group not in one.groups for one in family):
                    continue
                width = max(len(one.groups[group]) for one in family)
                bits = [_wide(one.groups[group], width) for one in family]
                # of two analyses either is what the other is apart from
                for i, whole in enumerate(family[: None if size > 1 else 1]):
                    rest = [one for j, one in enumerate(bits) if j != i]
                    people = _differ(bits[i], rest, rule)
                    if people is not None:
                        parts = tuple(one for one in family if one is not whole)
                        yield others, Between(group, whole, parts, people)


def _wide(bits: np.ndarray, width: int) -> np.ndarray:
    return np.pad(bits[:width], (0, max(width - len(bits), 0)))


def _differ(
    whole: np.ndarray, parts: Sequence[np.ndarray], rule: Profile
) -> np.ndarray | None:
    """Give the people in one of a whole and its parts alone; None where many blur."""
    together = np.bitwise_or.reduce(list(parts))
    if sum(map(count, parts)) - count(together) >= rule.threshold:
        return None
    more, less = whole & ~together, together & ~whole
    few, many = sorted((more, less), key=count)
    return many if count(few) < rule.threshold and count(many) else None


def _give_way(
    case: Case,
    analysis: Analysis,
    others: Sequence[Analysis],
    between: Between,
    why: str,
) -> None:
    """Hide of an analysis what it tells, beside others, of those between them."""
    shared = set.intersection(
        *({one.name for one in other.outcomes} for other in (analysis, *others))
    )
    for outcome in analysis.outcomes:
        if outcome.name not in shared or _is_hidden(case, others, outcome.name):
            continue
        known, event = _in_between(between, outcome.name)
        whole = count(between.people)
        if _of_some(outcome.name):
            if case.rule.unsafe(known) or case.rule.unsafe(whole - known):
                _hide(case, analysis, outcome, why)
        elif known < whole and case.rule.unsafe(whole - known):
            _hide(case, analysis, outcome, why)
            sizes = [refs.within(outcome.name, end) for end in SIZES]
            case.withhold([refs.within(analysis.name, n) for n in sizes], why)
        if _rates_tell(case, outcome.name, between, event, known):
            family = family_of(outcome.name)
            if family and not _of_some(outcome.name):
                hide(case, analysis, family, why)
            _hide(case, analysis, outcome, why)


def _in_between(between: Between, outcome: str) -> tuple[int, int]:
    """Count of whom of those between an outcome is known, and who has its event."""
    people, own = between.people, (between.whole, *between.parts)
    same = [one for a in own for one in a.outcomes if one.name == outcome]
    return tuple(
        count(np.bitwise_or.reduce([_wide(b, len(people)) for b in bits]) & people)
        for bits in ([one.known for one in same], [one.event for one in same])
    )


def _is_hidden(case: Case, others: Sequence[Analysis], outcome: str) -> bool:
    """Tell whether another analysis tells nothing of a measure: neither size nor rate.

    What an earlier release told stays told.
    """
    return any(
        not any(one is other for other in case.earlier)
        and all(
            refs.within(one.name, f"{outcome}.{end}") in case.withheld
            or refs.within(one.name, f"{outcome}.{end}") not in case.cells
            for end in ENDS[_of_some(outcome)]
        )
        for one in others
    )


def _of_some(outcome: str) -> bool:
    row = named(outcome)
    return bool(row and row.of_whom == "reoffenders")


def _rates_tell(
    case: Case, outcome: str, between: Between, event: int, known: int
) -> bool:
    """Tell whether rates as printed say too much of those between analyses."""
    ref = refs.within(between.whole.name, f"{outcome}.value_{SIDES[between.group]}")
    cell = case.cells.get(ref)
    # weighted shares of comparison people are no counts of them
    if cell is None or cell.kind != "rate" or between.group == COMPARISON:
        return False
    ends = []
    for one in (between.whole, *between.parts):
        own = next(o for o in one.outcomes if o.name == outcome)
        people = one.groups[between.group]
        having, of = count(own.event & people), count(own.known & people)
        ends.append(shares.people_of_rate(having, of, case.rule))
    (low, high), parts = ends[0], ends[1:]
    span = low - sum(p[1] for p in parts), high - sum(p[0] for p in parts)
    if span[1] <= 0 or (span[0] < 0 and -span[0] > span[1]):
        span = -span[1], -span[0]  # the parts have more people than the whole
    span = max(span[0], 0), min(span[1], known)
    return tells_of_group(span, event, known, case.rule)
