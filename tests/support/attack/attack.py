"""Attack a release: what do its numbers tell about those that it withholds?

For each withheld count the whole numbers consistent with everything released are
bounded by integer programming, in three strengths:
  sums    the released numbers, what adds up, before >= after; no knowledge of the rule
  rule    also: a primary is 0..T-1, a secondary >= T, at least one primary in a sum
  replay  also the open algorithm
A count is told when fewer than 3 values are left. Asked are too the people whom no cell
names: those left unmatched at a level, those in one analysis or release and not in the
other, those of whom an outcome is not known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from support.attack.beside import beside
from support.attack.counts import BIG
from support.attack.curves import curves
from support.attack.flow import flow
from support.attack.horizons import horizons
from support.attack.knowledge import STRENGTHS, Knowledge, T
from support.attack.ladders import ladders
from support.attack.levels import levels
from support.attack.links import links
from support.attack.outcomes import outcomes
from support.attack.peers import peers
from support.attack.release import Release
from support.attack.together import related, tie
from support.attack.truth import Truth, add_apart, lowest_of, truth_of, unsafe
from support.attack.ways import ways

LEAST_VALUES = 3


@dataclass
class Told:
    """What an attack found: counts told, counts seen to be unsafe, its own errors."""

    asked: int = 0  # counts that are hidden, or of people whom no cell names
    unsafe: int = 0  # of these, counts that nobody may know
    told: dict[str, str] = field(default_factory=dict)
    narrowed: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)  # what contradicts the truth
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.asked} asked, {self.unsafe} unsafe"]
        lines += [f"told: {k}: {v}" for k, v in self.told.items()]
        lines += [f"narrowed: {k}: {v}" for k, v in self.narrowed.items()]
        lines += [f"wrong: {text}" for text in self.wrong]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])


def open_releases(folders: Iterable[Path | str], digits: bool = True) -> list[Release]:
    """Read releases; the names of the second begin with 2|, and so on."""
    return [
        Release(folder, digits, f"{number}|" if number > 1 else "")
        for number, folder in enumerate(folders, 1)
    ]


def know(
    releases: list[Release], facts: dict, strength: str, algorithm: str = "first"
) -> Knowledge:
    """Put everything together that releases tell at a strength."""
    lowest = lowest_of(releases[0])
    known = Knowledge(strength, algorithm, lowest, related(facts))
    for release in releases:
        flow(known, release)
        peers(known, release)
        for analysis in release.analyses:
            outcomes(known, release, analysis)
            curves(known, release, analysis)
            horizons(known, release, analysis)
            ladders(known, release, analysis)
            links(known, release, analysis)
            ways(known, release, analysis)
            levels(known, release, analysis)
        beside(known, release)
    tie(known, facts)
    known.m.tighten()
    return known


def attack(
    *folders: Path | str,
    facts: dict | None = None,
    algorithm: str = "first",
    digits: bool = True,
    narrowed: bool = True,
) -> Told:
    """Attack finished runs, at every strength; scored against the truth behind them."""
    releases, found = open_releases(folders, digits), Told()
    truth: Truth = {}
    for release in releases:
        truth |= truth_of(release)
    left: set[str] | None = None
    for strength in reversed(STRENGTHS):  # what the strongest cannot tell no other can
        known = know(releases, facts or {}, strength, algorithm)
        own = add_apart(truth, known)
        wanted = [name for name in known.asked if unsafe(known, name, own)]
        found.asked, found.unsafe = len(known.asked), len(wanted)
        found.notes += [note for note in known.notes if note not in found.notes]
        counts = {name: count for name, (count, _) in own.items()}
        found.wrong += [f"{strength}: {text}" for text in known.m.broken(counts)]
        if left is None:
            left = set(wanted)
        told = dict(_told(known, sorted(left), counts))
        found.told |= told  # the weakest strength that tells it stays
        left = set(told)
        if strength == "sums" and narrowed:
            found.narrowed = dict(_narrowed(known, set(wanted) - left, own))
    return found


def _told(
    known: Knowledge, names: list[str], truth: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """Give the counts that fewer than three values are left for, and say which."""
    for name in names:
        if known.m.leaves_few(name, truth[name], LEAST_VALUES):
            span = known.m.solve(name)
            if span is None:  # what the page says contradicts itself, as `wrong` tells
                continue
            low, high = span
            yield name, f"{known.strength}: {low} to {high}, truly {truth[name]}"


def _narrowed(
    known: Knowledge, names: set[str], truth: Truth
) -> Iterator[tuple[str, str]]:
    """Give the counts that are seen to be unsafe by what adds up alone."""
    for name in sorted(names):
        count, of = truth[name]
        gaps = [(T, BIG)] if count < T else []
        # the rest of few people is asked about by itself, as another level of them
        if of is not None and of >= T and of - count < T:
            gaps.append((0, of - T))
        if any(known.m.find(name, *gap) is None for gap in gaps):
            span = known.m.solve(name)
            if span is None:
                continue
            low, high = span
            yield name, f"{low} to {high}, truly {count}"
