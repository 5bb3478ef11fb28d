"""Random draws that depend on the seed, their purpose and a person's id alone.

A draw is u, the first 8 bytes of SHA-256(`seed|purpose|person_id`) over 2⁶⁴. It does
not depend on the order of the rows, the engine or the machine. All arithmetic is on
whole numbers: no draw falls to the other side of a limit by rounding.
"""

from collections.abc import Iterable
from hashlib import sha256

import numpy as np

LOW = np.uint64(2**32 - 1)
HALF = np.uint64(32)


def units(seed: int, purpose: str, people: Iterable[str]) -> np.ndarray:
    """Give each person's u in units of 2⁻⁶⁴ (uint64)."""
    start = f"{seed}|{purpose}|".encode()
    first = b"".join(sha256(start + person.encode()).digest()[:8] for person in people)
    return np.frombuffer(first, dtype=">u8").astype(np.uint64)


def below(u: np.ndarray, part: np.ndarray, whole: int) -> np.ndarray:
    """Tell whether u < part/whole; `part` holds whole numbers from 0 to `whole`."""
    limits = [-(-p * 2**64 // whole) for p in range(whole)]
    limit = np.array([*limits, 0], dtype=np.uint64)[part]
    return (u < limit) | (np.asarray(part) == whole)


def numbered(u: np.ndarray, size: np.ndarray | int) -> np.ndarray:
    """Give the number ⌊u·size⌋, from 0; sizes are below 2³¹."""
    size = np.asarray(size).astype(np.uint64)
    high, low = u >> HALF, u & LOW
    return ((high * size + ((low * size) >> HALF)) >> HALF).astype(np.int64)
