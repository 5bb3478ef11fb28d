"""Studies of data that a test has made, as the methods of doubt take them."""

import json
import warnings
from dataclasses import replace
from functools import partial

import pandas as pd

from helpers.files import ROOT
from helpers.matching import matching, propensity
from helpers.matching.groups import Group
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import (
    aipw,
    entropy_balancing,
    ipw,
    regression,
    rematched,
    trimmed,
)
from helpers.outcomes.robustness.study import Study
from helpers.request import Outcome
from helpers.request.matching import Matching

DEFAULT = Matching.model_validate({"caliper": {"sd": 0.05, "of": "pooled"}})


def of(
    people: pd.DataFrame,
    covariates: list[str],
    outcome: str | pd.Series = "reoffended",
    *,
    kind: str = "rate",
    settings: Matching = DEFAULT,
    exact: pd.DataFrame | None = None,
) -> Study:
    """A study of people with a column `treatment`, matched as the settings say."""
    values = people[outcome] if isinstance(outcome, str) else outcome
    group = Group("All", people, covariates, exact)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = propensity.fit(people, "treatment", covariates)
    scored = model.score.notna()
    group = group.only(scored)
    model = replace(model, score=model.score[scored], logit=model.logit[scored])
    own = {**settings.how, "exact": group.exact, "logit": model.logit}
    reach = {settings.reach: settings.calipers[0]}
    match = matching.match(model.score, group.treatment, **own, **reach)
    study = Study(group, model, settings, match.width, match.weights)
    unit = {"unit": "units"} if kind == "amount" else {}
    named = Outcome.model_validate({"name": "measured", "kind": kind, **unit})
    frame = pd.DataFrame({"person_id": people.index, "measured": values.to_numpy()})
    return study.measured(named, frame)


def north_carolina() -> Study:
    """The open study of method.md section 10, matched as the kit does by default."""
    people = pd.read_csv(ROOT / "params/data/nc_prison_work.csv")
    reference = ROOT / "tests/expected/nc_prison_work_reference.json"
    covariates = json.loads(reference.read_text())["covariates"]
    return of(people.set_index("person_id"), covariates)


def estimators(study: Study) -> dict[str, Check]:
    """Each of the twelve by variant, that with the headline's very settings too."""
    methods = (
        partial(rematched.checks, repeated=True),
        entropy_balancing.checks,
        ipw.checks,
        aipw.checks,
        regression.checks,
        trimmed.checks,
    )
    return {check.name: check for method in methods for check in method(study)}


def with_values(study: Study, values: pd.Series, **parts) -> Study:
    """The study with other values of its measure, and other parts."""
    return replace(study, values=values, **parts)
