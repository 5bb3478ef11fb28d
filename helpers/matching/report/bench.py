"""The bench of calipers as the analyst sees it; nothing here is registered."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from helpers.matching import balance, calipers
from helpers.matching.distances import widest
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.publication.figures.analyst.bench import bench
from helpers.publication.figures.analyst.samples import Shown
from helpers.publication.tables import Captioned
from helpers.runs.run import Run

NOBODY = "None is recommended: no setting fulfils the rule."
KEY = (
    "people kept against worst imbalance; settings are numbered as above, those too "
    "wide hollow, the recommended one in a ring"
)


def of_settings(
    run: Run,
    fitted: Mapping[str, Group],
    models: Mapping[str, Model],
    scores: Mapping[str, pd.Series],
) -> list[Captioned | Shown]:
    """Give for each analysis what fifteen settings come to, as a table and a figure.

    On its own distance and within its exact keys; `scores` are those that it is
    matched on.
    """
    made = []
    for name, group in fitted.items():
        distance, logit = run.request.matching_of(name).distance, models[name].logit
        score, treatment = scores[name], group.treatment
        matches = calipers.in_every_way(
            score, treatment, distance, group.exact, logit=logit
        )
        weights = {setting: match.weights for setting, match in matches.items()}
        balances = balance.of_several(
            group.people, treatment, weights, group.covariates
        )
        limit = widest(score, treatment, distance, logit=logit)
        table = calipers.judged(matches, balances, limit)
        told = "" if table["recommended"].any() else f" {NOBODY}"
        shown = table.join(calipers.rubins(matches, score, treatment, logit=logit))
        shown.insert(0, "number", range(1, len(shown) + 1))
        caption = f"{name}: what fifteen settings come to. {calipers.RULE}{told}"
        drawn = partial(bench, table, balances)
        made += [
            run.show(shown, caption),
            Shown(drawn, f"{name}: {KEY}", run.banner),
        ]
    return made
