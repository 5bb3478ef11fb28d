"""The command about the ledger of a folder of runs: ledger."""

import argparse
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

from helpers.commands.console import command, complain, say
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

OUTPUTS = "the folder that runs are kept in (default: outputs/)"


def add(names: argparse._SubParsersAction) -> None:
    """Add this command to the command line."""
    line = "what was opened, approved and destroyed, and whether that was changed"
    made = command(names, ledger, line, LEDGER, epilog=STATUS)
    made.add_argument("--outputs", type=Path, metavar="DIR", help=OUTPUTS)


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
    from helpers.runs.written import chain

    at = chain.time(line)
    when = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "no time"
    who, whose = (chain.seen(line.get(name, "not said")) for name in ("by", "id"))
    tell = HAPPENED.get(str(line.get("event")))
    what = tell(line) if tell else str(line.get("event", "nothing"))
    return f"{when}  {who}  {whose}: {chain.seen(what)}"


def _gate(line: dict[str, Any]) -> str:
    rows = line.get("rows")
    rows = rows if isinstance(rows, list) else []
    verdicts = [row.get("verdict") for row in rows if isinstance(row, dict)]
    counts = {
        name: verdicts.count(word)
        for word, name in (("passed", "passed"), ("warning", "with a warning"),
                           ("failed", "failed"))
    }  # fmt: skip
    judged = [f"{count} {name}" for name, count in counts.items() if count]
    others = len(verdicts) - sum(counts.values())
    judged += [f"{others} told without a verdict"] if others else []
    many = "1 row" if len(verdicts) == 1 else f"{len(verdicts)} rows"
    return f"the design gate was recorded: {many}, {', '.join(judged) or 'none'}"


def _approved(line: dict[str, Any]) -> str:
    return f"approved by {line.get('name', 'nobody named')}, {_edition(line)}"


def _not_approved(line: dict[str, Any]) -> str:
    why = f": {line['why']}" if line.get("why") else ""
    name, part = line.get("name", "nobody named"), line.get("part", "a part")
    return f"not approved by {name}, for {part}{why}"


def _revoked(line: dict[str, Any]) -> str:
    return f"the approval no longer holds, since files changed: {_files(line)}"


def _published(line: dict[str, Any]) -> str:
    return f"published, {_edition(line)}"


def _destroyed(line: dict[str, Any]) -> str:
    return f"what it held about people was destroyed: {_files(line)}"


def _edition(line: dict[str, Any]) -> str:
    return f"edition {line.get('edition', 'not said')}, {_files(line)}"


def _files(line: dict[str, Any]) -> str:
    named = line.get("files")
    number = len(named) if isinstance(named, (dict, list)) else 0
    return "1 file" if number == 1 else f"{number} files"


#: what happened, by the event of a line
HAPPENED: dict[str, Callable[[dict[str, Any]], str]] = {
    "pool's outcomes opened": lambda line: (
        "the outcomes of the pool, and of nobody in the programme, were opened"
    ),
    "design gate": _gate,
    "outcomes opened": lambda line: "everyone's outcomes were opened",
    "approved": _approved,
    "not approved": _not_approved,
    "approval revoked": _revoked,
    "published": _published,
    "destroyed": _destroyed,
}
