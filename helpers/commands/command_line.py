"""The command line: what it understands, and how a command ends.

It reads with the standard library alone; what a command needs is imported when it runs.
"""

import argparse
import os
import sys

from helpers.commands import (
    approve,
    catalogue,
    compare,
    kernel,
    ledger,
    life,
    lists,
    power,
    publish,
    running,
)
from helpers.commands.console import PLAIN, complain, told
from helpers.files import ROOT
from helpers.set_up.process import collect_rarely

ABOUT = """\
Does a programme reduce one-year proven reoffending? The kit finds a comparison
group for the people who took part, estimates the difference and writes a report."""

EXAMPLES = """\
examples:
  python3 -m helpers run params/example.yml    made-up people, half a minute
  python3 -m helpers run nc-prison-work        a request of params/, by its id
  python3 -m helpers run findings              the summary of all published results
  python3 -m helpers run params --jobs 2       every request of params/, two at once
  python3 -m helpers lab params/example.yml    the notebooks, on that request
  python3 -m helpers power --people 250 --base-rate 0.25   what it could find
  python3 -m helpers template list.xlsx        the empty data upload template
  python3 -m helpers check list.xlsx           a provider's list, checked
  python3 -m helpers catalogue add my-study    its result among the published ones
  python3 -m helpers compare /secure/before/my-study my-study     what differs
  python3 -m helpers approve my-study --by "A. Name"      the second person
  python3 -m helpers kernel                    for a hosted JupyterLab
  python3 -m helpers test                      the tests; --all adds the slow ones

The first start puts the versions of environment.yml into the folder .venv (mostly in
less than a minute); an activated environment that has them all is used as it is.
On Windows write py in place of python3."""

#: what a run that was broken off may have left
KEPT = (
    "What it had written, people's records among it, is kept in .ID.part beside the "
    "runs: run again, which goes on after the last stage that is done, or python3 -m "
    "helpers destroy ID."
)
#: where the commands are; each adds its own, in the order in which help lists them
ROOMS = (
    running, kernel, power, lists, life, compare, approve, publish, ledger, catalogue
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Tell what the command line understands."""
    whole = argparse.ArgumentParser(
        prog="python3 -m helpers", description=ABOUT, epilog=EXAMPLES, **PLAIN
    )
    names = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for room in ROOMS:
        room.add(names)
    return whole


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the options of a command; help and slips of typing end the program."""
    whole = parser()
    if not arguments:
        whole.print_help(sys.stderr)
        sys.exit(2)
    options, rest = whole.parse_known_args(arguments)
    if options.action is None:  # a command of several, none of which was named
        options.shown.print_help(sys.stderr)
        sys.exit(2)
    if rest and not options.passes_on:
        whole.error(
            f"{options.command} does not understand {' '.join(rest)}; "
            f"see python3 -m helpers {options.command} --help"
        )
    options.rest = rest
    return options


def main(arguments: list[str]) -> int:
    """Carry out a command; gives the exit status."""
    options = parse(arguments)
    collect_rarely()
    # nbformat's validator builds a grammar of web addresses where it finds this one:
    # a second of each command, and no notebook has such an address to check
    sys.modules.setdefault("rfc3987_syntax", None)
    # a sentence is worth more than a dash that an old terminal cannot show
    sys.stdout.reconfigure(errors="replace")
    try:
        _name_overdue(options)
        return options.action(options)
    except KeyboardInterrupt:
        kept = f" {KEPT}" if options.command == "run" else ""
        complain(f"Interrupted; finished runs are as they were.{kept}")
        return 130
    except BrokenPipeError:
        # nobody reads any more: keep the interpreter from failing on its last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        return 1
    except Exception as error:
        begun = isinstance(error, OSError) and options.command == "run"
        kept = f"; the last run is as it was. {KEPT}" if begun else ""
        complain(f"{told(error)}{kept}")
        return 1


def _name_overdue(options: argparse.Namespace) -> None:
    """Name every run whose data should have been destroyed by now."""
    from helpers.life_cycle.holdings import overdue

    outputs = getattr(options, "outputs", None) or ROOT / "outputs"
    for line in overdue(outputs.absolute(), ROOT / "params"):
        complain(line)
