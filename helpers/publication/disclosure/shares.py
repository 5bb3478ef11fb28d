"""What a printed share says of the people behind it, and ranges that say less."""

import math

import numpy as np

from helpers.publication.disclosure.rules import (
    PRECISIONS,
    Profile,
    to_decimals,
    to_step,
)

#: the quantile of the normal distribution of a group's own interval
Z = 1.959964


def people_of(share: float, whole: int, rule: Profile) -> tuple[int, int]:
    """Give the bounds of a count from its share of a group in whole per cent."""
    of = to_step(whole, rule.round_to)
    low, high = (share - 0.5) * of / 100, (share + 0.5) * of / 100
    # halves go away from zero, so that the upper end is not in it
    slack = rule.round_to // 2  # a count that was rounded first
    return (
        max(math.ceil(low - 1e-9) - slack, 0),
        min(math.ceil(high - 1e-9) - 1 + slack, whole),
    )


def people_of_rate(having: int, whole: int, rule: Profile) -> tuple[int, int]:
    """Give the bounds of a count from its share and the interval of that, as printed.

    The interval is Wilson's (method, section 5), its limits in whole per cent as well.
    """
    low, high = people_of(printed(having, whole, rule), whole, rule)
    same = [
        x for x in range(low, high + 1) if _limits(x, whole) == _limits(having, whole)
    ]
    return min([having, *same]), max([having, *same])


def _limits(having: int, whole: int) -> tuple[float, ...]:
    """Give the limits of Wilson's interval of a share, as printed."""
    if not whole:
        return ()
    p, z2 = having / whole, Z**2 / whole
    middle, half = p + z2 / 2, Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole))
    ends = ((middle - half) / (1 + z2), (middle + half) / (1 + z2))
    return tuple(PRECISIONS["limit"](100 * end) for end in ends)


def by_difference(
    ends: tuple[int, int], whole: int, pool: float, smd: float
) -> tuple[int, int]:
    """Narrow the bounds of a count by its standardised difference to the pool's share.

    `pool` is printed in whole per cent and `smd` with one decimal (method, section 4).
    """
    if whole < 2:
        return ends
    p = np.arange(ends[0], ends[1] + 1) / whole
    q = np.clip(np.array([pool - 0.5, pool + 0.5]) / 100, 0, 1)[:, None]
    s = np.sqrt((p * (1 - p) * whole / (whole - 1) + q * (1 - q)) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = 100 * (p - q) / s
    slack = 0.051 + 0.005 * abs(smd)  # its rounding; the pool's n / (n - 1)
    kept = np.flatnonzero((far[0] >= smd - slack) & (far[1] <= smd + slack))
    return (ends[0] + int(kept[0]), ends[0] + int(kept[-1])) if len(kept) else ends


def printed(count: int, whole: int, rule: Profile) -> float:
    """Give a share in whole per cent, as printed."""
    part, of = to_step(count, rule.round_to), to_step(whole, rule.round_to)
    return to_decimals(100 * part / of, 0) if of else 0.0


def step_of(count: int, whole: int, step: int) -> tuple[int, int]:
    """Give the step of so many per cent that a share lies in, its ends in per cent."""
    low = min(int(100 * count / whole // step) * step, 100 - step)
    return low, low + step


def outwards(low: tuple[int, int], high: tuple[int, int]) -> tuple[int, int]:
    """Give two shares, each part and whole, as a range in per cent around them."""
    return (
        max(math.floor(100 * low[0] / low[1]), 0),
        min(math.ceil(100 * high[0] / high[1]), 100),
    )


def people_in(
    ends: tuple[int, int], whole: int, *, step: bool = False
) -> tuple[int, int]:
    """Give the bounds of a count from a range in per cent.

    A step does not hold its upper end, but where that is everybody.
    """
    low, high = (end * whole / 100 for end in ends)
    inside = math.ceil(high) - 1 if step and ends[1] < 100 else math.floor(high)
    return math.ceil(low), inside


def in_words(ends: tuple[int, int]) -> str:
    """Give a range as it is printed: "35 to 40%"."""
    return f"{ends[0]} to {ends[1]}%"
