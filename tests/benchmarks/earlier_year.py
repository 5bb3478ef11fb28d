"""The year before the conviction on made-up records whose truth is known.

    python tests/benchmarks/earlier_year.py [seeds] [people] [lines]

The programme of the made-up records changes nothing. In the first world all that steers
people into it is in the records; what it sees are needs, the record, age, work, region
and offence as they stand when support begins. In the second, people also join by a
motivation that no record shows and that lowers offending. In the third there is none,
but the analysis leaves out the needs, which steer as well.

The table gives, for each world, the mean difference in the earlier year in points over
the seeds with its standard error, the spread of the differences, their mean standard
error, and the share that is significant: 5% where the groups do not differ.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.whole_path import COVARIATES, request
from support import in_process

from helpers.outcomes.robustness import study
from helpers.outcomes.robustness.before import negative_control
from helpers.request import load
from helpers.synthetic import records

MOTIVATION = -1.0  # log odds of joining for each standard deviation
NO_NEEDS = COVARIATES | {
    "categorical": [c for c in COVARIATES["categorical"] if not c.startswith("needs_")]
}
#: world -> what steers people beside the records, and what groups are made alike on
WORLDS = {
    "everything known": (0.0, COVARIATES),
    "motivation hidden": (MOTIVATION, COVARIATES),
    "needs left out": (0.0, NO_NEEDS),
}
TABLES = ("people", "matched", "matches", "earlier")


def difference(
    seed: int, people: int, lines: int, motivation: float, covariates: dict
) -> pd.Series:
    """The negative control of one register, on the covariates named."""
    asked = request(people, lines, 0.0, seed)
    asked["analyses"][0]["covariates"] = covariates
    write = partial(records.write, motivation=motivation)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(records, "write", write),
    ):
        place = Path(folder) / "draft"
        data = in_process.stages(asked, place, "intake", "matching")
        read = {name: pd.read_parquet(data / f"{name}.parquet") for name in TABLES}
    studies = study.of_headlines(
        read["people"], read["matched"], read["matches"], load(asked)
    )
    checks = negative_control.estimates_of(read["earlier"], studies)
    return checks["Everyone"].table.iloc[0]


def main(seeds: int = 20, people: int = 60_000, lines: int = 600) -> None:
    """Print a row for each world."""
    for world, (motivation, covariates) in WORLDS.items():
        rows = pd.DataFrame(
            [
                difference(seed, people, lines, motivation, covariates)
                for seed in range(1, seeds + 1)
            ]
        )
        points = rows["difference"].astype(float) * 100
        print(
            f"{world:20} mean {points.mean():6.2f} ({points.std() / seeds**0.5:.2f}) "
            f"spread {points.std():.2f} standard error "
            f"{rows['standard_error'].astype(float).mean() * 100:.2f} significant "
            f"{(rows['p_value'].astype(float) <= 0.05).mean():.2f} "
            f"balance {dict(rows['quality'].value_counts())}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
