"""For which of the reasons a headline cannot be analysed."""

import pandas as pd

from helpers.intake import enough
from helpers.intake.cohort.losses import TOO_RECENT
from helpers.intake.report.without_result import numbers
from helpers.publication import disclosure, refs
from helpers.publication.disclosure import rules
from helpers.publication.wording.without_result.not_made import TAG
from helpers.publication.wording.without_result.reasons import (
    NOBODY_FOUND,
    NOT_FOLLOWED_UP,
    TOO_FEW_PEOPLE,
)
from helpers.runs.run import Run


def reasons(run: Run, counts: pd.DataFrame) -> dict[str, str]:
    """Give why headlines cannot be analysed: analysis to the name of a row of REASONS.

    `counts` from `enough.available`; the checks tell it of each headline. That too few
    are followed up is said where their number is told, or it would bound it.
    """
    least = run.request.least_people
    linked = run.cells.get(refs.LINKED)
    found = {}
    for name in enough.too_few(counts, run.request):
        row = counts.set_index("analysis").loc[name]
        if linked is not None and not linked.numerator:
            reason = NOBODY_FOUND
        elif row["treatment"] + row["too_recent"] >= least and _is_told(run, row):
            reason = NOT_FOLLOWED_UP
        else:
            reason = TOO_FEW_PEOPLE
        found[name] = reason.name
    for name in counts.loc[counts["headline"], "analysis"]:
        reason = found.get(name, "")
        run.check(
            f"{name}: enough people are left",
            expected=f"{least} or more",
            found=f"{TAG}: {reason}" if reason else "as many",
            passed=not reason,
        )
    return found


def _is_told(run: Run, row: pd.Series) -> bool:
    """Tell whether the report shows who is too recent for an analysis, and is left."""
    settings = run.request.disclosure
    rule = rules.profile(settings.profile, settings.threshold)
    if rule is None:
        return True
    if rule.unsafe(row["too_recent"]) or rule.unsafe(row["treatment"]):
        return False
    cells, lost = run.cells, run.cells.get(refs.LOST)
    submitted = cells[refs.SUBMITTED].numerator or 0
    available = submitted - ((lost.numerator or 0) if lost else 0)
    made, sums, analysis = (
        [numbers.left_of_all(available)],
        numbers.sums_of_all(run),
        numbers.only_analysis(run),
    )
    if analysis and numbers.is_part(analysis):
        of_analysis, sum_ = numbers.whom_filters_keep(
            analysis, available, row["treatment"]
        )
        made, sums = [*made, *of_analysis], [*sums, sum_]
    released = disclosure.release(
        [*cells.values(), *made],
        [*run.sums, *sums],
        profile=settings.profile,
        threshold=settings.threshold,
    ).released
    shown = [
        refs.box(TOO_RECENT),
        numbers.left_for(analysis) if analysis else refs.AVAILABLE,
    ]
    return all(name in released for name in shown)
