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

from helpers.matching import groups
from helpers.outcomes.robustness.before import negative_control
from helpers.outcomes.robustness.study import Study
from helpers.request import load
from helpers.request.limits import ALPHA
from helpers.synthetic import records

MOTIVATION = -1.0  # log odds of joining for each standard deviation
KNOWN, LEFT_OUT = "Everything", "Without needs"
NO_NEEDS = COVARIATES | {
    "categorical": [c for c in COVARIATES["categorical"] if not c.startswith("needs_")]
}
#: world -> what steers people beside the records, and the analysis that is looked at
WORLDS = {
    "everything known": (0.0, KNOWN),
    "motivation hidden": (MOTIVATION, KNOWN),
    "needs left out": (0.0, LEFT_OUT),
}


def of_register(seed: int, people: int, lines: int, motivation: float) -> pd.DataFrame:
    """The negative control of each analysis of one register, a row each."""
    asked = request(people, lines, 0.0, seed)
    asked["analyses"] = [
        {"name": KNOWN, "headline": True, "covariates": COVARIATES},
        {"name": LEFT_OUT, "covariates": NO_NEEDS},
    ]
    write = partial(records.write, motivation=motivation)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(records, "write", write),
    ):
        data = in_process.stages(asked, Path(folder) / "draft", "intake")
        everyone = pd.read_parquet(data / "people.parquet")
        earlier = pd.read_parquet(data / "earlier.parquet")
    read = load(asked)
    rows = {}
    for analysis in read.analyses:
        group = groups.select(everyone, analysis)
        # of a study the control looks at its people and at how they are matched
        study = Study(group, None, read.matching_of(analysis.name), 0.0, None)
        rows[analysis.name] = negative_control.estimate(earlier, study).table.iloc[0]
    return pd.DataFrame(rows).T


def main(seeds: int = 20, people: int = 60_000, lines: int = 1_200) -> None:
    """Print a row for each world."""
    for motivation in (0.0, MOTIVATION):
        registers = [
            of_register(seed, people, lines, motivation) for seed in range(1, seeds + 1)
        ]
        for world, (steers, analysis) in WORLDS.items():
            if steers == motivation:
                told(world, pd.DataFrame([rows.loc[analysis] for rows in registers]))


def told(world: str, rows: pd.DataFrame) -> None:
    """Print what was found in one world, in points."""
    points = rows["difference"].astype(float) * 100
    error = rows["standard_error"].astype(float).mean() * 100
    significant = (rows["p_value"].astype(float) <= ALPHA).mean()
    print(
        f"{world:18} mean {points.mean():6.2f} ({points.sem():.2f}), spread "
        f"{points.std():.2f}, standard error {error:.2f}, significant "
        f"{significant:.2f}; {rows['quality'].value_counts().to_dict()}",
        flush=True,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
