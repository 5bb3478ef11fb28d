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
        The caliper or bandwidth in units of the distance; `inf` without one.
    n_tied
        Treated people for whom equal distances had to be settled. Nearest with
        replacement: more people than the ratio lay at or inside the ratio-th
        distance, and all were taken. Without: another candidate, free at that moment,
        lay as near as the one taken, and the lower index label decided. Otherwise 0.
    sets
        Nearest: who was taken for whom. A row for each treated person matched and each
        person taken for them: `set` (1, 2, … in the order of the treated's labels),
        `person` (an index label) and `weight` in that set, which sums to 1 for the
        comparison people of a set and to a person's weight over all sets. Others: None.
    """

    weights: pd.Series = field(repr=False)
    n_treatment: int
    n_comparison: int
    n_unmatched: int
    effective_comparison: float
    width: float
    n_tied: int
    sets: pd.DataFrame | None = field(default=None, repr=False)


def effective_size(weights: pd.Series | np.ndarray) -> float:
    """Give the effective size, (Σw)²/Σw²: the number of people if weights are equal."""
    w = np.asarray(weights, dtype=float)
    square = (w**2).sum()
    return float(w.sum() ** 2 / square) if square else 0.0


def largest_share(weights: pd.Series, treatment: pd.Series) -> float:
    """Give the largest share of the comparison group's weight that is on one person."""
    used = _comparison(weights, treatment)
    return float(used.max() / used.sum()) if len(used) else np.nan


def most_used(
    weights: pd.Series, treatment: pd.Series, *, people: int = 10
) -> pd.DataFrame:
    """Give the comparison people who weigh most: by person, weight and share of all.

    Parameters
    ----------
    weights
        Of a match, on the index of its people.
    treatment
        1 for treated, 0 for pool; looked up by the index of `weights`.
    people
        How many to give; who weighs the same stands in the order of the index.
    """
    used = _comparison(weights, treatment)
    order = np.lexsort((used.index, -used.round(12)))[:people]
    most = used.iloc[order].rename("weight").rename_axis("person_id").to_frame()
    return most.assign(share=most["weight"] / used.sum())


def quantiles(weights: pd.Series, treatment: pd.Series) -> pd.Series:
    """Give the spread of the weights above 0 in the comparison group."""
    used = _comparison(weights, treatment)
    spread = used.quantile([0, 0.25, 0.5, 0.75, 0.9, 0.99, 1])
    names = ["smallest", "25%", "median", "75%", "90%", "99%", "largest"]
    return spread.set_axis(names).rename("weight")


def _comparison(weights: pd.Series, treatment: pd.Series) -> pd.Series:
    pool = (treatment.reindex(weights.index) == 0).to_numpy()
    return weights[pool & (weights > 0).to_numpy()]
