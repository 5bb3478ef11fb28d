"""Who is at a level of a covariate that one of the groups lacks."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.matching.design import MISSING, Covariate


def set_aside(
    covariates: Sequence[Covariate], treated: np.ndarray
) -> tuple[np.ndarray, pd.DataFrame]:
    """Leave out people at a level that nobody, or everybody, of the treated has.

    Parameters
    ----------
    covariates
        Their levels, 0/1 values and missing values are looked at in this order.
    treated
        Boolean, one a person.

    Returns
    -------
    tuple
        Which people remain, and the reasons: variable, level, why, n_treatment, n_pool.
        A person is counted at the first reason found; repeated until none is left.
    """
    keep = np.ones(len(treated), dtype=bool)
    reasons: list[dict] = []
    again = True
    while again:
        again = False
        for covariate in covariates:
            if not keep.any():
                break
            codes, names = _peers(covariate.only(keep))
            if not names:
                continue
            seen = codes >= 0
            group = treated if keep.all() else treated[keep]
            size = len(names)
            with_t = np.bincount(codes[seen & group], minlength=size)
            with_c = np.bincount(codes[seen], minlength=size) - with_t
            lonely = (with_t > 0) != (with_c > 0)
            if lonely.any():
                again = True
                keep[np.flatnonzero(keep)[seen & lonely[codes]]] = False
                reasons += [
                    _reason(covariate.name, names[i], with_t[i], with_c[i])
                    for i in np.flatnonzero(lonely)
                ]
    columns = ["variable", "level", "why", "n_treatment", "n_pool"]
    return keep, pd.DataFrame(reasons, columns=columns)


def _peers(covariate: Covariate) -> tuple[np.ndarray, list[str]]:
    """Give the levels that must have people of both groups; -1 where there is none."""
    if covariate.categorical:
        return covariate.levels()
    value = covariate.values
    low, high = value.min(), value.max()
    if low < high and not (low == 0 and high == 1):
        return value, []  # all are known, and they are no 0/1 values
    lost = np.isnan(value)
    known = value[~lost]
    if known.size and ((known == 0) | (known == 1)).all():
        return np.where(lost, 2, value).astype(np.int8), ["0", "1", MISSING]
    return np.where(lost, 2, -1).astype(np.int8), ["0", "1", MISSING]


def _reason(name: str, level: str, n_treatment: int, n_pool: int) -> dict:
    return {
        "variable": name,
        "level": level,
        "why": "no pool people" if n_treatment else "no treated people",
        "n_treatment": int(n_treatment),
        "n_pool": int(n_pool),
    }
