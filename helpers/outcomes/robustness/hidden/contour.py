"""How strongly what was measured goes with the outcome, for the contour picture.

Something hidden that differs between the groups by x standard deviations, and with each
of which the outcome differs by y, moves the difference by x·y: the bias of a variable
that is left out of a linear model is its imbalance times its effect (Cinelli and
Hazlett 2020, Journal of the Royal Statistical Society B 82:39-67, section 3.1; for a
trait that people have or have not, VanderWeele and Arah 2011, Epidemiology 22:42-52).
What was measured is placed by how far the people analysed were from the pool, and by
the slope of the outcome on it in the pool, both for one standard deviation of the pool.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.matching.design import MISSING, Covariate, read
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.hidden.tipping_point import NOT_SIGNIFICANT
from helpers.outcomes.robustness.study import Study

NAME = "contour"
COLUMNS = [
    "variable",
    "level",
    "spread",
    "imbalance",
    "association",
    "fewest",
    "people",
]
TOLD = (
    "What is hidden would have to differ between the groups, and go with the outcome, "
    "as the line shows."
)


def checks(study: Study) -> Iterator[Check]:
    """Give how strongly each measured characteristic goes with the outcome in the pool.

    Columns: variable, level (empty for a number), spread (the pool's standard
    deviation), imbalance (of those analysed from the pool, in these), association (the
    outcome's units for one), fewest (people of the smallest part by trait and outcome)
    and people (of the pool). Only of a significant result.
    """
    if not study.estimate["significant"]:
        table = pd.DataFrame(columns=COLUMNS)
        yield Check(NAME, "none", table, NOT_SIGNIFICANT)
        return
    rows = []
    for name in study.group.covariates:
        column = read(study.group.people[name])
        of = _levels if column.categorical else _number
        rows += of(column, study)
    yield Check(NAME, "told", pd.DataFrame(rows, columns=COLUMNS), TOLD)


def _number(column: Covariate, study: Study) -> Iterator[list[object]]:
    outcome, known = study.values.to_numpy(), ~np.isnan(column.values)
    pool = ~study.treated & known
    ours = column.values[study.treated & known & (study.weights > 0).to_numpy()]
    spread = float(column.values[pool].std(ddof=1)) if pool.sum() > 1 else 0.0
    used = pool & ~np.isnan(outcome)
    x, y = column.values[used], outcome[used]
    if not spread > 0 or not len(ours) or len(x) < 2 or np.ptp(x) == 0:
        return
    apart = float(ours.mean() - column.values[pool].mean()) / spread
    about = x - x.mean()
    slope = float(about @ (y - y.mean()) / (about @ about))
    yield [column.name, "", spread, apart, slope * spread, _fewest(x, y), len(x)]


def _fewest(x: np.ndarray, y: np.ndarray) -> int:
    """Count the smallest part by outcome, and by trait where people have it or not."""
    having, low, high = y != 0, x == x.min(), x == x.max()
    sides = [low, high] if (low | high).all() else [np.ones(len(x), dtype=bool)]
    return min(int((own & side).sum()) for own in (having, ~having) for side in sides)


def _levels(column: Covariate, study: Study) -> Iterator[list[object]]:
    codes, names = column.levels()
    for code, name in enumerate(names):
        if name == MISSING:
            continue
        trait = Covariate(column.name, (codes == code).astype(float))
        for variable, _, *rest in _number(trait, study):
            yield [variable, name, *rest]
