"""Which caliper: the first that does not balance poorly, and a bench of many."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.errors import DataError
from helpers.matching import arguments, balance, matching
from helpers.matching.distances import resolve_caliper, whole, widest
from helpers.matching.methods.line import Rules
from helpers.matching.sides import sides
from helpers.matching.weights import Match
from helpers.request.limits import HEADLINED
from helpers.request.matching import BANDWIDTH

#: calipers of the bench for radius matching, in pooled standard deviations, and that
#: for nearest matching without replacement (Austin 2011)
BENCH = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
AUSTIN = 0.2

#: which setting of the bench is recommended
RULE = (
    f"Recommended is, of the settings that match at least {HEADLINED:.0%} of the "
    "treated, are no wider than the limit and do not balance poorly, the one whose "
    "worst difference, in whole per cent, is smallest; of equals the one that matches "
    "the largest share of the treated, in whole per cent too; then the first, since "
    "bias grows with width."
)


@dataclass(frozen=True)
class Setting:
    """A setting of the bench; `sd` is its caliper in pooled standard deviations."""

    name: str
    method: str
    sd: float | None = None
    replacement: bool = True


SETTINGS = (
    *(Setting(f"radius, {sd} SD", "radius", sd) for sd in BENCH),
    Setting("nearest", "nearest"),
    Setting(f"nearest, each once, {AUSTIN} SD", "nearest", AUSTIN, replacement=False),
    Setting(f"kernel, {BANDWIDTH}", "kernel"),
)


def in_turn(
    score: pd.Series,
    treatment: pd.Series,
    reach: str,
    widths: Iterable[float | None],
    rules: Mapping[str, Any],
) -> Iterator[Match]:
    """Match at one width after the other, each when it is asked for.

    `reach` is what `matching.match` calls the width, `caliper` or `bandwidth`; `rules`
    are its other options.
    """
    for width in widths:
        yield matching.match(score, treatment, **{**rules, reach: width})


def first_not_poor(
    people: pd.DataFrame,
    treatment: pd.Series,
    covariates: Sequence[str],
    matches: Iterable[Match],
) -> Match:
    """Take the first match that is not poorly balanced, or the first if all are.

    `matches` may be a generator: no more are made than are looked at. Raises DataError
    when nobody is matched.
    """
    first = None
    for match in matches:
        first = first or match
        table = balance.table(people, treatment, match.weights, covariates, ks=False)
        if balance.quality(table) != "poorly":
            return match
    if first is None:
        raise ValueError("matches: there is none to choose from")
    if not first.n_treatment:
        raise DataError(_nobody(treatment, first))
    return first


def _nobody(treatment: pd.Series, match: Match) -> str:
    treated = int((treatment == 1).sum())
    within = "" if math.isinf(match.width) else f" within {match.width:.4g}"
    return (
        f"matching: nobody is left with a peer: none of {treated:,} people in the "
        f"treatment group has one of {len(treatment) - treated:,} in the pool{within}; "
        "widen the caliper or bandwidth, take out exact keys or common_support, or "
        "name fewer covariates"
    )


def bench(
    people: pd.DataFrame,
    treatment: pd.Series,
    covariates: Sequence[str],
    score: pd.Series,
    *,
    distance: str = "logit",
    exact: pd.DataFrame | None = None,
    logit: pd.Series | None = None,
) -> pd.DataFrame:
    """Match in fifteen ways; tell how many people each keeps, and how alike they are.

    Radius matching at twelve calipers, in pooled standard deviations of the distance;
    nearest 1:1 with replacement, and without (largest score first, within 0.2 of
    them); kernel matching at the usual bandwidth.

    Parameters
    ----------
    people
        Those the propensity model was fitted on, one row a person.
    covariates
        Columns of `people` on which balance is judged.
    treatment, score, distance, exact, logit
        As `matching.match` takes them.

    Returns
    -------
    DataFrame
        As `judged` gives it.
    """
    matches = in_every_way(score, treatment, distance, exact, logit=logit)
    weights = {name: match.weights for name, match in matches.items()}
    balances = balance.of_several(people, treatment, weights, covariates)
    limit = widest(score, treatment, distance, logit=logit)
    return judged(matches, balances, limit).join(
        rubins(matches, score, treatment, logit=logit)
    )


def in_every_way(
    score: pd.Series,
    treatment: pd.Series,
    distance: str = "logit",
    exact: pd.DataFrame | None = None,
    *,
    logit: pd.Series | None = None,
    settings: Sequence[Setting] = SETTINGS,
) -> dict[str, Match]:
    """Give the match of each setting, those of the bench or others, by its name."""
    arguments.check(score, treatment, exact, distance=distance)
    both = sides(score, treatment, distance, exact, logit=logit)
    sd = resolve_caliper(score, treatment, distance, {"sd": 1.0}, logit=logit)
    matches = {}
    for setting in settings:
        width = math.inf if setting.sd is None else setting.sd * sd
        width = BANDWIDTH if setting.method == "kernel" else width
        rules = Rules(int(whole(width)), replacement=setting.replacement)
        matches[setting.name] = matching.chosen(both, setting.method, rules, width)
    return matches


def judged(
    matches: Mapping[str, Match],
    balances: Mapping[str, pd.DataFrame],
    limit: float,
) -> pd.DataFrame:
    """Tell how many people each match keeps, how alike they are, and which is best.

    Parameters
    ----------
    balances
        Of each match, as `balance.of_several` gives it.
    limit
        Widest caliper or bandwidth, in units of the distance, that may be recommended.

    Returns
    -------
    DataFrame
        A row a match: `width` (infinite without one), `n_treatment` and
        `share_matched` of the treated, `n_comparison`, `effective_comparison`,
        `worst_smd` and `mean_smd` (sizes in per cent), `quality`, `too_wide` and
        `recommended`: true for one at most, by balance alone. Of those that match at
        least 80% of the treated, are not too wide and not poorly balanced it is the one
        with the smallest worst difference, to one decimal; of equals the one that
        matches the largest share of the treated, in whole per cent; then the first,
        since bias grows with the width.
    """
    rows = {}
    for name, match in matches.items():
        size = balance.named(balances[name])["smd_after"].abs()
        treated = match.n_treatment + match.n_unmatched
        rows[name] = {
            "width": match.width,
            "n_treatment": match.n_treatment,
            "share_matched": match.n_treatment / treated,
            "n_comparison": match.n_comparison,
            "effective_comparison": match.effective_comparison,
            "worst_smd": size.max(skipna=False),
            "mean_smd": size.mean(skipna=False),
            "quality": balance.quality(balances[name]),
            "too_wide": math.isfinite(match.width) and match.width > limit,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("setting")
    fit = (table["share_matched"] >= HEADLINED) & ~table["too_wide"]
    fit &= table["quality"] != "poorly"
    table["recommended"] = False
    if fit.any():
        worst, share = table["worst_smd"].round(1), table["share_matched"].round(2)
        order = pd.DataFrame({"worst": worst, "lost": 1 - share})[fit]
        order = order.sort_values(["worst", "lost"], kind="stable")
        table.loc[order.index[0], "recommended"] = True
    return table


def rubins(
    matches: Mapping[str, Match],
    score: pd.Series,
    treatment: pd.Series,
    *,
    logit: pd.Series | None = None,
) -> pd.DataFrame:
    """Give Rubin's B and R of each match, as `balance.rubin` has them."""
    rows = {
        name: balance.rubin(score, treatment, match.weights, logit=logit)
        for name, match in matches.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["rubin_b", "rubin_r"])
