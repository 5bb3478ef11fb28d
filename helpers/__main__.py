"""Start the kit: ``python3 -m helpers``; see ``helpers/commands/`` for what it does.

This file parses on every Python, so that an old one gets a sentence and no traceback.
"""

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
    from helpers.commands.start import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
