"""Where a run's list and national records lie; made-up ones are written first."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpers.errors import DataError
from helpers.files import ROOT, SHARED, sha256
from helpers.intake.records.extract import not_opened
from helpers.intake.records.shared.place import Shared
from helpers.intake.submission import read
from helpers.intake.submission.misfits import SHORT
from helpers.intake.submission.problems import problems_file
from helpers.names import same_person
from helpers.request.sharing import DataSharing
from helpers.runs import safe_places
from helpers.runs.run import Run
from helpers.runs.stages import LIST_PROBLEMS

MOST_KINDS = 3  # of errors that are named where they cost every line


@dataclass(frozen=True)
class Sources:
    """The files that intake reads, and the last day that the records tell of."""

    submission: Path
    extract: Path
    complete_to: date
    received: date  # no date of the list may lie after it, nor a short year of an id
    decisions: Path | None
    work: Path  # for what the engine keeps for a while
    approved: frozenset[str] | None = None  # tables that may be opened; None: any
    shared: Shared | None = None  # with requests on the same extract


def prepare(run: Run) -> Sources | None:
    """Give the sources of a request that looks people up; None for a ready cohort.

    Made-up records and the list are written first, then read like any other.
    """
    inputs = run.request.inputs
    if not inputs.from_records:
        return None
    # never a folder of two runs at once: it is emptied when the records are closed
    work = run.path(safe_places.ENGINE, "restricted")
    if inputs.made_up:
        return _made_up(run, work)
    _check_approved(run)
    return Sources(
        ROOT / inputs.submission,
        ROOT / inputs.extract,
        inputs.records_complete_to,
        run.request.data_sharing.received.on,
        ROOT / inputs.decisions if inputs.decisions else None,
        work,
        run.request.approved_tables,
        _shared(run),
    )


def _made_up(run: Run, work: Path) -> Sources:
    """Write made-up records and their list into the run's restricted/data.

    The list is written as a filled template too, to practise on.
    """
    from helpers.intake.template import practice
    from helpers.synthetic import records

    folder = run.path("data/made_up", "restricted")
    settings = run.request.inputs.made_up
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
        written.submission,
        written.extract,
        written.complete_to,
        day,
        None,
        work,
        shared=_shared(run),
    )


def _shared(run: Run) -> Shared | None:
    """Give the place of what requests share in the folder of runs that this one is in.

    None for a draft elsewhere: all that it has of the records lies in it.
    """
    runs = run.folder.absolute().parent
    if run.draft and runs.resolve() != safe_places.outputs(os.environ).resolve():
        return None
    return Shared(runs / SHARED, run.request.id, run.request.data_sharing.last_day)


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


def _check_approved(run: Run) -> None:
    """Tell what lies unopened, and what of the approvals a person should look at."""
    sharing = run.request.data_sharing
    folder = ROOT / run.request.inputs.extract
    unopened = not_opened(folder, run.request.approved_tables)
    low = [source for source in sharing.sources if source.understated]
    for name, expected, told in (
        (
            "tables of the extract that are not approved",
            "none",
            unopened
            and f"{', '.join(unopened)}: not opened, since data_sharing.sources has no "
            "line for them; take them out of the folder, or add their approval",
        ),
        (
            "tiers of the tables that are approved",
            "none nearer to the offending records than the table is",
            low
            and f"{', '.join(f'{s.table} as {s.tier}' for s in low)}; "
            f"{', '.join(f'{s.table} is {s.least_tier}' for s in low)} at least: see "
            "whether the approval is for this table",
        ),
        (
            "who signed for the provider, and who approved the sharing",
            "two people",
            same_person(sharing.provider_signed_off.by, sharing.approved_by)
            and "one and the same: the provider signs for its list, another approves "
            "that it is used",
        ),
        (
            "review of the ethics",
            "data_sharing.ethics",
            not sharing.ethics
            and "no record of one: write data_sharing.ethics: {reviewed_by, on, "
            "asked_for}, which the Ministry's template demands",
        ),
    ):
        run.check(name, expected=expected, found=told or expected, passed=not told)


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
