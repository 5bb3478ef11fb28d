"""Types of intervention and of sector, as types.csv of the catalogue names them."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request.reading import table

NAME = "types.csv"
COLUMNS = ("name", "kind", "label", "order")
KINDS = ("intervention", "sector")
#: most characters of a label, which stands in drawings
LONGEST = 60


@dataclass(frozen=True)
class Type:
    """A type of intervention or of sector: its name, what charts call it, its place."""

    kind: str
    name: str
    label: str
    order: int


def read(folder: str | Path) -> tuple[list[Type], list[str]]:
    """Read the types of a catalogue in their order, and all that is wrong there."""
    where = f"{folder}/{NAME}"
    rows, problems = table.read(ROOT / folder / NAME, where, COLUMNS)
    if rows is None:
        return [], problems
    wrong = list(_rows(rows))
    if not rows:
        wrong.append("holds no types; fill it in")
    if problems or wrong:
        return [], [*problems, *(f"{where}: {why}" for why in wrong)]
    made = [Type(row["kind"], row["name"], row["label"], int(row["order"]))
            for row in rows.values()]  # fmt: skip
    return sorted(made, key=lambda type_: type_.order), []


def _rows(rows: dict[int, dict[str, str]]) -> list[str]:
    """Tell what is wrong with kinds, names and places; each stands once in a kind."""
    found = []
    seen: Counter[tuple[str, str, str]] = Counter()
    same: dict[tuple[str, str], str] = {}
    for number, row in rows.items():
        line = f"row {number} ({row['name'] or 'no name'})"
        if row["kind"] not in KINDS:
            found.append(
                f'{line}: kind must be intervention or sector; found "{row["kind"]}"'
            )
        for column in ("name", "label"):
            if not row[column]:
                found.append(f"{line}: {column} is empty; fill it in")
        if not re.fullmatch(r"[1-9]\d{0,8}", row["order"]):
            found.append(
                f'{line}: order must be a whole number from 1; found "{row["order"]}"'
            )
        if len(row["label"]) > LONGEST:
            found.append(
                f"{line}: label has {len(row['label'])} characters; write at most "
                f"{LONGEST}"
            )
        if row["name"] and not _bare(row["name"]):
            found.append(
                f"{line}: name has no letter from a to z and no digit; add one"
            )
        alike = same.setdefault((row["kind"], _bare(row["name"])), row["name"])
        if alike != row["name"] and _bare(alike):
            found.append(
                f'{line}: name differs from "{alike}" by signs or capitals alone; '
                "rename one"
            )
        for column in ("name", "label", "order"):
            key = (row["kind"], column, row[column].casefold())
            seen[key] += 1
            if row[column] and seen[key] >= 2:
                found.append(
                    f'{line}: {column} "{row[column]}" is there twice; keep one'
                )
    return found


def _bare(name: str) -> str:
    """Give what numbers and files of a type are told from others by."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def of_kind(types: Iterable[Type], kind: str) -> list[Type]:
    """Give the types of a kind, intervention or sector, in their order."""
    return [type_ for type_ in types if type_.kind == kind]


def named(
    intervention_type: str, sector_type: str, types: Iterable[Type], source: str
) -> dict[str, str]:
    """Give the catalogue's names for a programme's intervention type and sector type.

    A type may be given by its name or its label; RequestError, naming `source`, if
    it is not known.
    """
    types, found, problems = list(types), {}, []
    given = {
        "intervention": ("programme.intervention_type", intervention_type),
        "sector": ("organisation.sector_type", sector_type),
    }
    for kind, (key, words) in given.items():
        found[kind], hint = called(words, of_kind(types, kind))
        if hint:
            problems.append(
                f'{source}: {key} "{words}" is not in types.csv of the catalogue; '
                f"{hint}"
            )
    if problems:
        raise RequestError(problems)
    return found


def called(words: str, known: Sequence[Type]) -> tuple[str, str]:
    """Give the name of the type that is so called, by its name or its label.

    Where none is, the name is empty and a hint says which there are.
    """
    names = {
        alias.casefold(): type_.name
        for type_ in known
        for alias in (type_.name, type_.label, type_.label.removesuffix(" sector"))
    }
    if name := names.get(words.strip().casefold()):
        return name, ""
    near = difflib.get_close_matches(words.casefold(), names, 1)
    held = ", ".join(type_.name for type_ in known)
    return "", f"is it {names[near[0]]}?" if near else f"it has {held}"
