"""What a printed share says of the people behind it, and ranges that say less."""

import math

from helpers.publication.disclosure.rules import Profile, to_decimals, to_step


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


def printed(count: int, whole: int, rule: Profile) -> float:
    """Give a share in whole per cent, as printed."""
    part, of = to_step(count, rule.round_to), to_step(whole, rule.round_to)
    return to_decimals(100 * part / of, 0) if of else 0.0


def step_of(count: int, whole: int, step: int) -> tuple[int, int]:
    """Give the step of so many per cent that a share lies in, its ends in per cent."""
    low = min(int(100 * count / whole // step) * step, 100 - step)
    return low, low + step


def outwards(low: int, high: int, whole: int) -> tuple[int, int]:
    """Give bounds of a count as a range in whole per cent that holds them."""
    return (
        max(math.floor(100 * low / whole), 0),
        min(math.ceil(100 * high / whole), 100),
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
