"""A known effect must be found: bias, coverage and standard errors by caliper.

    python tests/benchmarks/known_truth.py [replications]

Made-up people with five characteristics, of which the chance of taking part and the
chance of reoffending follow by logistic laws. Support multiplies a person's odds of
reoffending by 0.65, about 9 points fewer, more for people at middling risk. Each
replication draws people anew, fits the propensity model, matches by radius on the
logit and estimates, by the kit's public functions, and compares with the truth of that
very replication: the mean change of the chance over the treated who were matched.

Bias is measured with everyone's chance of reoffending in the place of what they drew
by it, which has the same expectation and hardly any noise; coverage and standard errors
with what they drew. The last row leaves a characteristic out that moves both taking
part and reoffending, as one that no record shows would.

Points; calipers in pooled standard deviations of the logit.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.known_effect import COVARIATES, people  # noqa: E402

from helpers.matching import matching, propensity  # noqa: E402
from helpers.outcomes import estimates  # noqa: E402

CALIPERS = (0.05, 0.1, 0.2, 0.5)
#: people and share treated: enough treated people for a small Monte Carlo error
SIZES = ((3_000, 0.5), (12_000, 0.04), (20_000, 0.005))
HIDDEN = 0.5  # log odds of taking part, and of reoffending, for each SD of the hidden


def one(frame: pd.DataFrame, caliper: float, model: propensity.Model) -> dict:
    """One caliper's estimates on one replication, beside the truth."""
    treatment = frame["treatment"]
    width = {"sd": caliper, "of": "pooled"}
    match = matching.match(model.score, treatment, caliper=width, logit=model.logit)
    matched = (treatment == 1) & (match.weights > 0)
    truth = frame.loc[matched, "effect"].mean()
    expected = estimates.difference(frame["chance"], treatment, match.weights)
    drawn = estimates.difference(frame["reoffended"], treatment, match.weights)
    return {
        "truth": 100 * truth,
        "error": 100 * (expected["difference"] - truth),
        "covered": 100.0 * (drawn["ci_low"] <= truth <= drawn["ci_high"]),
        "se": 100 * drawn["standard_error"],
        "drawn": 100 * (drawn["difference"] - truth),
        "lost": 100 * match.n_unmatched / treatment.sum(),
    }


def row(n: int, share: float, replications: int, hidden: float = 0.0) -> pd.DataFrame:
    """One row a caliper: what the replications of one share treated come to."""
    rows = []
    for seed in range(replications):
        frame = people(n, share, hidden, np.random.default_rng([seed, n]))
        model = propensity.fit(frame, "treatment", COVARIATES)
        for caliper in CALIPERS if not hidden else CALIPERS[:1]:
            rows.append({"caliper": caliper} | one(frame, caliper, model))
    each = pd.DataFrame(rows).groupby("caliper")
    mean, spread = each.mean(), each.std()
    return pd.DataFrame(
        {
            "treated %": 100 * share,
            "people": n,
            "hidden": "a confounder" if hidden else "nothing",
            "truth": mean["truth"],
            "bias": mean["error"],
            "its error": spread["error"] / np.sqrt(replications),
            "coverage %": mean["covered"],
            "mean SE / spread": mean["se"] / spread["drawn"],
            "unmatched %": mean["lost"],
        }
    ).reset_index()


def main(replications: int) -> None:
    """Print the table, share by share, as far as it has come."""
    warnings.simplefilter("ignore")  # a caliper of 0.5 is told to be too wide
    found = []
    for n, share in SIZES:
        found.append(row(n, share, replications))
        print(pd.concat(found).round(3).to_string(index=False), flush=True)
    n, share = SIZES[1]
    found.append(row(n, share, replications, HIDDEN))
    print(pd.concat(found).round(3).to_string(index=False), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
