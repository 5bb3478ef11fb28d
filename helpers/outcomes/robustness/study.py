"""A headline analysis as the methods that doubt its answer take it."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort.losses import NO_SENTENCE, NOT_LINKED, OUTCOME_MISSING
from helpers.matching import propensity
from helpers.matching.groups import Group, select
from helpers.matching.propensity import Model
from helpers.outcomes import estimates
from helpers.outcomes.measures import MAIN
from helpers.outcomes.robustness import laid_out
from helpers.request import Outcome, Request
from helpers.request.matching import Matching

#: the boxes of intake in which people are lost who might be in the analysis
LOST = (NOT_LINKED, NO_SENTENCE, OUTCOME_MISSING)


@dataclass(frozen=True, eq=False)
class Study:
    """A headline analysis: its people with a propensity score, model and matching.

    Attributes
    ----------
    group
        Everybody with a score; its `people` are indexed by person_id.
    model
        The propensity model, fitted as 02 did; `score` and `logit` are of `group`.
    settings, width
        How people are matched, and how far apart they may lie in units of the distance
        (`inf` without a caliper).
    weights
        Of the headline's match, by person_id: 0 for those who do not count.
    outcome, values
        The first measure that the data have, and its value by person_id, NaN where it
        is not known. Before the treated people's outcomes are opened theirs are NaN.
    lost
        How many of those submitted nobody knows the outcome of who might be in it:
        those of the boxes `LOST` and those left unmatched. A filter is not looked at,
        since it is not known of them all. None where they were not counted.
    """

    group: Group
    model: Model = field(repr=False)
    settings: Matching
    width: float
    weights: pd.Series = field(repr=False)
    outcome: Outcome | None = None
    values: pd.Series | None = field(default=None, repr=False)
    lost: int | None = None

    @property
    def name(self) -> str:
        """The name of the analysis."""
        return self.group.name

    @property
    def treated(self) -> np.ndarray:
        """Who is in the treatment group, in the order of the group's people."""
        return (self.group.treatment == 1).to_numpy()

    @cached_property
    def estimate(self) -> pd.Series:
        """The headline's own estimate, as `estimates.difference` gives it."""
        return estimates.difference(
            self.values, self.group.treatment, self.weights, **self.outcome.estimated
        )

    @cached_property
    def columns(self) -> laid_out.LaidOut:
        """The covariates of both groups as columns, laid out when first asked for."""
        return laid_out.of(self.group, self.model)

    @property
    def rules(self) -> dict[str, Any]:
        """What `matching.match` takes of its settings, but for how far apart."""
        alike = {"exact": self.group.exact, "logit": self.model.logit}
        return self.settings.how | alike

    def measured(self, outcome: Outcome, outcomes: pd.DataFrame) -> "Study":
        """Give the study with the values of a measure; `outcomes` has a person_id."""
        by_person = outcomes.set_index("person_id")[outcome.name].astype(float)
        values = by_person.reindex(self.group.people.index)
        return replace(self, outcome=outcome, values=values)


def of_headlines(
    people: pd.DataFrame,
    matched: pd.DataFrame,
    sizes: pd.DataFrame,
    request: Request,
    *,
    losses: pd.DataFrame | None = None,
) -> dict[str, Study]:
    """Give the study of every headline that was matched, by its name.

    `matched` are everybody's weights and `sizes` what each matching came to, as 02
    wrote them; `losses` are the boxes of intake, as 01 wrote them.
    """
    widths = sizes.set_index("analysis")["width"]
    weights = matched[matched["variant"] == MAIN].set_index("analysis")
    studies = {
        analysis.name: _study(
            select(people, analysis),
            request.matching_of(analysis.name),
            float(widths[analysis.name]),
            weights.loc[[analysis.name]].set_index("person_id")["weight"],
        )
        for analysis in request.analyses
        if analysis.headline and analysis.name in widths
    }
    if losses is None:
        return studies
    unmatched = sizes.set_index("analysis")["not_matched"]
    at_intake = int(losses.set_index("box")["treatment"].reindex(LOST).sum())
    return {
        name: replace(study, lost=at_intake + int(unmatched[name]))
        for name, study in studies.items()
    }


def measured(
    studies: Mapping[str, Study], outcomes: pd.DataFrame, request: Request
) -> dict[str, Study]:
    """Give every study with its first measure; those that have none are left out."""
    held = [outcome for outcome in request.outcomes if outcome.name in outcomes]
    if not held:
        return {}
    return {name: study.measured(held[0], outcomes) for name, study in studies.items()}


def _study(group: Group, settings: Matching, width: float, weights: pd.Series) -> Study:
    with warnings.catch_warnings():  # columns dropped were told in 02
        warnings.simplefilter("ignore")
        model = propensity.fit(group.people, "treatment", group.covariates)
    scored = model.score.notna()
    kept = group.only(scored)
    model = replace(model, score=model.score[scored], logit=model.logit[scored])
    if not weights[weights > 0].index.isin(kept.people.index).all():
        raise DataError(
            f'analyses: "{group.name}": some who were matched have no score now; run '
            "02_matching again"
        )
    own = weights.reindex(kept.people.index, fill_value=0.0)
    return Study(kept, model, settings, width, own)
