"""What is in doubt in the records and in the cohort, as checks of the run."""

import re
from datetime import date

import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort import national
from helpers.intake.cohort.check import wanted
from helpers.intake.cohort_file import labels, levels, values
from helpers.intake.linkage.link import Linkage
from helpers.intake.records.counted import OK, STOPS
from helpers.intake.records.profile import Profile
from helpers.request.limits import LOST_APART
from helpers.runs.run import Run

#: days without an offence proven that a whole country does not have
NEAR = 31
#: share of the usable lines linked below which the list itself may be wrong: a column
#: sorted alone, or names and dates in each other's columns
LINKED = 0.8
#: how the names of checks of the records begin
RECORDS = "records, "


def check_records(run: Run, profile: Profile) -> None:
    """Record what the profile of the records says, and stop at what must be mended.

    Raises DataError with every problem.
    """
    fine = [line for line in profile.lines if line.verdict == OK and not line.rows]
    for line in profile.lines:
        if line not in fine and line.verdict != STOPS:
            run.check(
                f"{RECORDS}{line.table}: {line.what}",
                expected="none",
                found=line.in_words,
                passed=line.verdict == OK,
            )
    run.check(
        f"{RECORDS}all else that was looked at",
        expected="nothing in doubt",
        found=f"nothing in doubt in {len(fine)} things",
        passed=True,
    )
    if profile.problems:
        raise DataError(profile.problems)


def check_linked(run: Run, linkage: Linkage, usable: pd.DataFrame) -> None:
    """Warn where many lines that can be used found nobody, or wait for a decision."""
    share = usable["line"].isin(linkage.links["line"]).mean()
    run.check(
        "most lines of the list that can be used were linked",
        expected=f"{LINKED:.0%} or more",
        # the share itself may be hidden in the report
        found="as many"
        if share >= LINKED
        else "fewer: see whether a column of the list was sorted alone, or columns "
        "have each other's headings",
        passed=bool(share >= LINKED),
    )


def check_national(run: Run, compared: pd.DataFrame) -> None:
    """Warn where the pool reoffended far more or less than the country in that year."""
    for _, row in compared[~compared["near"]].iterrows():
        expected, found = national.in_words(row)
        year = f"{row['year']}/{(row['year'] + 1) % 100:02d}"
        run.check(
            f"{RECORDS}the pool's {row['measure']} in {year}",
            expected=f"half to double of what is published: {expected}",
            found=found,
            passed=False,
        )
    if compared["near"].all():
        run.check(
            f"{RECORDS}the pool's reoffending beside that of England and Wales",
            expected="half to double of what is published, in each year",
            found=f"so in all of {len(compared)} figures",
            passed=True,
        )


def check_complete(run: Run, complete_to: date, last_proven: pd.Timestamp) -> None:
    """Warn where the records seem to end before the day that the request gives.

    Whoever is followed up beyond their end would seem not to have reoffended. Raises
    DataError where they hold no proven offence at all.
    """
    if pd.isna(last_proven):
        raise DataError(
            "offence: has no proven offence that could be a reoffence, so that nobody "
            "would seem to reoffend; see its columns outcome, recordable, breach, "
            "england_wales and police_prosecuted"
        )
    gap = (pd.Timestamp(complete_to) - last_proven).days
    run.check(
        "the last offence proven in the records lies near records_complete_to",
        expected=f"at most {NEAR} days before {complete_to}",
        found=f"{max(gap, 0)} days before",
        passed=gap <= NEAR,
    )


def check_names(run: Run, cohort: pd.DataFrame) -> None:
    """Warn of columns of a ready cohort without a name, and of levels in doubt."""
    nameless = [name for name in cohort if re.fullmatch(r"Unnamed: \d+", str(name))]
    run.check(
        "every column of inputs.cohort has a name",
        expected="each has",
        found=f"{', '.join(nameless)}: name it under inputs.columns if it is needed"
        if nameless
        else "each has",
        passed=not nameless,
    )
    for name, doubt in levels.doubts(cohort, run.request).items():
        run.check(
            f"{name}: what is not known is empty",
            expected="empty, or an answer",
            found=f"{doubt}; leave it empty in inputs.cohort if nothing is known",
            passed=False,
        )
    for name, nobody in labels.unused(cohort, run.request).items():
        run.check(
            f"{name}: somebody has each level that is named",
            expected="each is there",
            found=f"nobody has {', '.join(nobody)}; correct it under inputs.labels."
            f"{name}.levels, or take it out",
            passed=False,
        )
    taken = cohort.attrs.pop(values.TAKEN, {})
    for name in (n for n in wanted(run.request) if n in taken):
        run.check(
            f"{name}: words for what is not known",
            expected="none that could be an answer",
            found=f"{' and '.join(taken[name])}, read as not known; write it "
            "otherwise in inputs.cohort if it is an answer",
            passed=False,
        )


def check_losses(run: Run, apart: pd.DataFrame) -> None:
    """Warn of each loss in which the groups differ, by `profile.losses_apart`."""
    expected = f"at most {LOST_APART * 100:g} points apart, or by chance"
    if not apart["apart"].any():
        run.check("both groups lose alike", expected=expected, found="alike",
                  passed=True)  # fmt: skip
    for row in apart[apart["apart"]].itertuples():
        gap = int(100 * abs(row.treatment - row.pool))
        group = "treatment group" if row.treatment > row.pool else "pool"
        run.check(
            f"both groups lose alike: {row.loss}",
            expected=expected,
            # the shares themselves would tell boxes that the report may have to hide
            found=f"the {group} loses more, by over {max(gap // 10 * 10, 5)} points: "
            "those left may not be alike",
            passed=False,
        )
