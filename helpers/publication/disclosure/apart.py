"""Groups that differ by a few people: two analyses, releases, or sizes of measures.

What two groups tell apart is told of those who are in one of them alone. Where these
are few, the one that is kept less long gives way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from helpers.publication import refs
from helpers.publication.disclosure import shares
from helpers.publication.disclosure.audit import tells
from helpers.publication.disclosure.rules import Profile
from helpers.publication.disclosure.structure import Analysis, apart, count
from helpers.publication.people import BEFORE, SELECTED, TREATED

#: most groups that are taken together to see whether they make up another
TOGETHER = 4
#: most ways of sharing out an analysis that are looked at
MOST_COVERS = 50


@dataclass(frozen=True)
class Split:
    """An analysis, and others that have the same people between them."""

    whole: str
    parts: tuple[str, ...]


def few_apart(one: np.ndarray, other: np.ndarray, rule: Profile) -> bool:
    """Tell whether two groups differ by a few people, whichever way they lie."""
    ways = apart(one, other)
    return any(ways) and max(ways) < rule.threshold


def _differ(one: Analysis, other: Analysis, rule: Profile) -> bool:
    return any(
        few_apart(one.groups[group], other.groups[group], rule)
        for group in (BEFORE, TREATED)
    )


def gives_way(
    analyses: Sequence[Analysis], earlier: Iterable[Analysis], rule: Profile
) -> dict[str, tuple[str, Analysis]]:
    """Give analyses that are a few people apart from one that stays, and from which.

    `analyses` come in the order in which they are kept. The rule is `apart`, or
    `edition` where the other was released before.
    """
    released, kept = list(earlier), []
    found: dict[str, tuple[str, Analysis]] = {}
    for analysis in analyses:
        before = next(
            (
                o
                for o in released
                if _counts(o, analysis) and _differ(analysis, o, rule)
            ),
            None,
        )
        beside = next((o for o in kept if _differ(analysis, o, rule)), None)
        # what is a few people apart in its own report is hidden there for that already
        own = beside is not None and refs.is_rung(analysis.name)
        if before is not None and not own:
            found[analysis.name] = ("edition", before)
        elif beside is not None:
            found[analysis.name] = ("apart", beside)
        elif other := _made_up(analysis, kept, rule):
            found[analysis.name] = ("apart", other)
        else:
            kept.append(analysis)
    return found


def _counts(released: Analysis, analysis: Analysis) -> bool:
    """Tell whether an analysis gives way to one of another release that is near.

    Not where that has no size, as an earlier year a few people apart from its headline
    has none; nor where these very people were out before it, and it gave way to them.
    """
    first = analysis.since and analysis.since < released.since
    return released.sized and not first


def _made_up(
    analysis: Analysis, kept: Sequence[Analysis], rule: Profile
) -> Analysis | None:
    """Give an analysis that this one and others make up, but for a few people."""
    for whole, parts in _families(analysis, kept):
        for group in (BEFORE, TREATED):
            union = np.bitwise_or.reduce([part.groups[group] for part in parts])
            if few_apart(union, whole.groups[group], rule):
                return whole
    return None


def _families(
    analysis: Analysis, kept: Sequence[Analysis]
) -> Iterator[tuple[Analysis, list[Analysis]]]:
    """Give each analysis with groups apart from each other that may make it up."""
    for size in range(2, TOGETHER + 1):
        for others in combinations(kept, size):
            family = [*others, analysis]
            for whole in family:
                parts = [one for one in family if one is not whole]
                if _disjoint(parts):
                    yield whole, parts


def _disjoint(parts: Sequence[Analysis]) -> bool:
    return count(_union(parts)) == sum(part.sizes[SELECTED] for part in parts)


def _union(parts: Sequence[Analysis]) -> np.ndarray:
    return np.bitwise_or.reduce([part.groups[SELECTED] for part in parts])


def splits(analyses: Sequence[Analysis]) -> list[Split]:
    """Give analyses whose treated people others share out between them exactly.

    Two analyses of the same people are such, each the only part of the other.
    """
    found = []
    for whole in analyses:
        inside = [
            one
            for one in analyses
            if one is not whole
            and one.sizes[SELECTED]
            and not apart(one.groups[SELECTED], whole.groups[SELECTED])[0]
        ]
        covers = _covers(whole.groups[SELECTED], inside)
        found += [Split(whole.name, parts) for parts in islice(covers, MOST_COVERS)]
    return found


def sharing(analyses: Sequence[Analysis], everybody: int) -> list[tuple[str, ...]]:
    """Give analyses that share out so many treated people, who are all there are.

    Such as men and women, where no analysis is of both.
    """
    some = [one for one in analyses if one.sizes[SELECTED]]
    if not some or count(_union(some)) != everybody:
        return []
    return list(islice(_covers(_union(some), some), MOST_COVERS))


def _covers(left: np.ndarray, inside: Sequence[Analysis]) -> Iterator[tuple[str, ...]]:
    """Give sets of analyses apart from each other that hold everybody who is left."""
    places = np.flatnonzero(left)
    if not len(places):
        yield ()
        return
    first = places[0]
    person = left[first] & -left[first].astype(np.int16)  # one who is still left
    for one in inside:
        bits = one.groups[SELECTED]
        if bits[first] & person and not np.any(bits & ~left):
            for rest in _covers(left & ~bits, inside):
                yield (one.name, *rest)


def nested(analyses: Sequence[Analysis]) -> list[tuple[str, str]]:
    """Give pairs of analyses of which the first has all the treated of the second."""
    return [
        (large.name, small.name)
        for large in analyses
        for small in analyses
        if large is not small
        and not any(
            apart(small.groups[group], large.groups[group])[0]
            for group in (SELECTED, BEFORE)
        )
    ]


def levels_tell(one: Analysis, other: Analysis, rule: Profile) -> bool:
    """Tell whether shares of levels in two analyses tell of the few who differ."""
    theirs = {_end(level.ref): level for level in other.levels}
    for level in one.levels:
        same = theirs.get(_end(level.ref))
        if same is None:
            continue
        for group in (BEFORE, TREATED):
            ends = [
                shares.people_of(
                    shares.printed(row.counts[group], of.sizes[group], rule),
                    of.sizes[group],
                    rule,
                )
                for row, of in ((level, one), (same, other))
            ]
            if _told(ends[0], ends[1], rule):
                return True
    return False


def _end(ref: str) -> str:
    return ref.partition(".")[2]


def _told(one: tuple[int, int], other: tuple[int, int], rule: Profile) -> bool:
    """Tell whether bounds of two counts say too much of what they are apart.

    Whichever group is the larger: a few people one way or the other.
    """
    either = (one[0] - other[1], one[1] - other[0])
    return either[0] > -rule.threshold or either[1] < rule.threshold


# within an analysis ------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A count of an analysis' people that is shown, with what a reader knows of it."""

    ref: str
    people: np.ndarray
    bounds: tuple[int, int]


