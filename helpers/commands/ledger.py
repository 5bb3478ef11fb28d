"""The command about the ledger of a folder of runs: ledger."""

import argparse
from datetime import UTC
from typing import Any

from helpers.commands.console import command, complain, outputs_option, say
from helpers.errors import RequestError
from helpers.files import ROOT, shown

LEDGER = """\
Print what the ledger of a folder of runs says, a line each: when, from which account,
of which request and what happened. Each line of the ledger has the hash of the one
before it: one that was edited, cut out, put in or cut off at the end is told, and so is
a clock that was set back."""

STATUS = """\
exit status:
  0    the ledger is whole
  1    it is not: each problem is one line on standard error"""


def add(names: argparse._SubParsersAction) -> None:
    """Add this command to the command line."""
    line = "what was opened, approved and destroyed, and whether that was changed"
    made = command(names, ledger, line, LEDGER, epilog=STATUS)
    outputs_option(made)


def ledger(options: argparse.Namespace) -> int:
    """Print the ledger of a folder, and whether it is whole."""
    from helpers.runs.written import ledger as of_folder

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    if not outputs.is_dir():
        raise RequestError(f"{shown(outputs)}: is no folder of runs")
    told, problems, notes = of_folder.account(outputs)
    end = of_folder.end(outputs)
    for line in told:
        say(_printed(line) if line else "a line that cannot be read")
    for note in notes:
        say(note)
    if problems:
        complain("\n".join(problems))
        return 1
    number = "1 line" if len(told) == 1 else f"{len(told):,} lines"
    say(
        f"The ledger is whole: {number}, each following from the one before. Its end "
        f"is {end}: noted elsewhere, it shows if an older copy takes this one's place."
        if told
        else f"{shown(outputs)} has no ledger yet, and no run that needs one."
    )
    return 0


def _printed(line: dict[str, Any]) -> str:
    """Give a line of the ledger as a person reads it, whatever was put into it."""
    from helpers.runs.written import chain, events

    at = chain.time(line)
    when = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "no time"
    who, whose = (chain.seen(line.get(name, "not said")) for name in ("by", "id"))
    return f"{when}  {who}  {whose}: {events.told(line)}"
