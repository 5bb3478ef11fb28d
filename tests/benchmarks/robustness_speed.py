"""Seconds and memory of every method that looks at the finding, for one headline.

    python tests/benchmarks/robustness_speed.py [TREATED POOL]

Made-up people with 25 covariates: fifteen numbers, six yes or no, four categories of 4,
5, 9 and 20 levels. Each of the two sizes, 500 of a pool of 50,000 and 5,000 of one of
1,000,000, is measured in a process of its own: the propensity model and the headline's
match, as 03_outcomes takes them up again; then each method of
`helpers.outcomes.robustness.runner`, and of the smaller pool 200 made-up programmes.
Seconds, those of the processor on both cores, and
the most memory held so far, in GB.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from support import studies  # noqa: E402

from helpers.outcomes.robustness import runner  # noqa: E402
from helpers.outcomes.robustness.before import placebo  # noqa: E402

SIZES = ((500, 50_000), (5_000, 1_000_000))


def people(treated: int, pool: int) -> pd.DataFrame:
    """People with 25 covariates, a treatment that hangs on some, and an outcome."""
    rng, n = np.random.default_rng(1), treated + pool
    group = np.zeros(n, dtype=int)
    group[rng.choice(n, treated, replace=False)] = 1
    columns: dict[str, np.ndarray] = {"treatment": group}
    for i in range(15):
        columns[f"number_{i}"] = rng.normal(0.15 * group * (i < 6), 1, n)
    for i in range(6):
        columns[f"yes_{i}"] = (rng.random(n) < 0.3 + 0.05 * group).astype(float)
    for i, levels in enumerate((4, 5, 9, 20)):
        names = np.array([f"level {k:02d}" for k in range(levels)], dtype=object)
        columns[f"kind_{i}"] = names[rng.integers(0, levels, n)]
    frame = pd.DataFrame(columns, index=pd.RangeIndex(n, name="person_id"))
    # an effect that is significant, or some methods have nothing to do
    risk = -1 + 0.4 * frame["number_0"] + 0.3 * frame["yes_0"] - 0.6 * group
    frame["reoffended"] = (rng.random(n) < 1 / (1 + np.exp(-risk))).astype(float)
    return frame


def measure(treated: int, pool: int) -> None:
    """Print a line a method, and one for all of them."""
    frame = people(treated, pool)
    covariates = [name for name in frame if name not in ("treatment", "reoffended")]
    begun = time.perf_counter(), time.process_time()

    def told(what: str, since: tuple[float, float]) -> None:
        seconds = time.perf_counter() - since[0], time.process_time() - since[1]
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{what:22}{seconds[0]:8.2f}{seconds[1]:8.2f}{most:8.2f}", flush=True)

    print(f"{treated:,} of {pool:,}".ljust(22) + "       s   CPU s      GB")
    told("people", begun)
    begun = time.perf_counter(), time.process_time()
    study = studies.of(frame, covariates)
    told("model and match", begun)
    for method in runner.METHODS:
        start = time.perf_counter(), time.process_time()
        for _ in method(study):
            pass
        told(method.__module__.rpartition(".")[2], start)
    if pool <= 50_000:
        start = time.perf_counter(), time.process_time()
        placebo.programmes(study, 200, 1)
        told("200 placebo groups", start)
    told("all", begun)


def main(sizes: list[str]) -> None:
    """Measure one size here, or each in a process of its own."""
    if sizes:
        measure(*map(int, sizes))
        return
    for size in SIZES:
        subprocess.run([sys.executable, __file__, *map(str, size)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
