"""What a matching came to: the weights of both groups, and their effective size."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Match:
    """The treatment group and its comparison group.

    Attributes
    ----------
    weights
        On the index of the scores: treated 1 when matched, else 0; comparison people
        the sum of their shares over the treated; 0 = not used.
    n_treatment, n_comparison
        People with a weight above 0.
    n_unmatched
        Treated people without a match, those without a score among them.
    effective_comparison
        (Σw)²/Σw² of the comparison people.
    width
        The caliper in units of the distance; `inf` without one.
    n_tied
        Treated people for whom equal distances had to be settled. Nearest with
        replacement: more people than the ratio lay at or inside the ratio-th
        distance, and all were taken. Without: another candidate, free at that moment,
        lay as near as the one taken, and the lower index label decided. Radius: 0.
    """

    weights: pd.Series = field(repr=False)
    n_treatment: int
    n_comparison: int
    n_unmatched: int
    effective_comparison: float
    width: float
    n_tied: int


def effective_size(weights: pd.Series | np.ndarray) -> float:
    """Give the effective size, (Σw)²/Σw²: the number of people if weights are equal."""
    w = np.asarray(weights, dtype=float)
    square = (w**2).sum()
    return float(w.sum() ** 2 / square) if square else 0.0
