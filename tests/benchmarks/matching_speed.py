"""CPU seconds and memory of the kit's matching, beside those of its peers.

    python tests/benchmarks/matching_speed.py peers [--python PYTHON]
    python tests/benchmarks/matching_speed.py growth PLOT.svg
    python tests/benchmarks/matching_speed.py wide
    python tests/benchmarks/matching_speed.py stage [pool]
    python tests/benchmarks/matching_speed.py kit pool [covariates [levels]]

`peers`: the propensity model, matching and balance of 5,000 treated, a pool of
1,000,000 and 20 covariates, by the kit, by R's MatchIt (Debian: r-cran-matchit) and by
causalml (the score by scikit-learn, since its own is chosen among 64 penalties), which
PYTHON has, of an environment of its own. `growth`: the kit with a pool
of 100,000, 1,000,000 and 4,000,000. `wide`: a category of 300 levels and 60 more
covariates. `stage`: the whole notebook 02_matching. `kit`: the kit with so many. Every
measurement is a process of its own; time is that of the processor, of both cores,
memory what is taken above the data, in GB, and `resident` all that the process has.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd

TREATED = 5_000
HERE = Path(__file__).resolve()
TESTS = HERE.parents[1]

R = """
data <- read.csv(commandArgs(TRUE)[1]); suppressMessages(library(MatchIt))
at <- function() { p <- proc.time(); sum(p[c(1, 2)]) }
kb <- function(what) as.numeric(gsub("[^0-9]", "", grep(what,
  readLines("/proc/self/status"), value = TRUE)))
invisible(gc(full = TRUE)); before <- kb("VmRSS"); start <- at()
m <- matchit(treatment ~ ., data = data, method = "nearest", distance = "glm")
s <- summary(m)
cat(sprintf('{"nearest": %f, "memory": %f}', at() - start,
  (kb("VmHWM") - before) / 1e6))
"""

CAUSALML = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
import pandas as pd
from causalml.match import NearestNeighborMatch, create_table_one
from sklearn.linear_model import LogisticRegression
data = pd.read_csv(sys.argv[1])
names = [name for name in data if name != "treatment"]
def rss():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1e6
def at():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime
before, start = rss(), at()
model = LogisticRegression(C=float("inf"), solver="newton-cholesky", tol=1e-10)
model.fit(data[names], data["treatment"])
data["score"] = model.decision_function(data[names])
match = NearestNeighborMatch(replace=False, ratio=1, random_state=1)
both = match.match(data=data, treatment_col="treatment", score_cols=["score"])
create_table_one(data=data, treatment_col="treatment", features=names)
create_table_one(data=both, treatment_col="treatment", features=names)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(json.dumps({"nearest": at() - start, "memory": peak - before}))
"""


def people(pool: int, numbers: int = 20, levels: int = 0) -> pd.DataFrame:
    """Make people: numbers of which a third are counts, and a category, if asked."""
    draw, n = np.random.default_rng(1), TREATED + pool
    frame = pd.DataFrame(
        {
            f"x{i}": draw.poisson(2 + i / 4, n).astype(float)
            if i % 3 == 0
            else draw.normal(size=n)
            for i in range(numbers)
        }
    )
    pull = 0.2 * frame[[f"x{i}" for i in range(5)]].sum(axis=1) + draw.gumbel(size=n)
    frame["treatment"] = 0
    frame.loc[np.argsort(-pull.to_numpy())[:TREATED], "treatment"] = 1
    if levels:
        names = np.array([f"area {i}" for i in range(levels)])
        frame["area"] = pd.Series(names[draw.integers(0, levels, n)]).astype("str")
    return frame


