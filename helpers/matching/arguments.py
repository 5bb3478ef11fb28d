"""What is wrong with the arguments of a match, in plain words."""

import difflib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.errors import RequestError
from helpers.matching.distances import DISTANCES, check_bandwidth, check_caliper
from helpers.request.matching import BANDWIDTH

ORDERS = ("largest", "smallest", "closest")


def check(
    score: pd.Series,
    treatment: pd.Series,
    exact: pd.DataFrame | None,
    *,
    distance: str,
    method: str = "nearest",
    caliper: float | Mapping | None = None,
    bandwidth: float = BANDWIDTH,
    ratio: int = 1,
    order: str = "largest",
    methods: tuple[str, ...] = ("nearest",),
) -> None:
    """Refuse arguments of `match` that do not fit, all problems at once."""
    problems = _unknown("method", method, methods)
    problems += _unknown("distance", distance, DISTANCES)
    problems += _unknown("order", order, ORDERS)
    if method == "kernel":
        problems += check_bandwidth(bandwidth)
        if caliper is not None:
            problems.append("caliper: kernel matching has none; give a bandwidth")
    elif caliper is not None:
        problems += check_caliper(caliper)
    elif method == "radius":
        problems.append("caliper: radius matching needs one; write for example 0.05")
    whole_number = isinstance(ratio, int | np.integer) and not isinstance(ratio, bool)
    if not whole_number or ratio < 1:
        problems.append(f"ratio must be a whole number from 1; found {ratio!r}")
    problems += _misaligned(score, treatment, exact)
    if problems:
        raise RequestError(problems)


def _unknown(name: str, value: object, choices: tuple[str, ...]) -> list[str]:
    if value in choices:
        return []
    near = difflib.get_close_matches(str(value), choices, n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return [f"{name} must be {' or '.join(choices)}; found {value!r}{hint}"]


def _misaligned(
    score: pd.Series, treatment: pd.Series, exact: pd.DataFrame | None
) -> list[str]:
    """Give what is wrong with the index or the groups of what is matched."""
    problems = []
    others = {"treatment": treatment} | ({} if exact is None else {"exact": exact})
    for name, data in {"score": score, **others}.items():
        if data.index.has_duplicates:
            problems.append(f"{name}: two rows have the same index label")
    for name, data in others.items():
        apart = len(score.index.symmetric_difference(data.index))
        if apart:
            problems.append(
                f"{name}: its index must be that of score; {apart} labels differ"
            )
    if not treatment.isin([0, 1]).all():
        problems.append("treatment: must be 1 (treated) or 0 (pool) for everyone")
    elif treatment.nunique() < 2:
        problems.append("treatment: both groups need people; one has none")
    if score.index.inferred_type.startswith("mixed"):
        problems.append("score: index labels of several types have no order")
    return problems
