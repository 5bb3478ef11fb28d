"""The command that tells what differs between two runs: compare."""

import argparse

from helpers.commands.console import command, outputs_option, say
from helpers.files import ROOT

COMPARE = """\
Print what differs between two finished runs, A and B: first what is said of each
measure, then inputs, settings, people, balance, estimates, checks, packages, the kit,
and whether the pages have the same bytes. It reads what was released and the counts of
audit/, never people's records, and changes neither run. To look an id up it first
settles the folder of runs, as other commands do: a run that was interrupted while it
was moved into place is there afterwards. A and B are ids of requests, or paths of runs
(with a slash in them), such as /secure/before/my-study, kept with run --outputs."""

STATUS = """\
exit status:
  0    they were compared, whether or not they differ
  1    they cannot be: each problem is one line on standard error"""


def add(names: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    line = "what differs between two finished runs"
    made = command(names, compare, line, COMPARE, epilog=STATUS)
    made.add_argument("first", metavar="A")
    made.add_argument("second", metavar="B")
    outputs_option(made)


def compare(options: argparse.Namespace) -> int:
    """Print what differs between two finished runs."""
    from helpers.life_cycle.compare.compare import compare as compare_runs

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    for line in compare_runs(options.first, options.second, outputs):
        say(line)
    return 0
