"""Start a command of the kit in an environment that meets every pin."""

import os
import sys

from helpers.commands import command_line
from helpers.set_up.environment import ROOT, meets, pins, prepared, unmet
from helpers.set_up.process import environment, hand_over, python_of
from helpers.set_up.steps import SetUpError, say

#: tells the process that is started that the set-up was done for it
STARTED = "JDL_STARTED"


def start(arguments: list[str]) -> int:
    """Carry out a command of the kit in an environment that meets every pin."""
    command_line.parse(arguments)  # help and slips of typing need no set-up
    started = os.environ.pop(STARTED, None)
    try:
        wanted = pins(ROOT)
        if meets(wanted, sys.path, ROOT):
            python = sys.executable
        elif started:
            raise SetUpError(
                f"{python_of(ROOT / '.venv')} still lacks "
                f"{', '.join(unmet(wanted, sys.path)) or 'the kit itself'} after the "
                "set-up; delete the folder .venv and start again"
            )
        else:
            python = str(prepared(ROOT))
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Interrupted; start again to finish the set-up.")
        return 130
    settings = environment(os.environ)
    if python == sys.executable and settings == dict(os.environ):
        return command_line.main(arguments)
    return hand_over([python, "-m", "helpers", *arguments], settings | {STARTED: "1"})
