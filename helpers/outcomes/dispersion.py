"""How much counts vary between people, beside counts of pure chance."""

import pandas as pd

from helpers.matching.weights import effective_size
from helpers.request import Outcome


def over_dispersion(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series
) -> float | None:
    """Give the variance of a count in the comparison group in parts of its mean.

    One for counts of pure chance (Poisson). The variance is weighted, with the divisor
    of the effective size; None where there is none, or nobody has anything.
    """
    used = weights.index[(weights > 0) & (treatment.reindex(weights.index) == 0)]
    y = outcome.reindex(used).astype(float).dropna()
    w = weights.reindex(y.index).astype(float)
    size = effective_size(w.to_numpy()) if len(w) else 0.0
    mean = (w * y).sum() / w.sum() if len(w) else 0.0
    if not (size > 1 and mean > 0):
        return None
    variance = size / (size - 1) * (w * (y - mean) ** 2).sum() / w.sum()
    return float(variance / mean)


def table(
    each: list[tuple[str, Outcome, pd.DataFrame]],
) -> dict[tuple[str, str], float | None]:
    """Give it for every frequency of everyone, by analysis and outcome."""
    return {
        (name, o.name): over_dispersion(p[o.name], p["treatment"], p["weight"])
        for name, o, p in each
        if o.kind == "frequency" and not o.of_some
    }
