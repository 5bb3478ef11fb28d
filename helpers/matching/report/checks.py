"""Checks of a propensity model that look further than sizes."""

from helpers.matching.fitting.refit import agreement
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.runs.run import Run


def of_second_fit(run: Run, group: Group, model: Model) -> None:
    """Check that scikit-learn and statsmodels fit the same model, where they can."""
    again = agreement(group.people, group.covariates, model.score, model.coefficients)
    if again is not None:
        run.check(
            f"{group.name}: scikit-learn and statsmodels fit the same propensity model",
            expected="scores equal to 6 decimals, standard errors to a thousandth",
            found="equal" if again.good else "not equal",
            passed=again.good,
        )
