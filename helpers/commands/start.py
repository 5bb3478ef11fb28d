"""Start a command of the kit in an environment that meets every pin."""

import os
import signal
import sys
from pathlib import Path

from helpers.commands import command_line
from helpers.files import ROOT
from helpers.set_up.environment import meets, prepared, unmet
from helpers.set_up.pins import pins
from helpers.set_up.process import environment, hand_over, other_copy, python_of
from helpers.set_up.steps import SetUpError, say

#: tells the process that is started that the set-up was done for it
STARTED = "JDL_STARTED"


def start(arguments: list[str]) -> int:
    """Carry out a command of the kit in an environment that meets every pin."""
    command_line.parse(arguments)  # help and slips of typing need no set-up
    # whoever ends a command, as a machine that shuts down does, ends it as Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = os.environ.pop(STARTED, None)
    try:
        python = _python(started)
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


def _python(started: str | None) -> str:
    """Choose the Python: this one where it has every pin, else that of .venv."""
    other = other_copy(Path.cwd())
    if other:
        raise SetUpError(
            f"This folder lies in another copy of the kit than the one that Python "
            f"found, {ROOT}; change to {other} and start again"
        )
    wanted, venv, prefix = pins(ROOT), ROOT / ".venv", Path(sys.prefix)
    # of its own environment the kit knows more than what its pins say
    own = prefix.resolve() == venv.resolve() and not started
    if not own and meets(wanted, sys.path, prefix):
        return sys.executable
    if started:
        raise SetUpError(
            f"{python_of(venv)} still lacks "
            f"{', '.join(unmet(wanted, sys.path)) or 'a whole set-up'} after the "
            "set-up; delete the folder .venv and start again"
        )
    return str(prepared(ROOT))
