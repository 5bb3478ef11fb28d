"""Random draws that depend on the seed, their purpose and a person's id alone.

A draw is u, the first 8 bytes of SHA-256(`seed|purpose|person_id`) over 2⁶⁴. It does
not depend on the order of the rows, the engine or the machine. All arithmetic is on
whole numbers: no draw falls to the other side of a limit by rounding.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate

import numpy as np

LOW = np.uint64(2**32 - 1)
HALF = np.uint64(32)
#: of SplitMix64: how far its state goes each time, and how it is mixed
STEP, MIXED = 0x9E3779B97F4A7C15, ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def units(seed: int, purpose: str, people: Iterable[str]) -> np.ndarray:
    """Give each person's u in units of 2⁻⁶⁴ (uint64)."""
    start = f"{seed}|{purpose}|".encode()
    first = b"".join(sha256(start + person.encode()).digest()[:8] for person in people)
    return np.frombuffer(first, dtype=">u8").astype(np.uint64)


def further(u: np.ndarray, number: int) -> np.ndarray:
    """Give a further draw of each person, the number-th from 1, in units of 2⁻⁶⁴.

    It is what a SplitMix64 generator (Steele, Lea and Flood 2014) with u as its seed
    gives: where many draws are needed, a hash for each of them would take long.
    """
    state = (STEP * number) % 2**64
    mixed = u + np.uint64(state)  # wraps at 2⁶⁴, as the generator does
    for shift, factor in MIXED:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def below(u: np.ndarray, chances: Sequence[Fraction], which: np.ndarray) -> np.ndarray:
    """Tell whether each u is below its chance, from 0 to 1; `which` says which one."""
    limits = [min(-(-c.numerator * 2**64 // c.denominator), 2**64 - 1) for c in chances]
    sure = np.array([chance >= 1 for chance in chances])
    return (u < np.array(limits, dtype=np.uint64)[which]) | sure[which]


def in_parts(u: np.ndarray, parts: Sequence[Fraction]) -> np.ndarray:
    """Give the part that each u falls into, from 0; parts are as long as they weigh."""
    whole, ends = sum(parts), list(accumulate(parts))[:-1]
    limits = [min(math.ceil(end * 2**64 / whole), 2**64 - 1) for end in ends]
    return np.searchsorted(np.array(limits, dtype=np.uint64), u, side="right")


def numbered(u: np.ndarray, size: np.ndarray | int) -> np.ndarray:
    """Give the number ⌊u·size⌋, from 0; sizes are below 2³¹."""
    size = np.asarray(size).astype(np.uint64)
    high, low = u >> HALF, u & LOW
    return ((high * size + ((low * size) >> HALF)) >> HALF).astype(np.int64)
