"""What is in doubt in the records, as checks of the run."""

import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort import national
from helpers.intake.records.counted import OK, STOPS
from helpers.intake.records.profile import Profile
from helpers.runs.run import Run

#: how the names of checks of the records begin
RECORDS = "records, "


def check_records(run: Run, profile: Profile) -> None:
    """Record what the profile of the records says, and stop at what must be mended.

    Raises DataError with every problem.
    """
    fine: dict[str, int] = {}
    for line in profile.lines:
        if line.verdict == OK and not line.rows:
            fine[line.table] = fine.get(line.table, 0) + 1
        elif line.verdict != STOPS:
            run.check(
                f"{RECORDS}{line.table}: {line.what}",
                expected="none",
                found=line.in_words,
                passed=line.verdict == OK,
            )
    for table, things in fine.items():
        run.check(
            f"{RECORDS}{table}: all else that was looked at",
            expected="nothing in doubt",
            found=f"nothing in doubt in {things} things",
            passed=True,
        )
    if profile.problems:
        raise DataError(profile.problems)


def check_national(run: Run, compared: pd.DataFrame) -> None:
    """Warn where the pool reoffended far more or less than the country in that year."""
    for _, row in compared.iterrows():
        expected, found = national.in_words(row)
        year = f"{row['year']}/{(row['year'] + 1) % 100:02d}"
        run.check(
            f"{RECORDS}the pool's {row['measure']} in {year}",
            expected=f"half to double of what is published: {expected}",
            found=found,
            passed=bool(row["near"]),
        )
