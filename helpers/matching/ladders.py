"""Ladders: an analysis estimated again on other people, or on more about them.

Each rung is fitted, matched and balanced by the rules of its analysis. A rung that
cannot be says why, and the run goes on without it.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.errors import KitError
from helpers.intake.linkage import thresholds
from helpers.matching import balance, calipers, matching, propensity, sizes
from helpers.matching.distances import CaliperTooWide
from helpers.matching.groups import Group, select
from helpers.matching.propensity import Model
from helpers.matching.weights import Match
from helpers.request import Request
from helpers.request.analyses import Analysis
from helpers.request.covariates.needs import NEED_NAMES, NOT_ASSESSED
from helpers.request.matching import Matching

TOO_WIDE = "the caliper is too wide for these people; add accept_wide: true"
COLUMNS = ["analysis", "variant", "label", "why", "available", "n_treatment",
           "n_comparison", "largest_smd_after", "quality"]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Rung:
    """One more estimate of an analysis: its people, or why there are none.

    `label` says in the report whom it is about, and on what they are made alike.
    """

    analysis: str
    variant: str
    label: str
    group: Group | None
    why: str = ""


@dataclass(frozen=True, eq=False)
class Rematch:
    """What the matching of a rung came to, or why it came to nothing."""

    rung: Rung
    model: Model | None = None
    match: Match | None = None
    balance: pd.DataFrame | None = None
    why: str = ""


def rung(people: pd.DataFrame, analysis: Analysis, variant: str, label: str) -> Rung:
    """Give a rung of an analysis on some people, or why it has none."""
    try:
        group = select(people, analysis)
    except KitError as error:
        return Rung(analysis.name, variant, label, None, "; ".join(error.problems))
    return Rung(analysis.name, variant, label, group)


# the ladders -----------------------------------------------------------------------


def oasys(people: pd.DataFrame, analysis: Analysis) -> Iterator[Rung]:
    """Give those with an assessment (OASys), without their needs and then with them."""
    if analysis.oasys != "ladder":
        return
    needs = [name for name in NEED_NAMES if name in people]
    answers = people[needs]
    assessed = people[(answers.notna() & (answers != NOT_ASSESSED)).any(axis=1)]
    without = "People with an assessment (OASys), needs left out"
    yield rung(assessed, analysis, "oasys_assessed", without)
    named = analysis.covariates
    also = named.model_copy(update={"categorical": (*named.categorical, *needs)})
    with_needs = analysis.model_copy(update={"covariates": also})
    with_them = "People with an assessment (OASys), needs taken in"
    yield rung(assessed, with_needs, "oasys_needs", with_them)


def links(people: pd.DataFrame, analysis: Analysis) -> Iterator[Rung]:
    """Give those found by an id, and everyone with the likeliest candidates.

    The pool is the same in both. There is none where intake was not asked for it.
    """
    if thresholds.COLUMN not in people:
        return
    surely = people[thresholds.COLUMN]
    everyone = people.drop(columns=thresholds.COLUMN)  # the likely are not left out
    by_id = everyone[(people["treatment"] == 0) | (surely == thresholds.BY_ID)]
    yield rung(by_id, analysis, "links_id", "Found by a PNC id or prison number")
    likely = "With the likeliest candidates of the review list"
    yield rung(everyone, analysis, "links_likely", likely)


#: what gives the rungs of an analysis, one line a ladder
LADDERS: tuple[Callable[[pd.DataFrame, Analysis], Iterator[Rung]], ...] = (oasys, links)


def rungs(people: pd.DataFrame, request: Request) -> list[Rung]:
    """Give the rungs of every ladder that a request asks for, its analyses in order."""
    return [
        rung
        for analysis in request.analyses
        for ladder in LADDERS
        for rung in ladder(people, analysis)
    ]


# matching them ---------------------------------------------------------------------


def match_again(rung: Rung, settings: Matching, step: int | None = 0) -> Rematch:
    """Fit, match and balance a rung by the settings of its analysis.

    `step` is the number of the caliper that its analysis settled on: with another one
    more would change than the people, or what is known of them. With None its calipers
    are tried in turn, as its analysis tried them. What stops it, such as
    covariates that tell the groups apart, is given as `why`.
    """
    if rung.group is None:
        return Rematch(rung, why=rung.why)
    with warnings.catch_warnings():
        # columns dropped in the main fit were told there
        warnings.simplefilter("ignore")
        if not settings.accept_wide:
            warnings.simplefilter("error", CaliperTooWide)
        try:
            return _matched(rung, rung.group, settings, step)
        except CaliperTooWide:
            return Rematch(rung, why=TOO_WIDE)
        except KitError as error:
            return Rematch(rung, why="; ".join(error.problems))


def _matched(rung: Rung, group: Group, settings: Matching, step: int | None) -> Rematch:
    model = propensity.fit(group.people, "treatment", group.covariates)
    group, logit = group.only(model.score.notna()), model.logit
    score = model.score.reindex(group.people.index)
    widths = sizes.widths(model.score, group, settings, logit=logit)
    if settings.common_support == "range":
        score = matching.within_range(
            score, group.treatment, settings.distance, group.exact, logit=logit
        )
    rules = settings.how | {"exact": group.exact, "logit": logit}
    in_turn = widths if step is None else widths[step : step + 1]
    match = calipers.first_not_poor(
        group.people,
        group.treatment,
        group.covariates,
        calipers.in_turn(score, group.treatment, settings.reach, in_turn, rules),
    )
    table = balance.table(
        group.people, group.treatment, match.weights, group.covariates
    )
    return Rematch(rung, model, match, table)


# as tables of the run --------------------------------------------------------------


def summary(again: Sequence[Rematch]) -> pd.DataFrame:
    """Give one row a rung: its people, how they were matched, or why there is none."""
    rows = [
        {
            "analysis": one.rung.analysis,
            "variant": one.rung.variant,
            "label": one.rung.label,
            "why": one.why,
            "available": one.rung.group.n_treatment if one.rung.group else 0,
            "n_treatment": one.match.n_treatment if one.match else 0,
            "n_comparison": one.match.n_comparison if one.match else 0,
            "largest_smd_after": None
            if one.balance is None
            else one.balance["smd_after"].abs().max(),
            "quality": None if one.balance is None else balance.quality(one.balance),
        }
        for one in again
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def with_people(main: pd.DataFrame, again: Sequence[Rematch]) -> pd.DataFrame:
    """Give the people matched of the analyses, and of their rungs beneath."""
    return _beneath(
        main,
        again,
        lambda name, one: sizes.matched_people(
            {name: one.rung.group}, {name: one.model}, {name: one.match}
        ),
    )


def with_sets(main: pd.DataFrame, again: Sequence[Rematch]) -> pd.DataFrame:
    """Give who was taken for whom in the analyses, and in their rungs beneath."""
    return _beneath(main, again, lambda name, one: sizes.sets({name: one.match}))


def with_balance(main: pd.DataFrame, again: Sequence[Rematch]) -> pd.DataFrame:
    """Give the balance tables of the analyses, and of their rungs beneath."""
    return _beneath(main, again, lambda name, one: sizes.stacked({name: one.balance}))


def _beneath(
    main: pd.DataFrame,
    again: Sequence[Rematch],
    table: Callable[[str, Rematch], pd.DataFrame],
) -> pd.DataFrame:
    """Give a table with the rows of each rung that was matched beneath it."""
    added = [
        table(one.rung.analysis, one).assign(variant=one.rung.variant)
        for one in again
        if one.match is not None
    ]
    return pd.concat([main, *added], ignore_index=True)
