"""Every method that looks at the finding, once the outcomes are open."""

from collections.abc import Callable, Iterable, Mapping

from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import (
    aipw,
    entropy_balancing,
    ipw,
    regression,
    rematched,
    trimmed,
)
from helpers.outcomes.robustness.hidden import (
    contour,
    e_value,
    hidden_bias,
    rosenbaum,
    tipping_point,
)
from helpers.outcomes.robustness.study import Study
from helpers.outcomes.robustness.testing import beside

#: a method of this room, or of one of its rooms, gives its checks of a study
Method = Callable[[Study], Iterable[Check]]

#: one line a method, in the order in which they are told
METHODS: tuple[Method, ...] = (
    rematched.checks,
    entropy_balancing.checks,
    ipw.checks,
    aipw.checks,
    regression.checks,
    trimmed.checks,
    e_value.checks,
    rosenbaum.checks,
    hidden_bias.checks,
    contour.checks,
    tipping_point.checks,
    beside.checks,
)


def checks(studies: Mapping[str, Study]) -> dict[str, list[Check]]:
    """Carry every method out on every study; gives their checks by the analysis."""
    return {
        name: [check for method in METHODS for check in method(study)]
        for name, study in studies.items()
    }
