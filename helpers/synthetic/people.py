"""Who the made-up people are: what each is like before any record."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from helpers.synthetic import national

#: the first day of the one law, and the last on which an offence brings a person in
LAW_BEGINS, LAST_ENTRY = 17532, 20088


@dataclass(frozen=True)
class Traits:
    """What a person is like: one value a person in each array."""

    birth: np.ndarray
    female: np.ndarray
    region: np.ndarray
    bent: np.ndarray
    need: np.ndarray
    motivation: np.ndarray
    entry: np.ndarray
    sibling: np.ndarray


def traits(n: int, rng: np.random.Generator) -> Traits:
    """Draw who the people are; `entry` is the day of their first offence since 2018.

    Three in a hundred are the sibling of the person before them, and a fifth of these
    a twin, where both are old enough to offend.
    """
    bent = rng.standard_normal(n)
    child = rng.random(n) < 0.055
    age = np.where(child, 12 + 6 * np.sqrt(rng.random(n)), 18 + rng.gamma(1.5, 10.5, n))
    entry = LAW_BEGINS + (LAST_ENTRY - LAW_BEGINS) * rng.random(n) ** 1.15
    entry = entry.astype(np.int32)
    birth = entry - (np.minimum(age, 75) * 365.25).astype(np.int32)
    sibling = (rng.random(n) < 0.03) & (np.arange(n) > 0)
    twins = np.roll(birth, 1)
    twin = sibling & (rng.random(n) < 0.2) & (entry - twins > 12 * 366)
    birth = np.where(twin, twins, birth)
    shares = np.array([share for share, _ in national.REGIONS.values()])
    return Traits(
        birth=birth.astype(np.int32),
        female=rng.random(n) < expit(-1.65 - 0.25 * bent),
        region=rng.choice(len(shares), n, p=shares / shares.sum()).astype(np.int8),
        bent=bent,
        need=0.5 * bent + np.sqrt(0.75) * rng.standard_normal(n),
        motivation=rng.standard_normal(n),
        entry=entry,
        sibling=sibling,
    )
