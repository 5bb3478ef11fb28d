"""The command for a JupyterLab of somebody else's: kernel."""

import argparse

from helpers.commands.console import command, say

KERNEL = """\
Register this environment as the kernel "Justice Data Lab" of your account, for a
JupyterLab that is not started by lab: a hosted one, in which you choose it for each
notebook. papermill takes it by --kernel justice-data-lab.

Such a JupyterLab saves outputs in notebooks/, and they may be about people. So the same
command has git strip every notebook as it takes it up, in this copy of the repository.
Give the command once in each copy. To take the kernel away:
jupyter kernelspec remove justice-data-lab"""


def add(names: argparse._SubParsersAction) -> None:
    """Add this command to the command line."""
    line = "register this environment as a kernel, for a hosted JupyterLab"
    command(names, kernel, line, KERNEL)


def kernel(options: argparse.Namespace) -> int:
    """Register the kernel and the filter of git, and say where they are."""
    from helpers.jupyter import register

    say(f'The kernel "{register.SHOWN_AS}" is registered: {register.kernel()}')
    lacking = register.git_filter()
    say(
        f"No filter of git is set, since {lacking}: notebooks keep their outputs."
        if lacking
        else "git strips the outputs of every notebook that it takes up here."
    )
    return 0
