"""The treated before and after matching: whom the finding is about."""

import pandas as pd

from helpers.matching import balance
from helpers.matching.groups import Group
from helpers.matching.weights import Match


def before_and_after(group: Group, match: Match) -> pd.DataFrame:
    """Compare the treated who were matched with all the treated of an analysis.

    Returns
    -------
    DataFrame
        A row a number (level empty), a level of a category, or the share missing:
        variable, level, mean_before (all the treated, those set aside among them),
        mean_after (the matched), and smd, 100 times after less before over the standard
        deviation of all the treated; null when they do not differ but the means do.
    """
    everyone = group.people[group.treatment == 1]
    kept = everyone[(match.weights.reindex(everyone.index) > 0).to_numpy()]
    # all of them beside those kept: nobody is weighted, so that before is after
    both = pd.concat([everyone, kept], ignore_index=True)
    first = pd.Series([1] * len(everyone) + [0] * len(kept))
    even = pd.Series(1.0, index=both.index)
    table = balance.table(both, first, even, group.covariates, ks=False)
    return pd.DataFrame(
        {
            "variable": table["variable"],
            "level": table["level"],
            "mean_before": table["mean_treatment"],
            "mean_after": table["mean_comparison_after"],
            "smd": 0.0 - table["smd_after_treated_sd"],
        }
    )
