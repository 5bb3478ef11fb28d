"""Uploads and requests that somebody broke on purpose, and what must hold of each.

Real files are changed by a seeded hand: bytes flipped, cut and doubled, parts of a
workbook rewritten, cells swapped and replaced, keys and values of YAML replaced, nested
and repeated. Each is given to the command or function that a user gives it to, in this
process, under a watchdog. Names, days of birth and ids that were planted may stand in
no message and in no file for the provider.
"""

import contextlib
import copy
import csv
import io
import json
import random
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from support import in_process, ready_cohort
from support.submission_lists import FINE, HEADER, csv_text, write_xlsx

from helpers.commands import command_line, running
from helpers.errors import KitError
from helpers.files import ROOT
from helpers.request import load
from helpers.runs import hashes

#: seconds of work within which each is answered, and seconds by the clock: others may
#: be at work on the machine, and who waits for a pipe does no work
LONGEST, WAITED = 10, 60
#: what tells who somebody is, in every row of a list and of a cohort
PLANTED = ("Qzvxmarker", "Wqyjmarker", "1931-02-27", "27/02/1931", "A9731QZ", "765432")
PEOPLE = 40

#: what a hostile or careless hand writes into a cell, a key or a value
WORDS = (
    "", " ", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", "'=1",
    "<script>alert(1)</script>", "javascript:alert(1)", "]]>", "{{7*7}}", "%s%n",
    "a" * 10_000,
    "\u202eabc", "\u200b", "\ufeff", "\U0001f600", "\0", "\x07", "\x85", "\u2028",
    "../../etc/passwd", "/dev/zero", "/dev/stdin", ".", "~", "1e999999", "9" * 5000,
    "-1",
    "0", "NaN", "inf", "0x1F", "012", "1_000", "1:30", "2026-13-45", "0000-00-00",
    "99999-01-01", "2026-06-25T10:00:00Z", "yes", "null", "true", "[c]", "\n\n", "\r",
    '"', "'", "“x”", "a\nb", "Surname", "DROP TABLE person", "İ", "ß", "ﬁ", "é" * 300,
)  # fmt: skip
#: the same for a value of YAML that is no text
VALUES: tuple[Any, ...] = (
    *WORDS, None, True, 0, -1, 10**30, 10**400, 1e308, float("nan"), float("inf"), [],
    {},
    [[]], [None], {"a": {}}, ["a", "a"], list(range(500)), {"name": {"name": "x"}},
    {1: 2}, {None: None}, {"": ""},
)  # fmt: skip
#: what YAML knows and no request uses, put into the text
YAML_SIGNS = (
    "!!python/object/apply:os.system ['true']", "!!binary aGk=", "!x y", "&a [*a]",
    "*b",
    "<<: *a", "---\n", "...\n", "%YAML 1.2\n", "? ", "| ", "> ", "{", "[", "}", "]",
    ": ",
    "- ", "#", "\t", "\0", "'", '"', "[" * 300, "{a: " * 80, "!!timestamp x", "=", "`",
)  # fmt: skip


class Hang(BaseException):
    """An answer that took too long; nothing of the kit catches it."""


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Stop what is not answered in time."""

    def stop(*_: Any) -> None:
        raise Hang

    told = {signal.SIGALRM: (signal.ITIMER_REAL, WAITED),
            signal.SIGPROF: (signal.ITIMER_PROF, LONGEST)}  # fmt: skip
    before = {sign: signal.signal(sign, stop) for sign in told}
    for timer, seconds in told.values():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for sign, (timer, _) in told.items():
            signal.setitimer(timer, 0)
            signal.signal(sign, before[sign])


# broken files ------------------------------------------------------------------


def bytes_changed(data: bytes, dice: random.Random) -> bytes:
    """Flip, cut, double or overwrite some bytes."""
    data = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20))):
        at = dice.randrange(len(data) or 1)
        how = dice.randrange(6)
        if how == 0 and data:
            data[at] ^= 1 << dice.randrange(8)
        elif how == 1:
            del data[at:]
        elif how == 2:
            data[at:at] = data[at : at + dice.randrange(1, 400)] * dice.choice((1, 9))
        elif how == 3:
            del data[at : at + dice.randrange(1, 200)]
        elif how == 4:
            data[at : at + 4] = dice.randbytes(4)
        else:
            data[at:at] = dice.choice(WORDS).encode("utf-8", "surrogatepass")
    return bytes(data)


def people(dice: random.Random) -> list[list[str]]:
    """A list with its header: people of planted names, some cells changed."""
    rows = []
    for n in range(PEOPLE):
        row = FINE | {
            "surname": f"Qzvxmarker{chr(97 + n % 26)}",
            "forename": f"Wqyjmarker{n % 7}",
            "date_of_birth": "27/02/1931", "prison_number": "A9731QZ",
            "pnc_id": f"2003/765432{n % 10}A",
        }  # fmt: skip
        rows.append([row[name] for name in HEADER])
    for _ in range(dice.choice((0, 1, 5, 60))):
        row = dice.choice(rows)
        at = dice.randrange(len(row))
        other, there = dice.choice(rows), dice.randrange(len(HEADER))
        if dice.random() < 0.5 and there < len(other):
            row[at], other[there] = other[there], row[at]
        else:
            row[at] = dice.choice(WORDS)
    header = list(HEADER)
    if dice.random() < 0.3:
        header[dice.randrange(len(header))] = dice.choice(WORDS)
    if dice.random() < 0.1:
        dice.shuffle(header)
    return [header, *rows]


def workbook_changed(data: bytes, dice: random.Random) -> bytes:
    """Change the text of a part of a workbook, leave it out or double it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(held, "w") as new:
        names = parts.namelist()
        chosen = dice.choice(
            [n for n in names if "sheet" in n or "haredS" in n] * 3 + names
        )
        for name in names:
            content = parts.read(name)
            if name == chosen:
                content = bytes_changed(content, dice)
            new.writestr(name, content)
    return held.getvalue()


