"""From recipes and cells to what is released: numbering, one decision, files."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helpers.publication import drawing, flat
from helpers.publication.cells import Cell, rounded
from helpers.publication.disclosure import Decision
from helpers.publication.numbers import refs_in
from helpers.publication.report.publish_cells import Part
from helpers.publication.sections import FOR_REVIEWERS, RELEASED
from helpers.publication.wording.claims import cite
from helpers.request import AnyRequest


def numbering(found: list[Part]) -> dict[str, str]:
    """Number tables and figures in the order in which they appear."""
    counts = {"table": 0, "figure": 0}
    numbers = {}
    for part in found:
        kind = part.recipe["block"]
        if kind in counts:
            counts[kind] += 1
            numbers[part.key] = f"{kind.capitalize()} {counts[kind]}"
    return numbers


def used(found: list[Part], recipe: Any) -> frozenset[str]:
    """Give every ref that is published: of blocks, of tables beside, of result.json."""
    apart = set(FOR_REVIEWERS) - set(RELEASED)
    parts = [part.recipe for part in found if part.section not in apart]
    return frozenset([*refs_in(parts), *refs_in(recipe)])


def places(found: list[Part]) -> dict[str, list[str]]:
    """Give the keys of the blocks in which each number stands."""
    standing: dict[str, list[str]] = {}
    for part in found:
        for name in dict.fromkeys(refs_in(part.recipe)):
            standing.setdefault(name, []).append(part.key)
    return standing


def cited(found: list[Part], request: AnyRequest) -> list[Part]:
    """Give what can be said with what to write of this report when it is cited."""
    return [
        replace(part, recipe=part.recipe | {"data": _with_source(part, request)})
        if part.recipe.get("words") == "can_say"
        else part
        for part in found
    ]


def _with_source(part: Part, request: AnyRequest) -> dict[str, Any]:
    return part.recipe["data"] | {"source": cite.source(request)}


def unregistered(found: list[Part], cells: list[Cell]) -> list[str]:
    """Give blocks over numbers that no stage registered; they would look withheld."""
    known = {cell.ref for cell in cells}
    return [
        f"block {part.key}: no cell is registered for {name}; register it in a cell "
        "before the block"
        for part in found
        for name in dict.fromkeys(refs_in(part.recipe))
        if name not in known
    ]


def fill(recipe: Any, released: Mapping[str, Any]) -> Any:
    """Put released numbers into a recipe of result.json; a withheld one is null."""
    if isinstance(recipe, dict):
        if "significant_at" in recipe:
            p = released.get(recipe["ref"])
            return None if p is None else p <= recipe["significant_at"]
        if "ref" in recipe:
            value = released.get(recipe["ref"])
            if not isinstance(value, float):
                return value
            value = rounded(value * recipe.get("scale", 1))
            return int(value) if value.is_integer() else value
        filled = {key: fill(value, released) for key, value in recipe.items()}
        if "balance" in filled and not any(map(_shown, filled["balance"])):
            filled["balance"] = []  # or its rows would tell which levels somebody has
        return filled
    if isinstance(recipe, list):
        return [fill(value, released) for value in recipe]
    return recipe


def _shown(row: Mapping[str, Any]) -> bool:
    """Tell whether a row of the balance table has a number."""
    return any(isinstance(value, int | float) for value in row.values())


def numbers(decision: Decision) -> dict[str, Any]:
    """Give what is released without ranges in the place of numbers, which are text."""
    return {
        name: value
        for name, value in decision.released.items()
        if name not in decision.coarsened
    }


def files(
    found: list[Part], decision: Decision, drawn: Mapping[str, str]
) -> dict[str, str]:
    """Give the tables and figures of the report as files: name in release/ to content.

    A figure's file is the wide drawing of the page, with fonts of its own.
    """
    content = {}
    for part in found:
        key, kind = part.key, part.recipe["block"]
        if kind == "words":
            continue
        columns, rows = drawing.table_rows(part.recipe, decision.released)
        content[f"tables/{key}.csv"] = flat.as_csv(columns, rows)
        if kind == "figure":
            wide = re.search(r'<div class="jdl-wide">(<svg.*?</svg>)', drawn[key], re.S)
            content[f"figures/{key}.svg"] = drawing.alone(wide.group(1))
    return content
