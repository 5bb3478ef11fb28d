"""Where a run's list and national records lie; made-up ones are written first."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.errors import DataError
from helpers.files import ROOT, sha256
from helpers.intake.cohort import levels
from helpers.intake.cohort.check import wanted
from helpers.intake.cohort_file import values
from helpers.intake.submission import read
from helpers.intake.submission.misfits import SHORT
from helpers.intake.submission.problems import problems_file
from helpers.request.limits import LOST_APART
from helpers.request.sharing import DataSharing
from helpers.runs.run import Run
from helpers.runs.stages import LIST_PROBLEMS

MOST_KINDS = 3  # of errors that are named where they cost every line
NEAR = 31  # days without an offence proven that a whole country does not have


@dataclass(frozen=True)
class Sources:
    """The files that intake reads, and the last day that the records tell of."""

    submission: Path
    extract: Path
    complete_to: date
    received: date  # no date of the list may lie after it, nor a short year of an id
    decisions: Path | None
    work: Path  # for what the engine keeps for a while


def prepare(run: Run) -> Sources | None:
    """Give the sources of a request that looks people up; None for a ready cohort.

    Made-up records and the list are written into the run's restricted/data and then
    read like any other; the list as a filled template too, to practise on.
    """
    inputs = run.request.inputs
    if not inputs.from_records:
        return None
    # never a folder of two runs at once: it is emptied when the records are closed
    work = run.path("data/engine", "restricted")
    if not inputs.made_up:
        return Sources(
            ROOT / inputs.submission,
            ROOT / inputs.extract,
            inputs.records_complete_to,
            run.request.data_sharing.received.on,
            ROOT / inputs.decisions if inputs.decisions else None,
            work,
        )
    from helpers.intake.template import practice
    from helpers.synthetic import records

    folder = run.path("data/made_up", "restricted")
    settings = inputs.made_up
    written = records.write(
        folder,
        settings.people,
        settings.submitted,
        effect=settings.effect,
        seed=settings.seed,
    )
    if settings.submitted <= practice.MOST:
        practice.write(folder / practice.NAME, written.submission)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o600)
            run.declare(path, "restricted")
        else:
            path.chmod(0o700)
    folder.chmod(0o700)
    day = run.request.publication.date
    return Sources(
        written.submission, written.extract, written.complete_to, day, None, work
    )


def read_list(run: Run, sources: Sources) -> read.Submission:
    """Read and check the list; errors in its rows are counted and stop nothing.

    Every problem is written to LIST_PROBLEMS, row by row. Raises DataError where errors
    cost every line.
    """
    _check_received(run, sources)
    inputs = run.request.inputs
    submission = read.read(
        sources.submission,
        inputs.columns,
        today=sources.received,
        minimum_people=run.request.eligibility.minimum_people,
        name=inputs.submission or "made-up list",
    )
    if len(submission.problems):
        run.write(LIST_PROBLEMS, problems_file(submission), sensitivity="restricted")
    warned = submission.problems.query("level == 'warning'")
    in_rows = warned[warned["row"].notna()]
    cells = (in_rows["column"] != "") | (in_rows["rule"] == SHORT.words)
    columns = warned[warned["row"].isna() & (warned["column"] != "")]
    some = f"some: restricted/{LIST_PROBLEMS}"
    for name, found in (
        # how many is a box of the flow, which the report may have to hide
        ("lines of the list that are lost to errors", some * bool(submission.errors)),
        ("cells of the list in doubt", some * bool(cells.any())),
        (
            "columns of the list in doubt",
            "; ".join(columns["column"] + " " + columns["rule"]),
        ),
    ):
        run.check(name, expected="none", found=found or "none", passed=not found)
    if submission.lost == len(submission.lines):
        errors = submission.problems.query("level == 'error'")
        kinds = (errors["column"] + " " + errors["rule"]).str.strip().unique()
        raise DataError(
            f"{submission.file}: no line can be used: {'; '.join(kinds[:MOST_KINDS])}; "
            "correct the list, or ask for it again"
        )
    return submission


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


def check_complete(run: Run, sources: Sources, last_proven: pd.Timestamp) -> None:
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
    gap = (pd.Timestamp(sources.complete_to) - last_proven).days
    run.check(
        "the last offence proven in the records lies near records_complete_to",
        expected=f"at most {NEAR} days before {sources.complete_to}",
        found=f"{max(gap, 0)} days before",
        passed=gap <= NEAR,
    )


def _check_received(run: Run, sources: Sources) -> None:
    """Stop unless the list is the very file that the agreement says was received."""
    sharing = run.request.data_sharing
    if not run.request.inputs.submission or not isinstance(sharing, DataSharing):
        return
    same = sha256(sources.submission) == sharing.received.file_sha256
    run.check(
        "SHA-256 of inputs.submission",
        expected="that of data_sharing.received.file_sha256",
        found="the same"
        if same
        else "another: not the file that was received, or it was changed; name the "
        "file as it came",
        passed=same,
        gate=True,
    )
