"""The publish cells of executed notebooks: what each declares for the report."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from helpers.errors import CheckFailed
from helpers.publication.blocks import MIME
from helpers.publication.numbers import refs_in
from helpers.publication.sections import PLACES, RESERVED

#: the tag of a publish cell whose part stands only where the request asks for it
WHERE_ASKED = "where-asked"


@dataclass(frozen=True)
class Code:
    """A code cell of a notebook, and the heading that says what it does."""

    notebook: str
    heading: str
    source: str
    count: int | None = None  # by which the notebook's numbers name the cell

    @property
    def does(self) -> str:
        """What the cell does, in the words of its heading."""
        return self.heading[:1].lower() + self.heading[1:]


@dataclass(frozen=True)
class Part:
    """A block of the report: its section, its recipe, the cell it comes from."""

    section: str
    recipe: dict[str, Any]
    code: Code | None = None
    ends: bool = field(default=True)  # the last block of its cell

    @property
    def key(self) -> str:
        """The block's key, which names it in the page."""
        return self.recipe["key"]


def read(path: Path) -> Any:
    """Give an executed notebook, which is read once as long as it stays as it is."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, written: int) -> Any:
    return nbformat.read(path, as_version=4)


def codes(path: Path) -> list[tuple[Any, Code]]:
    """Give the code cells of an executed notebook, each under its heading."""
    found, heading = [], ""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            headings = re.findall(r"^#+ +(.+)$", cell.source, re.MULTILINE)
            heading = headings[-1].strip() if headings else heading
        elif cell.cell_type == "code":
            count = cell.get("execution_count")
            found.append((cell, Code(path.stem, heading, cell.source, count)))
    return found


def parts(notebooks: list[Path]) -> list[Part]:
    """Give the recipes of every publish cell, in the order of the report's sections."""
    found: list[Part] = []
    places: dict[str, list[str]] = {}
    problems: list[str] = []
    for path in notebooks:
        for cell, code in codes(path):
            where = f"{path.name}, cell {cell.id}"
            if any(output.output_type == "error" for output in cell.outputs):
                problems.append(f"{where}: holds an error; put it right and run again")
            tags = cell.metadata.get("tags", [])
            if "publish" not in tags:
                continue
            wrong, section = _section(where, tags)
            wrong += _outputs(where, cell)
            problems += wrong
            recipes = [o.data[MIME] for o in cell.outputs if MIME in o.get("data", {})]
            for number, recipe in enumerate(recipes, 1):
                ends = number == len(recipes)
                found.append(Part(section, recipe, code, ends))
                places.setdefault(recipe["key"], []).append(where)
    for key, used in sorted(places.items()):
        if len(used) > 1:
            problems.append(
                f"block {key}: its key is used in {' and in '.join(used)}; each block "
                "needs its own"
            )
    problems += _nowhere(found)
    if problems:
        raise CheckFailed(problems)
    return in_order(found)


def in_order(found: list[Part]) -> list[Part]:
    """Give parts in the order of the report's sections, else as they came."""
    return sorted(found, key=lambda part: PLACES.index(part.section))


def _section(where: str, tags: list[str]) -> tuple[list[str], str]:
    sections = [t.removeprefix("section:") for t in tags if "section:" in t]
    if len(sections) != 1 or sections[0] not in PLACES:
        found = ", ".join(sections) or "none"
        return [
            f"{where}: a publish cell needs one tag section:KEY, KEY one of "
            f"{', '.join(PLACES)}; found {found}"
        ], ""
    if sections[0] in RESERVED:
        return [f"{where}: {sections[0]} is written by the request"], ""
    return [], sections[0]


def _outputs(where: str, cell: Any) -> list[str]:
    """Tell what a publish cell shows besides blocks, where a reader would miss it."""
    shown = [output.get("data", {}) for output in cell.outputs]
    images = sorted({t for data in shown for t in data if t.startswith("image/")})
    problems = []
    if images:
        problems.append(
            f"{where}: shows a picture ({', '.join(images)}) that has no text "
            "alternative; declare it with blocks.figure"
        )
    asked = WHERE_ASKED in cell.metadata.get("tags", [])
    if not any(MIME in data for data in shown) and not (asked and not shown):
        problems.append(f"{where}: a publish cell displays no block")
    return problems


def _nowhere(found: list[Part]) -> list[str]:
    """Give sentences that name a table or figure which is not in the report."""
    numbered = {part.key for part in found if part.recipe["block"] != "words"}
    return [
        f"block {part.key}: speaks of the table or figure {key}, which no publish "
        "cell declares"
        for part in found
        for key in sorted(set(refs_in(part.recipe, "see")) - numbered)
    ]
