"""Commands about what a request holds about people: destroy and match-data."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.commands.console import command, outputs_option, say
from helpers.errors import RequestError
from helpers.files import ROOT, destroy_command, shown, write

DESTROY = """\
Destroy what a request holds about people: the restricted files of its run, its draft,
whatever an interrupted run left, and what it shares with other requests on the same
extract, which the next of them works out again; also the page of the last batch, and
outputs saved in notebooks/, of whichever request. It tells what will go and asks first.
The report, release/ and audit/ stay. A certificate lists what was removed, and the
files of the request that you must destroy yourself. ID is the id of the request, the
name of its folder under outputs/."""

MATCH_DATA = """\
Write the people of a finished run as one table, for R or Stata: group, covariates,
propensity, weight, set and outcomes, a row a person and analysis (nearest matching: a
row a person and set). It holds people's records, lies in the run's restricted/data and
goes with destroy. ID is the id of the request."""

#: the tables that are brought together, in the order in which `table` takes them
TABLES = ("people", "matched", "sets", "outcomes")


def add(names: argparse._SubParsersAction) -> None:
    """Add these commands to the command line."""
    line = "write a run's people as one table, for R or Stata"
    made = command(names, match_data, line, MATCH_DATA)
    made.add_argument("id", metavar="ID")
    outputs_option(made)
    line = "destroy what a request holds about people"
    made = command(names, destroy, line, DESTROY)
    made.add_argument("id", metavar="ID")
    outputs_option(made)
    made.add_argument("--yes", action="store_true", help="do not ask")


def destroy(options: argparse.Namespace) -> int:
    """Destroy what a request holds about people."""
    from helpers.life_cycle.destroy import destroy as destroy_run

    for line in destroy_run(options.id, _outputs(options), _agreed(options)):
        say(line)
    return 0


def _agreed(options: argparse.Namespace) -> Callable[[list[str]], None]:
    """Give what asks the person at the terminal, unless --yes answered already."""

    def ask(going: list[str]) -> None:
        if not (options.yes or sys.stdin.isatty()):
            raise RequestError(
                f"{options.id}: destroy asks before it removes anything, and nobody "
                f"can be asked here; write --yes. {'. '.join(going)}"
            )
        for line in going:
            say(line)
        if options.yes:
            return
        try:
            answer = input(f"This cannot be undone. Type {options.id} to destroy it: ")
        except EOFError:
            answer = ""
        if answer.strip() != options.id:
            raise RequestError(f"{options.id}: nothing was destroyed")

    return ask


def match_data(options: argparse.Namespace) -> int:
    """Write the people of a finished run as one table."""
    import pandas as pd

    from helpers.life_cycle.refusals import refuse_unfinished
    from helpers.outcomes.match_data import table
    from helpers.runs import whole
    from helpers.runs.written.contents import as_bytes

    outputs = _outputs(options)
    refuse_unfinished(options.id, outputs)
    whole.refuse_links(outputs, options.id)
    data = _data_of_run(options.id, outputs)
    with whole.locked(outputs, options.id) as ours:
        if not ours:
            raise RequestError(f"{options.id}: is being made by a run; wait for it")
        people = table(*(pd.read_parquet(data / f"{n}.parquet") for n in TABLES))
        path = data / "match_data.csv"
        write(path, as_bytes(path.name, people), closed=True)
    rows = "1 row" if len(people) == 1 else f"{len(people):,} rows"
    say(
        f"{shown(path)}: {rows}. It holds people's records: it stays on this machine, "
        f"and goes with {destroy_command(options.id, outputs)}."
    )
    return 0


def _data_of_run(run_id: str, outputs: Path) -> Path:
    """Give the folder of a finished run's tables, once they are known to be there."""
    from helpers.runs import whole

    folder = outputs / run_id
    if whole.is_summary(folder):
        raise RequestError(
            f"{run_id}: summarises published results and has no people; name a request "
            "with an analysis"
        )
    if (folder / "audit" / "destroyed.json").exists():
        raise RequestError(f"{shown(folder)}: its data about people were destroyed")
    data = folder / "restricted" / "data"
    missing = [n for n in TABLES if not (data / f"{n}.parquet").exists()]
    if missing:
        raise RequestError(
            f"{shown(data)}: has no {', '.join(missing)}.parquet; run the request "
            "again with --overwrite"
        )
    return data


def _outputs(options: argparse.Namespace) -> Path:
    return options.outputs.absolute() if options.outputs else ROOT / "outputs"
