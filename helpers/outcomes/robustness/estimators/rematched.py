"""Other calipers and methods of matching, on the logit of the score."""

import math
from collections.abc import Iterator

from helpers.errors import DataError
from helpers.matching import balance, calipers
from helpers.matching.calipers import AUSTIN, Setting
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate
from helpers.outcomes.robustness.study import Study

_RADIUS = "Everyone within another caliper on the logit of the score."

#: settings by variant, and what is said of each; calipers in pooled standard deviations
VARIANTS: dict[str, tuple[Setting, str]] = {
    "caliper_002": (Setting("caliper_002", "radius", 0.02), _RADIUS),
    "caliper_005": (Setting("caliper_005", "radius", 0.05), _RADIUS),
    "caliper_01": (Setting("caliper_01", "radius", 0.1), _RADIUS),
    "caliper_02": (Setting("caliper_02", "radius", 0.2), _RADIUS),
    "nearest_again": (
        Setting("nearest_again", "nearest"),
        "The nearest person of the pool, who may serve several, however far away.",
    ),
    "nearest_once": (
        Setting("nearest_once", "nearest", AUSTIN, replacement=False),
        "The nearest person of the pool within a caliper, each of them once.",
    ),
    "kernel": (
        Setting("kernel", "kernel"),
        "Everyone within a bandwidth on the logit of the score, the closer the more.",
    ),
}


def checks(study: Study, *, repeated: bool = False) -> Iterator[Check]:
    """Estimate with radius matching at four calipers, nearest matching and a kernel.

    All of it on the logit and within the exact keys of the request, whose distance and
    common support do not count here. Nearest: one to one, with replacement and without
    a caliper; and without replacement, largest score first. What has the very settings
    of the headline is no other way: it is left out unless it is to be `repeated`.
    """
    group, model = study.group, study.model
    settings = [setting for setting, _ in VARIANTS.values()]
    try:
        matches = calipers.in_every_way(
            model.score, group.treatment, "logit", group.exact,
            logit=model.logit, settings=settings,
        )  # fmt: skip
    except DataError:
        for variant in VARIANTS:
            yield estimate.without(variant, estimate.UNCLEAR)
        return
    weights = {
        variant: match.weights
        for variant, match in matches.items()
        if repeated or not _of_headline(study, VARIANTS[variant][0], match.width)
    }
    tables = balance.of_several(
        group.people, group.treatment, weights, group.covariates
    )
    for variant, own in weights.items():
        text = VARIANTS[variant][1]
        yield estimate.of_weights(study, variant, own, text, tables[variant])


def _of_headline(study: Study, setting: Setting, width: float) -> bool:
    """Tell whether a setting is that of the headline.

    It is judged by the settings, which are told, and never by who is kept: that two
    others keep the very same people would tell that none lies between them.
    """
    own = study.settings
    if (own.method, own.distance, own.common_support) != (
        setting.method, "logit", "none"
    ):  # fmt: skip
        return False
    if own.method == "nearest":
        once = not own.replacement and own.order == "largest"
        taken = own.replacement if setting.replacement else once
        if own.ratio != 1 or not taken:
            return False
    return math.isclose(study.width, width)