def shown_apart(shown: Sequence[Shown], rule: Profile) -> list[str]:
    """Give counts, in the order given, that tell of a few beside earlier ones.

    Such as the sizes of two measures, of which one is known for eight people less, or
    people in work and in training who are all but six of everybody.
    """
    kept: list[Shown] = []
    gone = []
    for one in shown:
        with_it = [one, *(_both(one, other) for other in kept if _apart(one, other))]
        others = [
            *kept,
            *(_both(*two) for two in combinations(kept, 2) if _apart(*two)),
        ]
        if any(_few_between(x, other, rule) for x in with_it for other in others):
            gone.append(one.ref)
        else:
            kept.append(one)
    return gone


def _apart(one: Shown, other: Shown) -> bool:
    return not np.any(one.people & other.people)


def _both(one: Shown, other: Shown) -> Shown:
    """Give two counts of people apart as one."""
    ends = one.bounds[0] + other.bounds[0], one.bounds[1] + other.bounds[1]
    return Shown(one.ref, one.people | other.people, ends)


def _few_between(one: Shown, other: Shown, rule: Profile) -> bool:
    more, less = apart(one.people, other.people)
    if (more and less) or not (more or less) or max(more, less) >= rule.threshold:
        return False
    large, small = (one, other) if more else (other, one)
    span = large.bounds[0] - small.bounds[1], large.bounds[1] - small.bounds[0]
    return tells(span, max(more, less), rule)


def of_outcomes(
    analysis: Analysis,
    group: str,
    sizes: Mapping[str, str],
    rates: Mapping[str, str],
    rule: Profile,
) -> list[Shown]:
    """Give what is shown of the outcomes of a group: sizes, and who has an event.

    `sizes` and `rates` are refs by outcome, of those that are shown; `""` is the
    size of the group itself.
    """
    people = analysis.groups[group]
    n = count(people)
    found = [Shown(sizes[""], people, (n, n))] if "" in sizes else []
    for outcome in analysis.outcomes:
        known, event = outcome.known & people, outcome.event & people
        size, having = count(known), count(event)
        if outcome.name in sizes:
            found.append(Shown(sizes[outcome.name], known, (size, size)))
        if outcome.name in rates and size:
            # its own interval, and a measure of those who have it, tell how many
            found.append(Shown(rates[outcome.name], event, (having, having)))
    return found
