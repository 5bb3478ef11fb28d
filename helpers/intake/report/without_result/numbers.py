"""Who was sent and who is left, where no headline could be analysed, as cells."""

import pandas as pd

from helpers.intake import enough
from helpers.intake.cohort.losses import AFTER_LINKAGE, TOO_RECENT
from helpers.intake.report import kept
from helpers.intake.report.cells import count, share
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure import rules
from helpers.publication.people import BEFORE, SELECTED, TREATED, Who
from helpers.publication.refs import slug
from helpers.request.analyses import Analysis
from helpers.runs.run import Run

IDS = ("pnc_id", "prison_number")


def register(
    run: Run,
    cohort: pd.DataFrame,
    counts: pd.DataFrame,
    ends: pd.Series | None = None,
    lines: pd.DataFrame | None = None,
) -> None:
    """Register the numbers of a report in which no headline could be analysed.

    `cohort` with the run's own ids; `ends` from `enough.follow_up_ends` and `lines` of
    the list, where people were looked up. How many are left for an analysis of several
    is not among them: analyses that differ by a few people would tell of these.
    """
    submitted = run.cells[refs.SUBMITTED].numerator or 0
    going_on = enough.left(cohort)
    left = left_of_all(len(going_on))
    made, sums = [left, share(left, submitted)], sums_of_all(run)
    who = _who("intake", going_on)
    analysis = only_analysis(run)
    if analysis and is_part(analysis):
        of_analysis, sum_, people = _filtered(run, cohort, analysis)
        made += [*of_analysis, *(share(cell, submitted) for cell in of_analysis)]
        sums.append(sum_)
        who += people
    if lines is not None:
        ids, sum_ = _ids(lines)
        made += ids
        sums.append(sum_)
    run.register([*made, *kept.cells(run.asked, cohort)], sums, who)
    if analysis:
        run.register(_needed(run, cohort, analysis, counts, ends))


def left_of_all(left: int) -> Cell:
    """Give how many go on of everybody who was sent."""
    return count(refs.AVAILABLE, left, "1: lines submitted − lines in a box")


def sums_of_all(run: Run) -> list[Sum]:
    """Give what those who go on make up with those in boxes."""
    sums = [Sum(refs.SUBMITTED, (refs.LOST, refs.AVAILABLE))]
    if refs.LINKED in run.cells:
        boxes = map(refs.box, AFTER_LINKAGE)
        sums.append(Sum(refs.LINKED, (*boxes, refs.AVAILABLE)))
    return sums


def only_analysis(run: Run) -> Analysis | None:
    """Give the analysis of a request that has one alone."""
    return run.asked.analyses[0] if len(run.asked.analyses) == 1 else None


def is_part(analysis: Analysis) -> bool:
    """Tell whether an analysis keeps some of those who go on alone."""
    return bool(analysis.filter or analysis.treatment_filter)


def left_for(analysis: Analysis) -> str:
    """Give the ref of how many are left for the only analysis."""
    own = is_part(analysis)
    return refs.of(analysis.name, "available") if own else refs.AVAILABLE


def _who(name: str, people: pd.Index) -> list[Who]:
    groups = (BEFORE, TREATED, SELECTED) if len(people) else ()
    return [Who(name, "group", group, people) for group in groups]


def _filtered(
    run: Run, cohort: pd.DataFrame, analysis: Analysis
) -> tuple[list[Cell], Sum, list[Who]]:
    """Give whom the filters of the only analysis keep of those left, and the others."""
    all_, kept = enough.left(cohort), enough.left(cohort, run.asked, analysis)
    made, sum_ = whom_filters_keep(analysis, len(all_), len(kept))
    return made, sum_, _who(slug(analysis.name), kept)


def whom_filters_keep(
    analysis: Analysis, available: int, kept: int
) -> tuple[list[Cell], Sum]:
    """Give whom the filters of an analysis keep, and the others, of those who go on."""
    left = count(left_for(analysis), kept, "1: of those who go on, whom filters keep")
    others = refs.of(analysis.name, "filtered")
    filtered = count(others, available - kept, "1: of those who go on, the others")
    return [filtered, left], Sum(refs.AVAILABLE, (filtered.ref, left.ref))


def _ids(lines: pd.DataFrame) -> tuple[list[Cell], Sum]:
    """Give how many lines came with an id of the records, and how many without any."""
    known = lines.reindex(columns=list(IDS)).replace("", None).notna().any(axis=1)
    made = [
        count(
            refs.WITH_ID, int(known.sum()), "1: lines with a PNC id or prison number"
        ),
        count(refs.WITHOUT_ID, int((~known).sum()), "1: lines with neither of them"),
    ]
    return made, Sum(refs.SUBMITTED, (refs.WITH_ID, refs.WITHOUT_ID))


def _needed(
    run: Run,
    cohort: pd.DataFrame,
    analysis: Analysis,
    counts: pd.DataFrame,
    ends: pd.Series | None,
) -> list[Cell]:
    """Give how many more people are needed, and from which month on they are there."""
    least, left = run.request.least_people, left_for(analysis)
    shown = run.cells[left].value  # rounded, where counts are
    made = [
        Cell(refs.of(analysis.name, "more"), least - shown, "derived", needs=(left,),
             method="4: minimum_people − people left", rounding="whole")
    ]  # fmt: skip
    settings = run.request.disclosure
    profile = rules.profile(settings.profile, settings.threshold)
    if ends is None:
        return made
    recent = enough.too_recent(cohort, run.asked, analysis)
    wanted = least - len(enough.left(cohort, run.asked, analysis))
    day = enough.followed_up_by(
        ends.reindex(recent), wanted, profile.threshold if profile else 1
    )
    if day is None:
        return made
    box = refs.box(TOO_RECENT)
    method = "1: index date and follow-up of enough people, rounded up to a month"
    later = Cell(refs.of(analysis.name, "later"), f"{day:%B %Y}", "derived",
                 needs=(left, box), method=method)  # fmt: skip
    return [*made, later]
