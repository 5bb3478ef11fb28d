"""What goes into release/: every number there is a released cell, known by its ref."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from helpers.publication import drawing
from helpers.publication.facts.resolve import PART
from helpers.publication.numbers import FORMATS, Number, refs_in
from helpers.publication.report import own_words
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.reading_back import CONSTANTS, NUMBER
from helpers.publication.tables import Markup

Released = Mapping[str, float | str | None]

#: a text that is a number and nothing else: "205", "−3.4", "37%"
TYPED = re.compile(r"[-+−<]?\d[\d,]*(?:\.\d+)?%?")
#: keys of a recipe whose texts name something: a level, a row, a year
NAMES = ("label", "heading", "analysis", "organisation", "outcome", "key")


def of_stages(outputs: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Give files for publication that a stage wrote past the disclosure decision."""
    return [
        f"{name}: is for publication and was written by a stage, past the disclosure "
        "decision; declare it with blocks.table or blocks.figure in a publish cell"
        for name, file in sorted(outputs.items())
        if file["class"] in ("release", "published")
    ]


def of_blocks(parts: Iterable[Part], released: Released) -> list[str]:
    """Give numbers of tables, and of the data of figures, that are no released cell."""
    problems = []
    for part in parts:
        if part.recipe["block"] == "words":
            continue
        _, rows = drawing.table_rows(part.recipe, released)
        printed = _printed(part.recipe, released)
        for row in rows:
            for cell in row:
                if not _known(cell, released, printed):
                    name = cell.ref if isinstance(cell, Number) else f"“{cell}”"
                    problems.append(
                        f"block {part.key}: {name} in its table is no released cell; "
                        "register it and write blocks.ref"
                    )
        typed = [] if part.key == own_words.KEY else _typed(part.recipe)
        problems += [
            f"block {part.key}: “{text}” in its recipe is a number typed as text; "
            "register a cell and write blocks.ref"
            for text in typed
        ]
    return list(dict.fromkeys(problems))


def of_result(recipe: Any, registered: Iterable[str]) -> list[str]:
    """Give numbers of result.json that stand in its recipe, or that no cell holds."""
    known = set(registered)
    problems = [
        f"result.json: {where} is a number; register a cell and write its ref"
        for where in _literals(recipe)
    ]
    return problems + [
        f"result.json: no cell is registered for {name}; register it in a stage"
        for name in dict.fromkeys(refs_in(recipe))
        if name not in known
    ]


def _known(cell: Any, released: Released, printed: set[str]) -> bool:
    """Tell whether a cell is a released number, or words with no number but those."""
    if isinstance(cell, Number):
        if cell.state != "shown" or cell.value is None:
            return True
        return cell.ref in released and released[cell.ref] == cell.value
    text = cell.text if isinstance(cell, Markup) else str(cell)
    said = CONSTANTS.sub(" ", text)  # "people in every 100"
    return set(NUMBER.findall(said)) <= printed


def _printed(recipe: Any, released: Released) -> set[str]:
    """Give the numbers that the words of a recipe, or its released cells, have."""
    found = set(NUMBER.findall(" ".join(_texts(recipe))))
    for ref in refs_in(recipe):
        value = released.get(ref)
        if isinstance(value, float):
            found |= _spelt(value)
        elif value is not None:
            found |= set(NUMBER.findall(str(value)))
    return found


@cache
def _spelt(value: float) -> frozenset[str]:
    """Give the numbers that a value is printed as, in any format."""
    texts = (Number("", value, form).text for form in FORMATS)
    return frozenset(number for text in texts for number in NUMBER.findall(text))


def _texts(recipe: Any) -> Iterator[str]:
    if isinstance(recipe, dict):
        for key, value in recipe.items():
            if key not in ("ref", "format"):
                yield from _texts(value)
    elif isinstance(recipe, list):
        for value in recipe:
            yield from _texts(value)
    elif isinstance(recipe, str):
        yield recipe


def _typed(recipe: dict[str, Any]) -> list[str]:
    """Give texts of a recipe that are a number alone, where a number would stand."""
    if recipe["block"] == "table":
        rows = [row[PART] if PART in row else row for row in recipe["rows"]]
        texts = [cell for row in rows for cell in row[1:]]
    else:
        texts = [text for key, text in _leaves(recipe["data"]) if key not in NAMES]
    return [t for t in texts if isinstance(t, str) and TYPED.fullmatch(t.strip())]


def _leaves(recipe: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(recipe, dict):
        if "ref" in recipe:
            return
        for name, value in recipe.items():
            yield from _leaves(value, name)
    elif isinstance(recipe, list):
        for value in recipe:
            yield from _leaves(value, key)
    else:
        yield key, recipe


def _literals(recipe: Any, where: str = "") -> Iterator[str]:
    """Give where a number stands in a recipe of result.json in place of a ref."""
    if isinstance(recipe, dict):
        if "ref" not in recipe:  # beside a ref stand its scale, or the limit of a test
            for key, value in recipe.items():
                yield from _literals(value, f"{where}.{key}".strip("."))
    elif isinstance(recipe, list):
        for place, value in enumerate(recipe):
            yield from _literals(value, f"{where}[{place}]")
    elif isinstance(recipe, int | float) and not isinstance(recipe, bool):
        yield where
