"""What people are made alike on, and why: the rows behind a request's covariates.

The rows themselves, and the named sets, stand in `helpers.request.covariates`, where a
request finds the sets and the report its labels.
"""

from collections.abc import Mapping

import pandas as pd

from helpers.intake.cohort.kinds import DELAY
from helpers.matching.groups import Group
from helpers.request.covariates.sets import SETS

ROWS = {one.name: one for named in SETS.values() for one in named}
NAMED = "the request names it"
OF_DELAY = "reoffending before support began thins long delays in the pool"


def reasons(groups: Mapping[str, Group]) -> pd.DataFrame:
    """Give each covariate with its label, its source, why, and the analyses it is in.

    The source is the table of the records. A covariate that the kit has no row of is
    the request's own.
    """
    every = [name for group in groups.values() for name in group.covariates]
    rows = {}
    for name in dict.fromkeys(every):
        row = ROWS.get(name)
        rows[name] = {
            "label": row.label if row else "",
            "source": row.source if row else "",
            "why": row.why if row else OF_DELAY if name in DELAY else NAMED,
            "analyses": every.count(name),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("covariate")
