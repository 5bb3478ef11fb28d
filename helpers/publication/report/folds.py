"""Blocks of a section as they follow each other on the page, some of them folded away.

A fold is a native `<details>`: it opens without a script, by a tap, a key, a link to
what it holds, or a search in the page.
"""

import html
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from helpers.publication.blocks import MIME
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import pieces
from helpers.publication.report import reviewers
from helpers.publication.report.publish_cells import Part


def in_order(
    parts: list[Part], numbers: Mapping[str, Any], *, code: bool
) -> Iterator[dict[str, Any]]:
    """Give what stands in a section: headings, recipes, and the code of each if asked.

    Blocks that follow each other with the same fold lie in one; a block that begins a
    part of its section begins a fold of its own too. Code stands below a fold.
    """
    for fold, group in _together(parts):
        if group[0].begins:
            yield {"text/html": f"<h3>{html.escape(group[0].begins)}</h3>"}
        if fold:
            yield {"text/html": _line(fold, numbers)}
        codes = []
        for part in group:
            yield {MIME: part.recipe}
            if code and part.code and part.ends:
                codes.append({"text/html": reviewers.code(part.code)})
            if not fold:
                yield from codes
                codes = []
        if fold:
            yield {"text/html": "</details>"}
        yield from codes


def _together(parts: list[Part]) -> Iterator[tuple[dict[str, Any], list[Part]]]:
    """Give blocks with the fold in which they lie together; empty for none."""
    place = 0

    def key(part: Part) -> tuple[int, dict[str, Any]]:
        nonlocal place
        place += bool(part.begins)
        return place, part.recipe.get("fold") or {}

    for (_, fold), group in groupby(parts, key):
        yield fold, list(group)


def _line(fold: dict[str, Any], numbers: Mapping[str, Any]) -> str:
    """Give the beginning of a fold: the line to tap, which says what lies in it."""
    form = "jdl-fold jdl-fold--phone" if fold["phone"] else "jdl-fold"
    told = pieces(resolve(fold["summary"], numbers))
    return f'<details class="{form}"><summary>{told}</summary>'
