"""Files as every part of the kit takes them; the standard library alone.

Where the repository lies, how a path is told, what a file's bytes hash to, how a file
is written for nobody else, how one is locked, which texts are harmless in a
spreadsheet, and which request file has which id.
"""

import contextlib
import hashlib
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

#: the repository's root; paths in a request are relative to it
ROOT = Path(__file__).resolve().parents[1]

#: a folder among those of runs, with what requests on the same extract share, and in
#: each of its folders one with a file for each request that used it
SHARED, REQUESTS = ".shared", "requests"

#: what such a file says of data that may be held for good; else it has the last day
NO_END = "none"

#: the line of a request file that names its id
ID_LINE = re.compile(r"^ +id: *[\"']?([a-z0-9-]+)", re.MULTILINE)


def shown(path: Path) -> str:
    """Give a path as a user writes it: relative to the repository within it."""
    inside = path.is_relative_to(ROOT)
    return path.relative_to(ROOT).as_posix() if inside else str(path)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; the file may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def private(path: Path) -> None:
    """Keep a file or folder from every other account of the machine."""
    path.chmod(0o700 if path.is_dir() else 0o600)


def for_owner(path: str, flags: int) -> int:
    """Open a file for `open`, so that a new one is its owner's from the first moment.

    Whatever the umask takes away, its owner keeps reading and writing. Nothing is
    opened that a link leads to.
    """
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
    if hasattr(os, "fchmod"):  # Windows keeps no such mode
        os.fchmod(handle, 0o600)
    return handle


def private_folder(path: Path) -> None:
    """Make a folder for nobody else, unless it is there; it is closed in any case."""
    path.mkdir(mode=0o700, exist_ok=True)
    private(path)


def close(folder: Path) -> None:
    """Keep a draft's folder, and notebooks that were saved there, from other accounts.

    papermill writes the executed notebook before its first cell runs and later writes
    into the same file, so that what is closed here stays closed.
    """
    private(folder)
    for path in folder.glob("*.ipynb"):
        if path.is_file() and not path.is_symlink():
            private(path)


def write(path: Path, data: bytes | str, *, closed: bool = False) -> None:
    """Write a file whole or not at all; `closed` keeps it from other accounts.

    It is written beside and put in its place: what a link at either name leads to, or
    another name of the same file, stays as it is.
    """
    partial = path.with_name(path.name + ".writing")
    partial.unlink(missing_ok=True)
    try:
        with open(partial, "xb", opener=for_owner if closed else None) as file:
            file.write(data.encode() if isinstance(data, str) else data)
        os.replace(partial, path)
    except OSError:  # a full disk
        partial.unlink(missing_ok=True)
        raise


def is_plain(path: Path) -> bool:
    """Tell whether a path is a file itself: no link, folder, pipe or device."""
    return path.is_file() and not path.is_symlink()


@contextlib.contextmanager
def locked(path: Path, *, wait: bool = False, together: bool = False) -> Iterator[bool]:
    """Hold a file of its own for this process, made where needed; yields whether it is.

    `wait` waits until it is; `together` lets others hold it who say so too. The file is
    neither read nor written.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there one run at a time is a rule
        yield True
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "ab", opener=for_owner) as file:
        try:
            kind = fcntl.LOCK_SH if together else fcntl.LOCK_EX
            fcntl.flock(file, kind | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


class Hold:
    """A file held beside others that hold it, for as long as this is kept.

    As long as one does, `locked` gives it to nobody. Windows has no such lock.
    """

    def __init__(self, path: Path) -> None:
        """Hold the file, which is made where needed and neither read nor written."""
        self._file: int | None = None
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._file = os.open(path, flags, 0o600)
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_SH)

    def __del__(self) -> None:
        """Let the file go, as the end of the process does too."""
        if self._file is not None:
            os.close(self._file)


#: a file in a folder of what is worked out for a while, locked as long as it is
HELD = "held"


def remove_left(place: Path) -> None:
    """Remove the folders in a place that processes which were killed have left there.

    A folder counts as left where nobody holds its file HELD.
    """
    for held in place.glob(f"*/{HELD}"):
        if held.parent.is_symlink() or not is_plain(held):
            continue
        with contextlib.suppress(OSError), locked(held) as left:
            if left:
                shutil.rmtree(held.parent, ignore_errors=True)


def in_use(folder: Path) -> Path:
    """Give the file to hold while what requests share, in this folder, is used."""
    return folder.with_name(f".{folder.name.removesuffix('.part')}.lock")


#: a spreadsheet takes a cell that begins with one of these for a formula, in some
#: languages of the program its wide form too
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: blanks, control signs and marks without a width at the start of a text
UNSEEN = re.compile(r"^[\s\x00-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def harmless(text: str) -> str:
    """Give a text that a spreadsheet will not work out as a formula.

    It gets an apostrophe before it, which a spreadsheet shows. Numbers that the kit
    prints need none: their minus is another sign (U+2212). Blanks before the sign, and
    marks that cannot be seen, keep no spreadsheet from it. A carriage return, which
    would end the row outside quotation marks, becomes a new line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    begun = UNSEEN.sub("", text).startswith(BEGINS_A_FORMULA)
    return f"'{text}" if begun or text.startswith(BEGINS_A_FORMULA) else text


def typed(path: Path | str) -> str:
    """Give a path as a command takes it: in quotes if it holds blanks or such signs."""
    plain = re.fullmatch(r"[\w./\\:~-]+", str(path)) is not None
    return str(path) if plain else shlex.quote(str(path))


def destroy_command(run_id: str, outputs: Path) -> str:
    """Give the command that destroys what a request holds about people."""
    where = "" if outputs == ROOT / "outputs" else f" --outputs {typed(outputs)}"
    return f"python3 -m helpers destroy {run_id}{where}"


def request_id(request: Path) -> str | None:
    """Give the id that a request file names, or None; the file is not parsed."""
    found = ID_LINE.search(text_of(request))
    return found[1] if found else None


def requests_by_id(folder: Path) -> dict[str, Path]:
    """Give the request files of a folder by the id that each one names."""
    try:
        files = sorted(folder.glob("*.y*ml"))
    except OSError:
        return {}
    return {name: path for path in files if (name := request_id(path))}


def text_of(path: Path) -> str:
    """Give the text of a file, whatever it holds; empty if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
