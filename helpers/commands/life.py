"""The command that ends what a request holds about people: destroy."""

import argparse
from pathlib import Path

from helpers.commands.console import command, say
from helpers.files import ROOT

DESTROY = """\
Destroy what a request holds about people: the restricted files of its run, its draft
and whatever an interrupted run left. The report, release/ and audit/ stay. A
certificate lists what was removed, and the files of the request that you must destroy
yourself. ID is the id of the request, the name of its folder under outputs/."""


def add(names: argparse._SubParsersAction) -> None:
    """Add these commands to the command line."""
    line = "destroy what a request holds about people"
    made = command(names, destroy, line, DESTROY)
    made.add_argument("id", metavar="ID")
    made.add_argument(
        "--outputs",
        type=Path,
        metavar="DIR",
        help="the folder that runs are kept in (default: outputs/)",
    )


def destroy(options: argparse.Namespace) -> int:
    """Destroy what a request holds about people."""
    from helpers.life_cycle.destroy import destroy as destroy_run

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    for line in destroy_run(options.id, outputs):
        say(line)
    return 0
