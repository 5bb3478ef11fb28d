"""Whether enough people of the programme are left for each analysis to be made."""

import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort import hand_over
from helpers.intake.cohort.kinds import as_text, meets
from helpers.intake.cohort.losses import TOO_RECENT, boxes
from helpers.intake.cohort.reoffending import follow_up, horizons
from helpers.intake.cohort_file.levels import plain
from helpers.intake.linkage.thresholds import accepted
from helpers.request import Request
from helpers.request.analyses import Analysis
from helpers.request.filters import Range

#: filters of an analysis: of both groups, of the treated, of the pool
FILTERS = ("filter", "treatment_filter", "pool")
#: how far a day is rounded up, in turn, until enough people share what is told
PERIODS = ("M", "Q", "Y")


def chosen(people: pd.DataFrame, analysis: Analysis) -> pd.Series:
    """Tell whom the filters of an analysis keep, of both groups.

    `filter` cuts both, `treatment_filter` the treatment group, `pool` the pool alone.
    """
    treated = people["treatment"] == 1
    keep = meets(people, analysis.filter)
    keep &= meets(people, analysis.treatment_filter) | ~treated
    return keep & (meets(people, analysis.pool) | treated)


def left(
    cohort: pd.DataFrame,
    request: Request | None = None,
    analysis: Analysis | None = None,
) -> pd.Index:
    """Give the treated who go on, by person_id; of an analysis, whom it keeps."""
    return _treated(cohort, None, request, analysis)


def too_recent(cohort: pd.DataFrame, request: Request, analysis: Analysis) -> pd.Index:
    """Give an analysis' treated people who are not yet followed up, by person_id."""
    return _treated(cohort, TOO_RECENT, request, analysis)


def _treated(
    cohort: pd.DataFrame,
    box: str | None,
    request: Request | None,
    analysis: Analysis | None,
) -> pd.Index:
    """Give the treated people who are in a box, or in none."""
    box_of = boxes(cohort)
    here = box_of.isna() if box is None else box_of == box
    rows = cohort[here & (cohort["treatment"] == 1) & accepted(cohort)]
    if request and analysis:
        rows = rows[chosen(hand_over.known(rows, request), analysis)]
    return pd.Index(rows["person_id"])


def available(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Count, for each analysis, who is left for it and who is too recent for it.

    Gives analysis, headline, `treatment` (treated people who go on and whom its filters
    keep) and `too_recent` (those of them who are not yet followed up). Raises
    DataError, every problem at once, where a filter of a headline that has too few
    people is written so that nobody can have what it asks for: that is a mistake.
    """
    counts = pd.DataFrame(
        {
            "analysis": analysis.name,
            "headline": analysis.headline,
            "treatment": len(left(cohort, request, analysis)),
            "too_recent": len(too_recent(cohort, request, analysis)),
        }
        for analysis in request.analyses
    )
    few, problems = too_few(counts, request), []
    if not few:
        return counts
    everyone = hand_over.known(cohort[accepted(cohort)], request)
    for analysis in (a for a in request.analyses if a.name in few):
        wrong = misspelt(everyone, analysis) or _unheld(everyone, analysis)
        where = f'{request.source}: analyses: "{analysis.name}"'
        problems += [f"{where}: {problem}" for problem in wrong]
    if problems:
        raise DataError(problems)
    return counts


def too_few(counts: pd.DataFrame, request: Request) -> list[str]:
    """Give the headlines for which fewer people are left than the request asks for."""
    few = counts["treatment"] < request.least_people
    return list(counts.loc[few & counts["headline"], "analysis"])


def misspelt(people: pd.DataFrame, analysis: Analysis) -> list[str]:
    """Give values of filters that nobody has, but for how they are written.

    Beside a value that somebody has, such a one would be passed over in silence.
    """
    problems = []
    for key in FILTERS:
        for name, asked, held in _listed(people, analysis, key):
            others = {plain(level, name) for level in held - set(asked)}
            problems += [
                f'{key}: {name}: nobody has "{value}", but it is there in other '
                "capitals, blanks or signs; write it as it stands in the cohort"
                for value in asked
                if value not in held and plain(value, name) in others
            ]
    return problems


def _unheld(people: pd.DataFrame, analysis: Analysis) -> list[str]:
    """Give filters that ask for what nobody has, lost on the way or not."""
    problems = [
        f"{key}: {name}: nobody has {' or '.join(asked)}; write the values as they "
        "stand in the cohort"
        for key in FILTERS
        for name, asked, held in _listed(people, analysis, key)
        if held and not held & set(asked)
    ]
    problems += [
        f"{key}: {name}: nobody lies in its range; write other ends"
        for key in FILTERS
        for name, kept in getattr(analysis, key).items()
        if isinstance(kept, Range) and people[name].notna().any()
        and not meets(people, {name: kept}).any()
    ]  # fmt: skip
    return problems


def _listed(
    people: pd.DataFrame, analysis: Analysis, key: str
) -> list[tuple[str, list[str], set[str]]]:
    """Give each column that a filter lists values of, these, and those held."""
    return [
        (
            name,
            list(as_text(pd.Series(list(kept), dtype=object))),
            set(as_text(people[name]).dropna().unique()),
        )
        for name, kept in getattr(analysis, key).items()
        if not isinstance(kept, Range)
    ]


# when those too recent will have been followed up -----------------------------------


def follow_up_ends(
    people: pd.DataFrame, key: pd.DataFrame, request: Request
) -> pd.Series:
    """Give the day on which each person's follow-up ends, by the run's person_id.

    `people` has the register's person_id and index_date, `key` both kinds of id; the
    longest horizon of the request's measures counts.
    """
    days = pd.Timedelta(days=follow_up(horizons(request)))
    ends = people.set_index("person_id")["index_date"] + days
    original = key.set_index("person_id")["original_id"]
    return pd.Series(ends.reindex(original).to_numpy(), index=original.index)


def followed_up_by(ends: pd.Series, wanted: int, few: int) -> pd.Timestamp | None:
    """Give the last day of the month by which so many people will be followed up.

    `ends` are the days of those too recent, `wanted` how many of them are needed. The
    quarter's or the year's where fewer than `few` people's days lie in the month: a
    day is somebody's. None where there are not so many, or few all the same.
    """
    days = pd.to_datetime(ends.dropna()).sort_values(ignore_index=True)
    if not 0 < wanted <= len(days):
        return None
    for period in PERIODS:
        within = days.dt.to_period(period)
        if (within == within[wanted - 1]).sum() >= few:
            return within[wanted - 1].end_time.normalize()
    return None
