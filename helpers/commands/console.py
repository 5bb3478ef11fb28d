"""What a command tells: results on standard output, problems on standard error."""

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.errors import KitError

#: how every command's help is laid out
PLAIN: dict[str, Any] = {
    "formatter_class": argparse.RawDescriptionHelpFormatter,
    "allow_abbrev": False,
}


def command(
    names: argparse._SubParsersAction,
    action: Callable[[argparse.Namespace], int],
    line: str,
    about: str,
    *,
    epilog: str | None = None,
    passes_on: bool = False,
    name: str = "",
) -> argparse.ArgumentParser:
    """Add a command, named as its function or `name`; give the parser of its options.

    `line` stands in the list of commands, `about` in the command's own help.
    `passes_on`: what the command does not know goes on to another program.
    """
    name = name or action.__name__.replace("_", "-")
    made = names.add_parser(name, help=line, description=about, epilog=epilog, **PLAIN)
    made.set_defaults(action=action, passes_on=passes_on)
    return made


def outputs_option(made: argparse.ArgumentParser) -> None:
    """Add the option that names the folder of the runs."""
    about = "the folder that runs are kept in (default: outputs/)"
    made.add_argument("--outputs", type=_folder, metavar="DIR", help=about)


def _folder(name: str) -> Path:
    if not name:  # as a variable gives that is not set; it would be this folder
        raise argparse.ArgumentTypeError(
            "an empty name; give a folder, or leave the option out"
        )
    return Path(name)


def say(line: str) -> None:
    """Print a line of a command's result."""
    sys.stdout.write(f"{line}\n")


def complain(lines: str) -> None:
    """Print problems, one a line, where results do not go."""
    sys.stderr.write(lines.rstrip("\n") + "\n")
    sys.stderr.flush()


def told(error: BaseException) -> str:
    """Give the lines by which a command tells of what stopped it."""
    if isinstance(error, OSError):  # a full disk, a folder that may not be written
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return str(error) if isinstance(error, KitError) else fault(error)


def fault(error: BaseException) -> str:
    """Tell of a fault of the kit by its places: its words may quote a record."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {f.filename}, line {f.lineno}, in {f.name}" for f in frames]
    said = "a fault of the kit; its words are left out, since they may quote a record"
    return "\n".join([*places, f"{type(error).__name__}: {said}"])


def from_here(path: Path) -> str:
    """Give a path as the user would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