@contextmanager
def measured(into: dict[str, float], name: str) -> Iterator[None]:
    """Note CPU seconds of what is done, and the most memory above that at the start."""
    most, ended = [_resident()], threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            most.append(_resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start = time.process_time()
    yield
    into[name] = time.process_time() - start
    into["memory"] = max(into.get("memory", 0), (max(most) - most[0]) / 1e9)
    into["resident"] = max(into.get("resident", 0), max(most) / 1e9)
    ended.set()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def kit(pool: int, numbers: int = 20, levels: int = 0) -> dict[str, float]:
    """Measure the kit's own steps, on data that are there."""
    from helpers.matching import balance, matching, propensity

    frame, spent = people(pool, numbers, levels), {}
    names, treatment = [n for n in frame if n != "treatment"], frame["treatment"]
    with measured(spent, "propensity"):
        model = propensity.fit(frame, "treatment", names)
    score, logit = model.score, model.logit
    with measured(spent, "radius"):
        match = matching.match(score, treatment, caliper={"sd": 0.05}, logit=logit)
    with measured(spent, "balance"):
        balance.table(frame, treatment, match.weights, names, ks=False)
    with measured(spent, "balance with KS"):
        balance.table(frame, treatment, match.weights, names)
    with measured(spent, "nearest"):
        options = {"method": "nearest", "replacement": False, "logit": logit}
        matching.match(score, treatment, **options)
    return spent


def stage(pool: int) -> dict[str, float]:
    """Measure the whole of 02_matching, figures for the analyst too."""
    sys.path.insert(0, str(TESTS))
    from support import in_process, ready_cohort

    frame, draw = people(pool, 16), np.random.default_rng(2)
    numeric = [name for name in frame if name != "treatment"]
    for levels in (2, 5, 9, 12):
        names = np.array([f"level {i}" for i in range(levels)])
        frame[f"of_{levels}"] = names[draw.integers(0, levels, len(frame))]
    frame["person_id"] = np.arange(len(frame))
    frame["reoffended"] = draw.integers(0, 2, len(frame))
    covariates = {"numeric": numeric, "categorical": [n for n in frame if "of_" in n]}
    spent: dict[str, float] = {}
    execute = in_process._execute

    def timed(name: str, *others: object) -> str:
        with measured(spent if name == "matching" else {}, name):
            told = execute(name, *others)
        if name == "matching":
            raise Matched
        return told

    with tempfile.TemporaryDirectory() as folder:
        cohort = Path(folder, "cohort.parquet")
        frame.to_parquet(cohort)
        del frame
        analysis = {"name": "Everyone", "covariates": covariates}
        request = ready_cohort.raw(
            cohort, analyses=[analysis], outcomes=["reoffending_rate"]
        )
        path = in_process.write(request, Path(folder))
        with patch.object(in_process, "_execute", timed), suppress(Matched):
            in_process.run(path, Path(folder, "outputs"))
    return spent


class Matched(BaseException):
    """The stage is done, and nothing after it is measured."""


def apart(*arguments: str | int) -> dict[str, float]:
    """Measure in a process of its own; gives what it prints."""
    return _printed([sys.executable, str(HERE), "--measure", *map(str, arguments)])


def _printed(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def peers(python: str | None) -> None:
    """Print what the kit and its peers take, and the ratios."""
    rows = {"kit": apart("kit", 1_000_000)}
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder, "people.csv"), Path(folder, "match.R")
        people(1_000_000).to_csv(data, index=False)
        script.write_text(R, encoding="utf-8")
        if python:
            rows["causalml"] = _printed([python, "-c", CAUSALML, str(data)])
        rows["MatchIt"] = _printed(["Rscript", str(script), str(data)])
    own = rows["kit"]
    for name, spent in rows.items():
        print(f"{name:10}", *(f"{what} {x:.2f}" for what, x in spent.items()), sep="  ")
    parts = {
        "radius": ("propensity", "radius", "balance"),
        "radius, with KS": ("propensity", "radius", "balance with KS"),
        "nearest": ("propensity", "nearest", "balance"),
    }
    for way, steps in parts.items():
        total = sum(own[step] for step in steps)
        print(f"kit, {way}: {total:.2f} s")
        for name, spent in rows.items():
            if name != "kit":
                print(f"  {name} takes {spent['nearest'] / total:.0f} times as long")


def growth(plot: str) -> None:
    """Print and draw what the kit takes as the pool grows, beside n log n."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pools = (100_000, 1_000_000, 4_000_000)
    table = pd.DataFrame({pool: apart("kit", pool) for pool in pools}).T
    print(table.round(2).to_string())
    figure, axes = pyplot.subplots(figsize=(6, 4))
    total = table[["propensity", "radius", "balance with KS"]]
    for name, seconds in total.assign(all=total.sum(axis=1)).items():
        axes.loglog(pools, seconds, marker="o", label=name)
    n = np.array(pools)
    line = n * np.log(n) / (n[1] * np.log(n[1])) * total.iloc[1].sum()
    axes.loglog(pools, line, color="grey", linestyle=":", label="n log n")
    axes.set(xlabel="people in the pool", ylabel="CPU seconds")
    axes.legend()
    figure.savefig(plot, bbox_inches="tight")


def main() -> None:
    """Measure what is asked for."""
    told = argparse.ArgumentParser()
    told.add_argument("what", choices=["peers", "growth", "wide", "stage", "kit"])
    told.add_argument("more", nargs="*", help="the plot's file, or numbers")
    told.add_argument("--python", help="the Python that has causalml")
    told.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = told.parse_args()
    numbers = [int(number) for number in asked.more if number.isdigit()]
    if asked.measure:
        warnings.simplefilter("ignore")
        print(json.dumps((kit if asked.what == "kit" else stage)(*numbers)))
    elif asked.what == "peers":
        peers(asked.python)
    elif asked.what == "growth":
        growth(asked.more[0])
    else:
        wide = ["kit", 1_000_000, 60, 300]
        pool = numbers or [1_000_000]
        print(apart(*(wide if asked.what == "wide" else [asked.what, *pool])))


if __name__ == "__main__":
    main()
