"""Checks of a propensity model and of weights that look further than sizes."""

from collections.abc import Mapping

from helpers.matching.fitting.refit import agreement
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.matching.weights import Match
from helpers.request import limits
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


def of_weights(
    run: Run, groups: Mapping[str, Group], matches: Mapping[str, Match]
) -> None:
    """Warn where one person makes up much of the comparison group by weight."""
    for name, match in matches.items():
        weights = match.weights[groups[name].treatment == 0]
        light = weights.max() <= limits.HEAVIEST * weights.sum()
        run.check(
            f"{name}: nobody stands for much of the comparison group",
            expected=f"{limits.HEAVIEST:.0%} of its weight or less",
            found="as little"
            if light
            else "more for somebody, who alone may carry the result; a wider caliper, "
            "or a higher ratio, spreads the weight",
            passed=light,
        )
