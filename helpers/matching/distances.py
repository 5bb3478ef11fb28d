"""The scale on which people are compared, and how far apart they may lie."""

import math
from collections.abc import Mapping
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import Field, TypeAdapter, ValidationError

from helpers.errors import DataError, RequestError
from helpers.request import schema
from helpers.request.limits import WIDEST
from helpers.request.matching import Caliper
from helpers.request.reading.problems import problems
from helpers.request.values import Number

DISTANCES = ("propensity", "logit", "odds")
GRID = 1e10  # distances are compared as whole numbers of 1/GRID
FARTHEST = 2e8  # keeps every sum of two whole numbers within 64 bits
_CALIPER = TypeAdapter(Caliper)
_BANDWIDTH = TypeAdapter(Annotated[Number, Field(gt=0)])


class CaliperTooWide(UserWarning):
    """A caliper so wide that the people compared may not be alike."""


def scale(score: pd.Series, distance: str, logit: pd.Series | None = None) -> pd.Series:
    """Give propensity scores on the scale of a distance.

    `logit` is that of the scores where it is known better than they can tell it: next
    to 0 and 1 their digits run out.

    Raises
    ------
    RequestError
        The distance is unknown.
    DataError
        A score is not between 0 and 1 (or, but for distance propensity, so near to
        them that its distance has no end).
    """
    if distance not in DISTANCES:
        raise RequestError(
            f"distance must be propensity, logit or odds; found {distance}"
        )
    p = score.astype(float)
    outside = int(((p < 0) | (p > 1)).sum())
    if outside:
        raise DataError(f"score: {outside} are not between 0 and 1")
    with np.errstate(divide="ignore", over="ignore"):
        if distance != "propensity" and logit is not None:
            known = logit.reindex(p.index).where(p.notna())
            p = known if distance == "logit" else np.exp(known)
        elif distance == "logit":
            p = np.log(p) - np.log1p(-p)
        elif distance == "odds":
            p = p / (1 - p)
    _refuse_extreme(np.isinf(p), distance)
    return p


def told_apart(distance: pd.Series, treatment: pd.Series, of: str) -> None:
    """Refuse distances so long that whole numbers cannot tell people apart.

    Where only one group has such people they are farther than anybody else in any case,
    and no harm is done.
    """
    far = distance.abs() > FARTHEST
    if (far & (treatment == 1)).any() and (far & (treatment == 0)).any():
        _refuse_extreme(far, of)


def _refuse_extreme(extreme: pd.Series, distance: str) -> None:
    if extreme.any():
        raise DataError(
            f"score: {int(extreme.sum())} are too near 0 or 1 for distance {distance}"
            + ("; use distance logit" if distance == "odds" else "")
        )


def whole(distance: float | np.ndarray) -> np.ndarray:
    """Turn distances into whole numbers, so that no result hangs on a last bit."""
    capped = np.clip(np.asarray(distance, dtype=float), -2 * FARTHEST, 2 * FARTHEST)
    return np.rint(capped * GRID).astype(np.int64)


def pooled_sd(value: pd.Series, treatment: pd.Series) -> float:
    """Give √((s²ₜ+s²_c)/2) with n−1, NaN when a group has fewer than two people."""
    treated = treatment == 1
    return math.sqrt((value[treated].var() + value[~treated].var()) / 2)


def resolve_caliper(
    score: pd.Series,
    treatment: pd.Series,
    distance: str,
    caliper: float | Mapping | None,
    *,
    logit: pd.Series | None = None,
) -> float:
    """Give a caliper's width in units of the distance.

    Parameters
    ----------
    score
        Propensity scores; people without one are left out.
    treatment
        1 for treated, 0 for pool, on the index of `score`.
    caliper
        As in a request: a number in units of the distance; `{"sd": x}`, x times the
        pooled standard deviation of the distance (Austin 2011); `{"sd": x, "of":
        "all"}`, that over all rows (MatchIt's); None for no limit, `inf`.
    logit
        As `scale` takes it.
    """
    if caliper is None:
        return math.inf
    wrong = check_caliper(caliper)
    if wrong:
        raise RequestError(wrong)
    caliper = _CALIPER.validate_python(_plain(caliper))
    if not isinstance(caliper, Mapping):
        return float(caliper)
    known = score.notna()
    value = scale(score[known], distance, logit)
    if caliper["of"] == "all":
        sd = value.std()
    else:
        sd = pooled_sd(value, treatment.reindex(value.index))
    if math.isnan(sd):
        raise DataError(
            "caliper: there are too few people for a standard deviation; give the "
            "caliper as a number"
        )
    return float(caliper["sd"] * sd)


def check_caliper(caliper: float | Mapping) -> list[str]:
    """Give what is wrong with a caliper, in the words of the request's check."""
    return _wrong("caliper", caliper, _CALIPER)


def check_bandwidth(bandwidth: float) -> list[str]:
    """Give what is wrong with a bandwidth, in the words of the request's check."""
    return _wrong("bandwidth", bandwidth, _BANDWIDTH)


def _wrong(name: str, value: float | Mapping, form: TypeAdapter) -> list[str]:
    plain = _plain(value)
    try:
        form.validate_python(plain)
    except ValidationError as error:
        raw = {"matching": {name: plain}}
        found = problems(error, raw, schema(), ("matching", name))
        return [problem.line(raw).removeprefix("matching.") for problem in found]
    return []


def _plain(value: object) -> object:
    """Give numbers of numpy's as Python's own, those in a mapping too."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return value.item() if isinstance(value, np.generic) else value


def widest(
    score: pd.Series,
    treatment: pd.Series,
    distance: str,
    *,
    logit: pd.Series | None = None,
) -> float:
    """Give the widest caliper, in units of the distance, that is safe from bias.

    With s the pooled standard deviation of the logit and m the mean score: 0.3·s on
    the logit, and about as much on the other scales: 0.3·s·m(1−m) on the propensity,
    0.3·s·m/(1−m) on the odds. NaN when a group has fewer than two people. `logit` is as
    `scale` takes it; without it, scores of 0 and 1 are left out.
    """
    scale(score.iloc[:0], distance)
    known = score[score.notna()]
    if logit is None:
        known = known[(known > 0) & (known < 1)]
    s = pooled_sd(scale(known, "logit", logit), treatment.reindex(known.index))
    m = known.mean()
    factor = {"logit": 1.0, "propensity": m * (1 - m), "odds": m / (1 - m)}
    return float(WIDEST * s * factor[distance])
