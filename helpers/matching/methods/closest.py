"""Nearest neighbours without replacement, the closest pair first."""

from heapq import heapify, heappop, heappush

import numpy as np

from helpers.matching.methods.line import Line, Rules, Treated


def closest(
    line: Line, treated: Treated, rules: Rules
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pair treated and pool by globally smallest distance, in ratio rounds.

    No pair is further apart than the caliper. Gives what `nearest.greedy` gives.
    """
    stratum, q = treated.stratum, treated.q
    tied = np.zeros(len(q), dtype=bool)
    pool = np.arange(len(line.q))
    # strata of the pool as the number of whole strata that end before them
    pool_stratum = line.keys // (len(line.values) + 1)
    waiting = np.arange(len(q))
    pairs = []
    for _ in range(rules.ratio):
        where = _Street(
            (stratum[waiting], q[waiting], waiting),
            (pool_stratum[pool], line.q[pool], line.order[pool]),
        )
        who, label, tie = where.pair(rules.limit)
        place = pool[_places(line.order[pool], label)]
        tied[who] |= tie
        pairs.append((who, place))
        waiting = np.sort(who)
        pool = np.setdiff1d(pool, place, assume_unique=True)
        if not len(waiting):
            break
    who = np.concatenate([pair[0] for pair in pairs])
    return who, np.concatenate([pair[1] for pair in pairs]), tied


def _places(labels: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    order = np.argsort(labels)
    return order[np.searchsorted(labels, wanted, sorter=order)]


class _Street:
    """Stops along the distance scale, with the treated and pool people at each.

    The closest pair left is always at one stop or at two with nobody between, so
    that only neighbours are compared; a stop that empties makes its two sides meet.
    """

    def __init__(self, treated: tuple, pool: tuple) -> None:
        both = np.concatenate([np.stack(treated), np.stack(pool)], axis=1)
        order = np.lexsort((both[2], both[1], both[0]))
        stratum, value, _ = both[:, order]
        new = np.diff(stratum, prepend=-1) != 0
        start = new | (np.diff(value, prepend=-1) != 0)
        stop = np.empty(len(order), dtype=np.int64)
        stop[order] = np.cumsum(start) - 1
        count = int(start.sum())
        self.q = value[start].tolist()
        split = len(treated[0])
        self.treated = _Queue(stop[:split], treated[2], count)
        self.pool = _Queue(stop[split:], pool[2], count)
        self.stops = np.unique(stop[:split]).tolist()  # with treated people
        edge = new[start]
        before = np.where(edge, -1, np.arange(count) - 1)
        after = np.where(np.append(edge[1:], True), -1, np.arange(count) + 1)
        self.before, self.after = before.tolist(), after.tolist()

    def _candidate(self, t: int, p: int, limit: int) -> tuple | None:
        """Give the best pair of treated people at stop t and pool people at stop p."""
        if t < 0 or p < 0 or not (self.treated.left(t) and self.pool.left(p)):
            return None
        gap = abs(self.q[t] - self.q[p])
        if gap > limit:
            return None
        return gap, self.treated.first(t), self.pool.first(p), t, p

    def pair(self, limit: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give treated and pool labels of all pairs, and which had a tie."""
        heap = []
        for t in self.stops:
            for p in (t, self.before[t], self.after[t]):
                heap.append(self._candidate(t, p, limit))
        heap = [candidate for candidate in heap if candidate]
        heapify(heap)
        pairs = []
        while heap:
            gap, treated, pool, t, p = heappop(heap)
            now = self._candidate(t, p, limit)
            if now and now[1:3] == (treated, pool):
                pairs.append((treated, pool, self._tie(gap, t, p)))
                self.treated.take(t)
                self.pool.take(p)
                fresh = [(t, p)]
                for stop in {t, p}:
                    fresh += self._close(stop)
            else:
                fresh = [(t, p)]  # somebody of this pair was taken: the next in line
            for t, p in fresh:
                now = self._candidate(t, p, limit)
                if now:
                    heappush(heap, now)
        who, label, tie = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        return who, label, tie.astype(bool)

    def _tie(self, gap: int, t: int, p: int) -> bool:
        if self.pool.left(p) > 1:
            return True
        other = self.before[t] if p == self.after[t] else self.after[t]
        return bool(
            gap
            and other >= 0
            and self.pool.left(other)
            and abs(self.q[t] - self.q[other]) == gap
        )

    def _close(self, stop: int) -> list[tuple[int, int]]:
        """Take an empty stop off the street and give the pairs that now meet."""
        if self.treated.left(stop) or self.pool.left(stop):
            return []
        a, b = self.before[stop], self.after[stop]
        if a >= 0:
            self.after[a] = b
        if b >= 0:
            self.before[b] = a
        return [(a, b), (b, a)]


class _Queue:
    """People waiting at each stop, lowest label first."""

    def __init__(self, stop: np.ndarray, label: np.ndarray, count: int) -> None:
        order = np.lexsort((label, stop))
        self.label = label[order].tolist()
        ends = np.cumsum(np.bincount(stop, minlength=count))
        self.head = np.concatenate([[0], ends[:-1]]).tolist()
        self.end = ends.tolist()

    def left(self, stop: int) -> int:
        """Give how many are still waiting."""
        return self.end[stop] - self.head[stop]

    def first(self, stop: int) -> int:
        """Give the label of the next to be taken."""
        return self.label[self.head[stop]]

    def take(self, stop: int) -> None:
        """Take the next."""
        self.head[stop] += 1
