"""The command of the second person: approve."""

import argparse

from helpers.commands.console import command, outputs_option, say
from helpers.errors import RequestError
from helpers.files import ROOT

APPROVE = """\
Approve a finished run, by somebody other than the analyst. It goes through linkage,
cohort, balance, design gate, tests, wording and disclosure: each with its figures as
released, and a link into the reviewers' copy. Answer yes or no to each; after a no it
asks why. Once every part is right the ledger has your name, the parts and the hash of
each file that may leave. A byte that changes afterwards makes the approval void. ID is
the id of the request."""


def add(names: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    line = "approve a finished run, as its second person"
    made = command(names, approve, line, APPROVE)
    made.add_argument("id", metavar="ID")
    made.add_argument("--by", required=True, metavar="NAME", help="your name")
    outputs_option(made)
    made.add_argument(
        "--yes", action="store_true", help="say yes to all, having read them already"
    )


def approve(options: argparse.Namespace) -> int:
    """Have a person approve a finished run, part by part."""
    from helpers.life_cycle.approve import Asking
    from helpers.life_cycle.approve import approve as approve_run
    from helpers.life_cycle.parts import Part

    def part(looked_at: Part, links: list[str]) -> bool:
        say(f"\n{looked_at.name.capitalize()}")
        for line in [*looked_at.figures, *links]:
            say(f"  {line}")
        return options.yes or _yes(looked_at.name)

    def why(looked_at: Part) -> str:
        return _answer(f"What is wrong with it, in a line? ({looked_at.name}) ")

    def _yes(name: str) -> bool:
        while True:
            answer = (
                _answer(f"{name.capitalize()}: is it right? (yes or no) ")
                .strip()
                .lower()
            )
            if answer in ("yes", "no"):
                return answer == "yes"
            say("Write yes or no.")

    def _answer(question: str) -> str:
        try:
            return input(question)
        except EOFError:
            say("")
            raise RequestError(
                f"{options.id}: nothing was approved, since no answer came; answer "
                "each question, or write --yes once you have read them all"
            ) from None

    outputs = options.outputs.absolute() if options.outputs else ROOT / "outputs"
    for line in approve_run(options.id, options.by, outputs, Asking(say, part, why)):
        say(line)
    return 0
