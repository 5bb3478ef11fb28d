"""Rosenbaum's bounds: how much likelier than their pair people may be to take part.

Rosenbaum (2002), Observational Studies, section 4.3, for pairs with a rate: McNemar's
exact test, were one of a pair Γ times as likely to take part for what is hidden.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import optimize, stats

from helpers.errors import KitError
from helpers.matching import matching
from helpers.matching.weights import Match
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.request.limits import ALPHA, PAIRED

NAME = "rosenbaum"
COLUMNS = ["pairs", "treated_alone", "comparison_alone", "p_value", "gamma"]
TOLD = (
    "In pairs of like people the finding stands until, for what is hidden, one of a "
    "pair has this many times the odds of taking part that the other has."
)
NO_RATE = "Pairs are tested of a rate alone."
NO_PAIRS = "No pair could be formed of people so much alike."
ALIKE = "In no pair does only one have the outcome, so pairs tell nothing."
NOT_SIGNIFICANT = "The result is not significant, so there is no finding to undo."
NOT_IN_PAIRS = "In pairs the difference is not significant."
OTHER_WAY = "In pairs the difference points the other way."


def p_value(larger: int, discordant: int, gamma: float = 1.0) -> float:
    """Give the largest two-sided p of pairs, were one so many times likelier to join.

    `larger` is the larger of the two numbers of pairs in which one alone has the
    outcome, `discordant` their sum.
    """
    tail = stats.binom.sf(larger - 1, discordant, gamma / (1 + gamma))
    return float(min(1.0, 2 * tail))


def gamma(larger: int, discordant: int) -> float:
    """Give the Γ at which p is 0.05; NaN where it is more without anything hidden."""
    if not p_value(larger, discordant) <= ALPHA:
        return np.nan

    def above(log: float) -> float:
        chance = 1 / (1 + np.exp(-log))
        return 2 * stats.binom.sf(larger - 1, discordant, chance) - ALPHA

    end = 1.0
    while above(end) < 0:
        end *= 2
    return float(np.exp(optimize.brentq(above, 0.0, end, xtol=1e-12)))


def told(ours: int, theirs: int, difference: float) -> tuple[float, float, str]:
    """Give p and Γ of two numbers of pairs, NaN without, and what they say.

    `ours` are pairs in which the treated person alone has the outcome, `theirs` those
    in which the other has, not both 0; `difference` is that of the headline.
    """
    larger, of = max(ours, theirs), ours + theirs
    p = p_value(larger, of)
    if (ours - theirs) * difference < 0:
        return p, np.nan, OTHER_WAY
    if not p <= ALPHA:
        return p, np.nan, NOT_IN_PAIRS
    return p, gamma(larger, of), TOLD


def pairs(study: Study) -> Match:
    """Give pairs: the nearest, each person once, within 0.2 SD on the logit."""
    return matching.match(
        study.model.score,
        study.group.treatment,
        method="nearest",
        distance="logit",
        caliper={"sd": PAIRED, "of": "pooled"},
        replacement=False,
        order="largest",
        exact=study.group.exact,
        logit=study.model.logit,
    )


def discordant(study: Study, pairs: Match) -> dict[str, int]:
    """Count pairs of known outcome, and those in which one person alone has it."""
    sets = pairs.sets
    if sets is None or sets.empty:
        return dict.fromkeys(COLUMNS[:3], 0)
    treated = (study.group.treatment.reindex(sets["person"]) == 1).to_numpy()
    values = study.values.reindex(sets["person"]).to_numpy()
    each = [pd.Series(values[of], sets["set"][of]) for of in (treated, ~treated)]
    both = pd.concat(each, axis=1, keys=["treated", "pool"]).dropna()
    apart = both["treated"] - both["pool"]
    counts = len(both), int((apart > 0).sum()), int((apart < 0).sum())
    return dict(zip(COLUMNS, counts, strict=False))


def checks(study: Study) -> Iterator[Check]:
    """Give the Γ that pairs of the study bear, in one row.

    Columns: pairs, treated_alone and comparison_alone (pairs in which that person alone
    has the outcome), p_value (where nothing is hidden), gamma.
    """
    if study.outcome.kind != "rate":
        yield _none(NO_RATE)
        return
    if not study.estimate["significant"]:
        yield _none(NOT_SIGNIFICANT)
        return
    try:
        counts = discordant(study, pairs(study))
    except KitError:  # a score that is the same for everybody, for one
        yield _none(NO_PAIRS)
        return
    ours, theirs = counts["treated_alone"], counts["comparison_alone"]
    if not counts["pairs"]:
        yield _none(NO_PAIRS)
        return
    if not ours + theirs:
        yield _none(ALIKE, counts)
        return
    p, bound, said = told(ours, theirs, study.estimate["difference"])
    row = counts | {"p_value": p, "gamma": bound}
    verdict = "told" if said == TOLD else "none"
    yield Check(NAME, verdict, pd.DataFrame([row], columns=COLUMNS), said)


def _none(why: str, counts: dict[str, float] | None = None) -> Check:
    rows = [counts] if counts else []
    return Check(NAME, "none", pd.DataFrame(rows, columns=COLUMNS), why)
