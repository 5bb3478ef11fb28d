"""Start the kit: ``python3 -m helpers``; see ``helpers/commands/`` for what it does.

This file parses on every Python, so that an old one gets a sentence and no traceback.
"""

import os
import sys

OLDEST = (3, 11)


def main():
    """Check the Python version, then set up where needed and start the command."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(
            "The kit needs Python 3.11 or newer; this is Python "
            + found
            + " at "
            # an embedded Python may not know where it lies
            + (sys.executable or "an unknown place")
            + ". Start it with a newer one, for example: python3.11 -m helpers"
        )
    open_streams()
    from helpers.commands.start import start

    return start(sys.argv[1:])


def open_streams():
    """Put nothing in the place of a stream that was closed, as a service's may be.

    The next file to be opened would take its number, and with it all that is said.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w"))


if __name__ == "__main__":
    sys.exit(main())