def upload(number: int, folder: Path) -> Path:
    """Write the upload of this number: a list that was changed in one of many ways."""
    dice = random.Random(f"upload {number}")
    rows = people(dice)
    how = number % 5
    if how < 2:
        text = csv_text(rows[1:], rows[0], dice.choice(",,;\t|"))
        coding = dice.choice(("utf-8", "utf-8", "utf-16", "cp1252"))
        data = text.encode(coding, "replace")
        data = bytes_changed(data, dice) if how else data
        path = folder / f"list{number}.csv"
    else:
        clean = [[cell.replace("\0", "") for cell in row] for row in rows]
        made = write_xlsx(folder, {"People": clean}, options={
            "strings_to_formulas": dice.random() < 0.1, "strings_to_urls": False,
        })  # fmt: skip
        data = made.read_bytes()
        made.unlink()
        data = (bytes, bytes_changed, workbook_changed)[how - 2](
            data, *([dice] if how > 2 else [])
        )
        path = folder / f"list{number}.xlsx"
    path.write_bytes(data)
    return path


def cohort(folder: Path) -> Path:
    """Write a small ready cohort in which every id is planted; gives the CSV file."""
    dice = random.Random("cohort")
    rows = [
        (f"Qzvxmarker{n:03}", int(n % 4 == 0), dice.randrange(18, 70),
         dice.choice("ABC"), int(dice.random() < 0.4))
        for n in range(400)
    ]  # fmt: skip
    names = ["person_id", "treatment", "age", "area", "reoffended"]
    table = pd.DataFrame(rows, columns=names)
    table.to_csv(folder / "cohort.csv", index=False)
    table.to_parquet(folder / "cohort.parquet", index=False)
    return folder / "cohort.csv"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give every place of nested blocks and lists: what holds it, and its key."""
    items = list(value.items()) if isinstance(value, dict) else (
        list(enumerate(value)) if isinstance(value, list) else []
    )  # fmt: skip
    for key, below in items:
        yield value, key
        yield from _places(below)


def _replaced(tree: Any, dice: random.Random) -> None:
    places = list(_places(tree))
    if not places:
        return
    holder, key = dice.choice(places)
    how = dice.randrange(5)
    if how == 0 and isinstance(holder, dict):
        holder[str(dice.choice(WORDS))] = holder.pop(key)
    elif how == 1:
        holder[key] = {"x": holder[key]}
    elif how == 2:
        holder[key] = [holder[key]] * dice.choice((1, 2, 50))
    elif how == 3 and isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = copy.deepcopy(dice.choice(VALUES))


def _bases(folder: Path) -> list[dict[str, Any]]:
    """Give whole requests: the kit's own, and one on the small cohort."""
    own = [
        yaml.safe_load((ROOT / "params" / name).read_text("utf-8"))
        for name in ("example.yml", "nc_prison_work.yml", "findings.yml")
    ]
    small = ready_cohort.raw(folder / "cohort.csv")
    parquet = ready_cohort.raw(folder / "cohort.parquet")
    return [*own, {"request": small}, {"request": small}, {"request": parquet}]


