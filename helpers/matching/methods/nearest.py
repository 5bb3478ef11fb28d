"""Nearest neighbours: with replacement, and without in a stated order."""

import numpy as np

from helpers.matching.methods.closest import closest
from helpers.matching.methods.line import Chosen, Line, Rules, Treated


def choose(line: Line, treated: Treated, rules: Rules) -> Chosen:
    """Take the nearest people of the pool within the caliper, if there is one.

    With replacement everyone at or inside the ratio-th distance is taken; without, the
    treated choose in the stated order, and a place that nobody filled is left empty.
    """
    if rules.replacement:
        distance = reach(line, treated, rules)
        start, stop = line.within(treated.stratum, treated.q, distance)
        found = stop - start
        # start, start + 1, … up to stop, one treated person after another
        taken = np.arange(found.sum()) + np.repeat(
            start - found.cumsum() + found, found
        )
        return Chosen(found, line.shared(start, stop), found > rules.ratio, taken)
    pairs = closest if rules.order == "closest" else greedy
    who, place, tied = pairs(line, treated, rules)
    found = np.bincount(who, minlength=len(treated.q))
    share = np.zeros(len(line.q))
    share[place] = 1 / found[who]
    return Chosen(found, share, tied, place[np.argsort(who, kind="stable")])


def reach(line: Line, treated: Treated, rules: Rules) -> np.ndarray:
    """Give how far each treated person must look to find `ratio` people of the pool.

    The distance of the ratio-th nearest, or of the farthest where the stratum has
    fewer, but never more than the caliper.
    """
    q = treated.q
    first, last = line.ends(treated.stratum)
    wanted = np.minimum(rules.ratio, last - first)
    here = line.first(treated.stratum, q)
    most = int(wanted.max(initial=0))
    # the nearest k lie among the k places before and the k places from q on
    place = here[:, None] + np.arange(-most, most)
    inside = (place >= first[:, None]) & (place < last[:, None])
    at = np.clip(place, 0, max(len(line.q) - 1, 0))
    far = np.iinfo(np.int64).max
    gap = np.where(inside, np.abs(line.q[at] - q[:, None]), far)
    gap.sort(axis=1)
    found = wanted > 0
    distance = np.full(len(q), -1)
    distance[found] = gap[found, wanted[found] - 1]
    return np.minimum(distance, rules.limit)


class _Places:
    """Pool people grouped by place on the line, lowest label first, as they are taken.

    The nearest place with somebody left is found by following links that shorten
    themselves, so that a search costs next to nothing however many were taken.
    """

    def __init__(self, line: Line) -> None:
        new = np.flatnonzero(np.diff(line.keys, prepend=-1))
        self.q = line.q[new].tolist()
        self.label = line.order.tolist()
        self.head = new.tolist()
        self.end = [*new[1:].tolist(), len(line.q)]
        self.up = list(range(len(new) + 1))  # up[b]: from place b on
        self.down = list(range(len(new) + 1))  # down[b]: before place b, as b − 1
        self.block = np.searchsorted(new, np.arange(len(line.q) + 1))

    @staticmethod
    def _follow(link: list[int], at: int) -> int:
        while link[at] != at:
            link[at] = link[link[at]]
            at = link[at]
        return at

    def nearest(self, at: int, q: int, first: int, last: int) -> tuple[int, int, bool]:
        """Give the best place, its distance, and whether a label had to decide."""
        above = self._follow(self.up, at)
        below = self._follow(self.down, at) - 1
        up = self.q[above] - q if above < last else None
        down = q - self.q[below] if below >= first else None
        if up is None and down is None:
            return -1, 0, False
        if down is None or (up is not None and up < down):
            best, gap, both = above, up, False
        elif up is None or down < up:
            best, gap, both = below, down, False
        else:
            labels = self.label[self.head[above]], self.label[self.head[below]]
            best, gap, both = above if labels[0] < labels[1] else below, up, True
        return best, gap, both or self.end[best] - self.head[best] > 1

    def take(self, at: int) -> int:
        """Take the person of lowest label at a place."""
        taken = self.head[at]
        self.head[at] += 1
        if self.head[at] == self.end[at]:
            self.up[at] = at + 1
            self.down[at + 1] = at
        return taken


def greedy(
    line: Line, treated: Treated, rules: Rules
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Let the treated choose in turn, each person of the pool once, in ratio rounds.

    Returns
    -------
    tuple
        Treated person and place on the line of every pair, and which of the treated
        had another candidate at the distance of the one taken.
    """
    stratum, q = treated.stratum, treated.q
    places = _Places(line)
    first, last = (places.block[end].tolist() for end in line.ends(stratum))
    here = places.block[line.first(stratum, q)].tolist()
    value = q.tolist()
    tied = np.zeros(len(q), dtype=bool)
    pairs: list[tuple[int, int]] = []
    # stable, so that equals choose in order of their label
    waiting = np.argsort(-q if rules.order == "largest" else q, kind="stable").tolist()
    for _ in range(rules.ratio):
        served = []
        for i in waiting:
            at, gap, tie = places.nearest(here[i], value[i], first[i], last[i])
            if at < 0 or gap > rules.limit:
                continue  # nor will there be anybody in a later round
            pairs.append((i, places.take(at)))
            tied[i] |= tie
            served.append(i)
        waiting = served
        if not waiting:
            break
    who, place = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return who, place, tied
