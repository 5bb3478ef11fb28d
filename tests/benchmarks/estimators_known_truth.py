"""A known effect by each estimator: bias, coverage and standard errors.

    python tests/benchmarks/estimators_known_truth.py [replications]

The made-up people of known_truth.py (tests/support/known_effect.py): support multiplies
a person's odds of reoffending by 0.65, about 9 points fewer. Each replication draws
people anew and carries every estimator out; the truth is the mean change of the chance
over the treated whom that estimator counts. In the last block a characteristic that no
record shows moves both taking part and reoffending by half a log odds for each standard
deviation.

Measured, points. 3,000 people, half of them treated, 1,000 replications: bias 0.02 to
0.08 (its error 0.06), at a caliper of 0.2 0.17, nearest with replacement 0.11, without
2.14, since the pool is as small as the programme; coverage 94.8 to 96.5%, without
replacement 81%; mean SE over spread 1.00 to 1.07. 12,000 people, 4% treated, 300
replications: 0.00 to 0.04, at 0.2 0.14 (0.13 to 0.17); 93.0 to 97.3%; 0.97 to 1.09.
With the hidden characteristic: 5.2 to 5.5 by every estimator, of which none is in
doubt in more than one of 300 studies; coverage 32 to 38%, with the wider intervals of
nearest 66%.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from support import known_effect, studies  # noqa: E402

#: people, share treated and strength of the hidden characteristic
SETTINGS = ((3_000, 0.5, 0.0), (12_000, 0.04, 0.0), (12_000, 0.04, 0.5))


def one(frame: pd.DataFrame) -> pd.DataFrame:
    """Every estimator's row on one replication, beside its truth; points."""
    study = studies.of(frame, known_effect.COVARIATES)
    rows = []
    for check in studies.estimators(study).values():
        if check.kept is None:
            continue
        row = check.table.iloc[0]
        kept = frame.loc[check.kept]
        truth = kept.loc[kept["treatment"] == 1, "effect"].mean()
        rows.append(
            {
                "variant": check.name,
                "truth": 100 * truth,
                "error": 100 * (row["difference"] - truth),
                "covered": 100.0 * (row["ci_low"] <= truth <= row["ci_high"]),
                "se": 100 * row["standard_error"],
                "doubt": 100.0 * (check.verdict == "doubt"),
            }
        )
    return pd.DataFrame(rows)


def summary(n: int, share: float, hidden: float, replications: int) -> pd.DataFrame:
    """One row an estimator: what the replications of a setting came to."""
    found = []
    for seed in range(replications):
        rng = np.random.default_rng([seed, n])
        found.append(one(known_effect.people(n, share, hidden, rng)))
    each = pd.concat(found).groupby("variant", sort=False)
    mean, spread = each.mean(), each.std()
    return pd.DataFrame(
        {
            "truth": mean["truth"],
            "bias": mean["error"],
            "its error": spread["error"] / np.sqrt(replications),
            "coverage %": mean["covered"],
            "mean SE / spread": mean["se"] / spread["error"],
            "in doubt %": mean["doubt"],
            "carried out": each.size() / replications,
        }
    )


def main(replications: int) -> None:
    """Print a table a setting."""
    for n, share, hidden in SETTINGS:
        beside = "a confounder that no record shows" if hidden else "nothing hidden"
        print(f"{n:,} people, {share:.1%} treated, {beside}")
        print(summary(n, share, hidden, replications).round(2).to_string(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
