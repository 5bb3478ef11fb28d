"""The command that publishes what was approved: publish."""

import argparse

from helpers.commands.console import command, outputs_option, say
from helpers.files import ROOT

PUBLISH = """\
Publish the approved run of a request: report.html and release/ are copied to
published/ID/EDITION beside the runs, byte for byte as they were approved, and the
ledger records it. It is refused before publication.release_at (time in London; without
one, before publication.date begins), without an approval that still holds, for an
edition that is out already, and for a new edition whose page does not say what changed
since the one before. ID is the id of the request."""


def add(names: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    made = command(names, publish, "publish a run that was approved", PUBLISH)
    made.add_argument("id", metavar="ID")
    outputs_option(made)


def publish(options: argparse.Namespace) -> int:
    """Publish the approved run of a request."""
    from helpers.life_cycle.publish import publish as publish_run

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    for line in publish_run(options.id, outputs):
        say(line)
    return 0
