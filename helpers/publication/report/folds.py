"""Blocks of a section as they follow each other on the page, some of them folded away.

Every fold has an id for links, after the first block that lies in it.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from helpers.publication import folding, wording
from helpers.publication.blocks import MIME
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import pieces
from helpers.publication.report import reviewers
from helpers.publication.report.publish_cells import Part

#: letters of a name that fill more than two lines of a phone
LONG = 60


def in_order(
    parts: list[Part],
    numbers: Mapping[str, Any],
    *,
    code: bool,
    names: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """Give what stands in a section: folds, recipes, and the code of each if asked.

    Blocks that follow each other with the same fold lie in one, and folds within the
    same fold in that one. Code stands below the outermost fold. Of `names`, those of
    analyses, a phone shows the beginning of a long one while its fold is closed.
    """
    lying: list[dict[str, Any]] = []  # the folds that are open, the outermost first
    codes: list[dict[str, Any]] = []
    for part in parts:
        path = _path(part)
        shared = _shared(lying, path)
        yield from [{"text/html": folding.END}] * (len(lying) - shared)
        if not shared:
            yield from codes
            codes = []
        for inner, fold in enumerate(path[shared:]):
            name = f"{part.key}-{inner}" if inner else part.key
            begun = _begin(fold, name, numbers, names)
            yield {"text/html": begun}
        lying = path
        yield {MIME: part.recipe}
        if code and part.code and part.ends:
            codes.append({"text/html": reviewers.code(part.code)})
    yield from [{"text/html": folding.END}] * len(lying)
    yield from codes


def _path(part: Part) -> list[dict[str, Any]]:
    """Give the folds in which a block lies, the outermost first."""
    path: list[dict[str, Any]] = []
    fold = part.recipe.get("fold")
    while fold:
        path.insert(0, fold)
        fold = fold.get("within")
    return path


def _shared(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> int:
    """Give how many folds two blocks lie in together."""
    pairs = zip(some, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _begin(
    fold: dict[str, Any], name: str, numbers: Mapping[str, Any], names: Sequence[str]
) -> str:
    """Give the beginning of a fold: the line to tap, which says what lies in it."""
    told = "".join(map(_drawn, resolve(fold["summary"], numbers)))
    for long in (html.escape(one) for one in names if len(one) > LONG):
        told = told.replace(long, f'<span class="jdl-long">{long}</span>', 1)
    return folding.begin(told, name, phone=fold["phone"])


def _drawn(piece: Any) -> str:
    """Give a piece of such a line as HTML; `blocks.said` is drawn by its function."""
    if isinstance(piece, dict):
        return wording.WORDS[piece["words"]](piece["data"])
    return pieces([piece])
