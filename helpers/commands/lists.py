"""Commands around a provider's list: template, check, new, synthesise."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.console import command, say
from helpers.errors import DataError, RequestError
from helpers.files import ROOT

if TYPE_CHECKING:
    from helpers.intake.submission.read import Submission

TEMPLATE = """\
Write the empty data upload template: a sheet for the people, one that explains each
column, one about the service and the sign-off on data sharing, and one that checks the
list offline, in Excel or LibreOffice, before it is sent."""

CHECK = """\
Check a provider's list (.xlsx or .csv). Problems are printed and written to
FILE.problems.csv with the row of the spreadsheet, the column, the rule and what to do.
An error costs its line: something that is needed to find the person or the sentence
cannot be used. A warning costs none: another cell that cannot be read is left empty,
or what can be read may be wrong, as dates that a spreadsheet turned.
Neither repeats what was written about a person, so the file may go back to the
provider. The exit status is 1 if the list has errors, 0 if it has warnings only."""

NEW = """\
Make a request of what the provider wrote on the sheet about its service, and put it
into params/ID.yml. What only the analyst can fill in is named there and here. The list
is checked too: how many lines are lost is said here, the rest in FILE.problems.csv."""

SYNTHESISE = """\
Write made-up national records into DIR/extract, a provider's list about some of their
people into DIR/submission.csv, the same list as a filled template into
DIR/made-up-list.xlsx, and the truth about each line into DIR/truth.parquet. Nobody in
them exists. The same numbers write the same bytes."""


def add(names: argparse._SubParsersAction) -> None:
    """Add these commands to the command line."""
    made = command(names, template, "write the empty data upload template", TEMPLATE)
    made.add_argument("file", type=Path, metavar="FILE.xlsx")
    made = command(names, check, "check a provider's list", CHECK)
    made.add_argument("file", type=Path, metavar="FILE", help="an .xlsx or .csv file")
    made = command(names, new, "start a request from a filled template", NEW)
    made.add_argument("id", metavar="ID", help="lower-case letters, digits, hyphens")
    made.add_argument(
        "--from", dest="file", type=Path, metavar="FILE.xlsx", required=True
    )
    made = command(names, synthesise, "write made-up national records", SYNTHESISE)
    made.add_argument(
        "--people", type=_number, required=True, metavar="N", help="people in them"
    )
    made.add_argument("--seed", type=_number, default=1, metavar="S", help="default: 1")
    made.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="a folder to be made"
    )


def _number(text: str) -> int:
    if not text.replace("_", "").isdecimal():
        raise argparse.ArgumentTypeError(f"must be a whole number; found {text!r}")
    return int(text)


def template(options: argparse.Namespace) -> int:
    """Write the empty data upload template."""
    from helpers.intake.template import workbook as upload

    if options.file.suffix.lower() != ".xlsx":
        name = options.file.with_suffix(".xlsx")
        raise RequestError(f"{options.file}: must end in .xlsx; write {name}")
    _refuse_existing(options.file)
    upload.write(options.file)
    say(
        f"{options.file}: written. Fill the sheet People, then look at Before you send."
    )
    return 0


def check(options: argparse.Namespace) -> int:
    """Check a provider's list; 1 if it has errors."""
    from helpers.intake.submission import read

    found = read.read(options.file)
    for line in read.report_lines(found):
        say(line)
    _write_problems(options.file, found)
    return int(found.errors > 0)


def _write_problems(file: Path, found: "Submission") -> Path:
    """Write the problems beside the list; none are left lying that are mended."""
    from helpers.intake.submission import read

    target = file.with_name(f"{file.name}.problems.csv")
    if len(found.problems):
        target.write_bytes(read.problems_file(found))
    else:
        target.unlink(missing_ok=True)
    return target


def new(options: argparse.Namespace) -> int:
    """Start a request from a filled template."""
    from helpers.intake.template import new_request

    target = ROOT / "params" / f"{options.id}.yml"
    _refuse_existing(target)
    text, missing = new_request.draft(options.file, options.id)
    target.write_text(text, encoding="utf-8")
    say(f"{target}: written. Only you can fill in:")
    for line in missing:
        say(f"  {line}")
    _tell_of_list(options.file)
    say(
        "Then decide on uncertain lines, before any outcome is opened: python3 -m "
        f"helpers run {options.id} --until intake "
        "(helpers/commands/README.md, From a provider's list to a run, step 4)"
    )
    return 0


def _tell_of_list(file: Path) -> None:
    """Say in one line how many lines are lost and where the problems are."""
    from helpers.intake.submission import read

    try:
        found = read.read(file)
    except DataError as error:
        for line in error.problems:
            say(line)
        return
    told = read.first_line(found)
    try:
        target = _write_problems(file, found)
    except OSError:  # a folder that may only be read
        target = f"what python3 -m helpers check says of a copy of {file}"
    say(f"{told}; row by row in {target}" if len(found.problems) else told)


def synthesise(options: argparse.Namespace) -> int:
    """Write made-up national records, a provider's list and the truth about it."""
    from helpers.intake.template import practice
    from helpers.synthetic import records

    if options.people < 100:
        raise RequestError(f"--people must be 100 or more; found {options.people}")
    if options.out.exists() and (
        not options.out.is_dir() or any(options.out.iterdir())
    ):
        raise RequestError(f"{options.out}: is there already; name a new folder")
    submitted = max(20, min(10_000, options.people * 3 // 100))
    made = records.write(options.out, options.people, submitted, seed=options.seed)
    practice.write(options.out / practice.NAME, made.submission)
    say(
        f"{options.out}: made-up national records of {options.people:,} people, a "
        f"list of {submitted:,} lines ({made.submission.name}, and {practice.NAME}, a "
        "filled template) and the truth about it; nobody in them exists. The records "
        f"are complete to {made.complete_to}."
    )
    return 0


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise RequestError(f"{path}: is there already; name another, or move it away")
