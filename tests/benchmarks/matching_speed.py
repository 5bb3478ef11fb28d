"""Time matching, balance and the propensity model for 5,000 treated and 500,000 pool.

    python tests/benchmarks/matching_speed.py [treated] [pool]

The peer, in the same run, is scikit-learn's NearestNeighbors (a k-d tree on the logit).
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.neighbors import NearestNeighbors

from helpers.matching import balance, matching, propensity

CALIPER = {"sd": 0.05, "of": "pooled"}
NEAREST = {"method": "nearest"}
ALONE = {"method": "nearest", "replacement": False}


def made(n_treatment: int, n_pool: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Make people with ten covariates, their scores and their groups."""
    draw = np.random.default_rng(1)
    n = n_treatment + n_pool
    people = pd.DataFrame({f"x{i}": draw.normal(size=n) for i in range(8)})
    people["region"] = draw.choice(list("abcdefghij"), n)
    people["sex"] = draw.choice(["F", "M"], n)
    pull = 0.5 * people["x0"] + 0.3 * people["x1"] + draw.gumbel(size=n)
    treatment = pd.Series(0, people.index)
    treatment[np.argsort(-pull)[:n_treatment]] = 1
    score = 1 / (1 + np.exp(4.6 - 0.5 * people["x0"] - 0.3 * people["x1"]))
    return people, score, treatment


def timed(name: str, work: Callable[[], object]) -> float:
    """Run once, tell how long it took, and give the seconds."""
    start = time.perf_counter()
    work()
    taken = time.perf_counter() - start
    print(f"{name:48} {taken:7.2f} s")
    return taken


def peer(score: pd.Series, treatment: pd.Series, width: float | None) -> None:
    """Find the same neighbours with scikit-learn."""
    logit = np.log(score / (1 - score)).to_numpy()[:, None]
    treated = treatment.to_numpy() == 1
    tree = NearestNeighbors(n_neighbors=1, radius=width).fit(logit[~treated])
    if width is None:
        tree.kneighbors(logit[treated])
    else:
        tree.radius_neighbors(logit[treated], return_distance=False)


def main(n_treatment: int = 5_000, n_pool: int = 500_000) -> None:
    """Time every method and its peer."""
    people, score, treatment = made(n_treatment, n_pool)
    strata = people[["region", "sex"]]
    width = matching.resolve_caliper(score, treatment, "logit", CALIPER)

    def match(**options: object) -> Callable[[], object]:
        return lambda: matching.match(score, treatment, **options)

    radius = timed("radius, 0.05 SD", match(caliper=CALIPER))
    timed("radius, 0.05 SD, exact strata", match(caliper=CALIPER, exact=strata))
    near = timed("nearest, with replacement", match(**NEAREST))
    timed("nearest 3, with replacement", match(**NEAREST, ratio=3))
    for order in ("largest", "smallest", "closest"):
        timed(f"nearest, without, {order}", match(**ALONE, order=order))
    timed("nearest 3, without, closest", match(**ALONE, order="closest", ratio=3))
    timed("nearest, without, largest, exact", match(**ALONE, exact=strata))
    tree = timed("scikit-learn, nearest", lambda: peer(score, treatment, None))
    ball = timed("scikit-learn, radius", lambda: peer(score, treatment, width))
    print(f"ratio to the peer: nearest {near / tree:.2f}, radius {radius / ball:.2f}")
    weights = match(caliper=CALIPER)().weights
    names = list(people.columns)
    for ks in (False, True):
        timed(
            f"balance, {len(names)} covariates, ks={ks}",
            lambda ks=ks: balance.table(people, treatment, weights, names, ks=ks),
        )
    grouped = people.assign(treatment=treatment)
    timed("propensity", lambda: propensity.fit(grouped, "treatment", names))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(*map(int, sys.argv[1:]))