def request(number: int, folder: Path) -> Path:
    """Write the request of this number; `folder` holds the small cohort."""
    dice = random.Random(f"request {number}")
    tree = json.loads(json.dumps(dice.choice(_bases(folder)), default=str))
    how = number % 4
    if how == 1 and "cohort" in tree["request"].get("inputs", {}):  # its data too
        name = tree["request"]["inputs"]["cohort"]
        if name.startswith(str(folder)):
            broken = folder / f"broken{Path(name).suffix}"
            broken.write_bytes(bytes_changed(Path(name).read_bytes(), dice))
            tree["request"]["inputs"]["cohort"] = str(broken)
            how = -1
    if how in (1, 2):
        for _ in range(dice.choice((1, 1, 2, 6))):
            _replaced(tree, dice)
    text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=dice.random() < 0.5)
    if how == 3:
        for _ in range(dice.choice((1, 2, 5))):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice((*YAML_SIGNS, *WORDS)) + text[at:]
    data = text.encode("utf-8", "surrogatepass")
    path = folder / f"request{number}.yml"
    path.write_bytes(bytes_changed(data, dice) if how == 0 else data)
    return path


def request_with(place: int, value: Any, folder: Path) -> Path:
    """Write the request on the small cohort with a value at one of its places."""
    tree = {"request": ready_cohort.raw(folder / "cohort.csv")}
    tree = json.loads(json.dumps(tree, default=str))
    every = list(_places(tree))
    holder, key = every[place % len(every)]
    holder[key] = value
    path = folder / "request.yml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    return path


def list_with(row: int, column: int, text: str, folder: Path) -> Path:
    """Write a fine list, as a CSV file, with a text in one of its cells."""
    rows = people(random.Random(0))
    chosen = rows[row % len(rows)]
    chosen[column % len(chosen)] = text
    path = folder / "list.csv"
    path.write_text(csv_text(rows[1:], rows[0], ","), "utf-8")
    return path


# what must hold ----------------------------------------------------------------


def _nothing_told(text: str, where: str) -> None:
    for planted in PLANTED:
        assert planted not in text, f"{where}: a person's value in it: {text[:300]}"


def checked(path: Path) -> str:
    """Give a list to the command `check`; gives how it ended.

    Raises AssertionError where the command broke, told of a person or left a file.
    """
    before = set(path.parent.iterdir())
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    err = io.StringIO()
    with watched(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = command_line.main(["check", str(path)])
    said = out.buffer.getvalue().decode("utf-8", "replace")
    problems = path.with_name(f"{path.name}.problems.csv")
    left = set(path.parent.iterdir()) - before - {problems}
    assert not left, f"{path.name}: left {sorted(p.name for p in left)}"
    told = err.getvalue()
    assert "fault of the kit" not in told and "Traceback" not in told, told
    assert status in (0, 1), status
    assert told == "" or status == 1, told
    _nothing_told(said + told, path.name)
    if problems.exists():
        written = problems.read_text("utf-8-sig")
        _nothing_told(written, problems.name)
        _no_formula(written)
        problems.unlink()
    if told:
        assert all(len(line) < 2000 for line in told.splitlines()), "a line too long"
        return "refused as a whole"
    return "lines told" if status else "read"


def _no_formula(text: str) -> None:
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell[:60]


def asked(path: Path, *, whole: bool = False) -> str:
    """Load a request and read what it names; gives how that ended.

    `whole` carries it out too, in this process, where it is on the small cohort.
    """
    before = set(path.parent.iterdir())
    with watched():
        try:
            made = load(path)
        except KitError as error:
            return _refused(error, path, "refused as it is read")
        if not made.alone and not made.inputs.cohort:
            return "read: on made-up people or records"
        try:
            running._readable(made)
            hashes.run_hash(made)
        except KitError as error:
            return _refused(error, path, "refused for its data")
    ended = "read: it could be run"
    if whole and not made.alone and str(path.parent) in str(made.inputs.cohort):
        try:
            in_process.run(path, path.parent / "outputs", whole=False)
            ended = "run to its end"
        except KitError as error:
            return _refused(error, path, "stopped as it ran")
    left = set(path.parent.iterdir()) - before - {path.parent / "outputs"}
    assert not left, f"{path.name}: left {sorted(p.name for p in left)}"
    return ended


def _refused(error: KitError, path: Path, ended: str) -> str:
    assert error.problems, path.name
    for line in error.problems:
        assert line.strip() and "\n" not in line, f"{path.name}: {line[:200]!r}"
        assert len(line) < 2000, f"{path.name}: a line of {len(line)} characters"
        assert line.isprintable(), f"{path.name}: {line[:300]!r}"
        _nothing_told(line, path.name)
    return ended
