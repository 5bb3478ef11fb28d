"""Did the groups differ before the programme: offending in an earlier year.

A difference in that year cannot be due to the programme. It means that the groups
already differed in ways that the records of that date do not show.
"""

import math
from collections.abc import Mapping

import pandas as pd

from helpers.intake.cohort.earlier.dated import IN_CUSTODY, OFFENDED
from helpers.intake.cohort.kinds import as_text
from helpers.matching import balance, ladders
from helpers.matching.groups import Group
from helpers.matching.ladders import Rematch, Rung
from helpers.matching.weights import largest_share
from helpers.outcomes import estimates
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study

NAME = "negative_control"
COLUMNS = (
    "variant n_treatment n_comparison effective_comparison value_treatment "
    "value_comparison difference standard_error df ci_low ci_high p_value significant "
    "largest_weight largest_smd quality why"
).split()

#: what was found
ALIKE = "The groups did not differ significantly in an earlier year."
APART = "The groups already differed in an earlier year."
#: why nothing was
READY = "The data do not tell of an earlier year."
NOT_MATCHED = "The groups of that time could not be matched again."
UNLIKE = "The groups of that time could not be made alike enough."
FEW = "Too few people offended in that year, or did not, for a test."


def estimates_of(
    earlier: pd.DataFrame, studies: Mapping[str, Study]
) -> dict[str, Check]:
    """Give the negative control of every study, by its name."""
    return {name: estimate(earlier, study) for name, study in studies.items()}


def estimate(earlier: pd.DataFrame, study: Study) -> Check:
    """Compare the offending of a study's people in a year before their conviction.

    Parameters
    ----------
    earlier
        From `intake.cohort.earlier.table`, by the ids of the run; empty for a ready
        cohort.

    Returns
    -------
    Check
        `holds` where the difference is not significant, `doubt` where it is, `none`
        where there is no test. Its table has one row in COLUMNS, shares as proportions,
        SMD in per cent; `kept` are the people matched.

    Notes
    -----
    METHOD.md section 6: the people of the headline whose earlier year is known, matched
    again by its settings on those of its covariates that are dated before that year,
    and on the days of it spent in custody. It warns; it stops nothing.
    """
    if earlier.empty:
        return _none(READY)
    rung = Rung(study.name, NAME, "", group(earlier, study))
    again = ladders.match_again(rung, study.settings, step=None)
    if again.match is None:
        return _none(NOT_MATCHED, again.why)
    return _judged(again, earlier)


def shown(controls: Mapping[str, Check]) -> pd.DataFrame:
    """Give the estimates and verdicts of each analysis, for the analyst."""
    columns = {
        name: check.table.iloc[0].to_dict() | {"verdict": check.verdict}
        for name, check in controls.items()
    }
    return pd.DataFrame(columns).rename_axis("value")


def covariates(earlier: pd.DataFrame, study: Study) -> list[str]:
    """Give those covariates of a study that are dated before the earlier year."""
    return [name for name in study.group.covariates if name in earlier]


def group(earlier: pd.DataFrame, study: Study) -> Group:
    """Give the people of a study whose earlier year is known, as they stood before it.

    Of exact keys those stay that are dated before it.
    """
    known = earlier[earlier["why"].isna()].set_index("person_id")
    now = study.group.people
    then = known.reindex(now.index[now.index.isin(known.index)])
    names = covariates(earlier, study)
    people = pd.DataFrame({"treatment": now.loc[then.index, "treatment"]})
    for name in names:
        number = pd.api.types.is_numeric_dtype(now[name])
        people[name] = then[name].astype(float) if number else as_text(then[name])
    people[IN_CUSTODY] = then[IN_CUSTODY]
    return Group(
        study.name,
        people,
        [*names, IN_CUSTODY],
        _keys(then, study.group.exact),
        study.group.yes_no & set(names),
    )


def _keys(then: pd.DataFrame, exact: pd.DataFrame | None) -> pd.DataFrame | None:
    names = [] if exact is None else [name for name in exact if name in then]
    if not names:
        return None
    return pd.DataFrame({name: as_text(then[name]).fillna("missing") for name in names})


def _judged(again: Rematch, earlier: pd.DataFrame) -> Check:
    people, match = again.rung.group.people, again.match
    offended = earlier.set_index("person_id")[OFFENDED].reindex(people.index)
    weights = match.weights.reindex(people.index, fill_value=0.0)
    row = estimates.difference(offended, people["treatment"], weights, kind="rate")
    row = row.to_dict() | {
        "variant": NAME,
        "largest_weight": largest_share(weights, people["treatment"]),
        "largest_smd": again.balance["smd_after"].abs().max(),
        "quality": balance.quality(again.balance),
        "why": "",
    }
    kept = weights.index[weights > 0]
    if row["quality"] == "poorly":
        return Check(NAME, "none", _table(row), UNLIKE, kept)
    if math.isnan(row["p_value"]):
        return Check(NAME, "none", _table(row), FEW, kept)
    verdict, text = ("doubt", APART) if row["significant"] else ("holds", ALIKE)
    return Check(NAME, verdict, _table(row), text, kept)


def _none(text: str, why: str = "") -> Check:
    return Check(NAME, "none", _table({"variant": NAME, "why": why or text}), text)


def _table(row: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame([row], columns=COLUMNS)
