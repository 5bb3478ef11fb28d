"""What the analyst alone looks at: distributions, weights, whom the finding is about.

Nothing here is registered: the numbers are finer than a report may show.
"""

from collections.abc import Mapping
from functools import partial

from helpers.matching.diagnostics import cobalt, matchit, pstest
from helpers.matching.diagnostics.treated import before_and_after
from helpers.matching.groups import Group
from helpers.matching.weights import Match, largest_share, most_used, quantiles
from helpers.publication.figures.analyst.samples import (
    Shown,
    distributions,
    weight_spread,
)
from helpers.publication.tables import Captioned
from helpers.runs.run import Run

#: a package → how it defines balance, and why its numbers differ
PACKAGES = {
    "MatchIt": (matchit.matchit, matchit.WHY),
    "cobalt": (cobalt.cobalt, cobalt.WHY),
    "pstest (psmatch2)": (pstest.pstest, pstest.WHY),
    "pstest (psmatch2), its summary": (pstest.pstest_index, pstest.WHY_INDEX),
}


def of_covariates(
    run: Run, fitted: Mapping[str, Group], matches: Mapping[str, Match]
) -> list[Shown]:
    """Give how both groups are spread on each covariate, before and after matching."""
    return [
        Shown(
            partial(
                distributions,
                group.people,
                group.treatment,
                matches[name].weights,
                group.covariates,
            ),
            f"{name}: both groups on each covariate, before and after matching",
            run.banner,
        )
        for name, group in fitted.items()
    ]


def of_weights(
    run: Run, fitted: Mapping[str, Group], matches: Mapping[str, Match]
) -> list[Captioned | Shown]:
    """Give how the comparison group's weights spread, and who weighs most."""
    made = []
    for name, group in fitted.items():
        match, treatment = matches[name], group.treatment
        weights, pool = match.weights, treatment == 0
        size = (
            f"{match.n_comparison:,} people count as {match.effective_comparison:,.1f}"
        )
        share = f"{largest_share(weights, treatment):.1%} is on one person"
        drawn = partial(weight_spread, weights[pool & (weights > 0)])
        spread = quantiles(weights, treatment).to_frame()
        made += [
            Shown(drawn, f"{name}: weights; {size}; {share}", run.banner),
            run.show(spread, f"{name}: spread of the weights"),
            run.show(most_used(weights, treatment), f"{name}: most used"),
        ]
    return made


def of_treated(
    run: Run, groups: Mapping[str, Group], matches: Mapping[str, Match]
) -> list[Captioned]:
    """Give the treated before and after matching: whom the finding is about."""
    return [
        run.show(
            before_and_after(group, matches[name]),
            f"{name}: all the treated, and those who were matched",
            2,
        )
        for name, group in groups.items()
    ]


def reconciled(
    run: Run, fitted: Mapping[str, Group], matches: Mapping[str, Match]
) -> list[Captioned]:
    """Give balance as other packages define it, where the request asks for it."""
    return [
        run.show(
            define(
                group.people, group.treatment, matches[name].weights, group.covariates
            ),
            f"{name}: as {package} has it. {why}",
            4,
        )
        for name, group in fitted.items()
        if run.request.matching_of(name).reconcile
        for package, (define, why) in PACKAGES.items()
    ]
