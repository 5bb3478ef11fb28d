"""Blocks: the parts of a report as notebooks declare them.

A block holds a recipe: plain JSON of refs, formats and labels, never a number. It is
drawn by `drawing`: in the notebook with every number, in the report with released
numbers alone.
"""

import html
import json
from collections.abc import Mapping
from typing import Any, Protocol

from helpers.errors import CheckFailed
from helpers.publication import drawing
from helpers.publication.cells import Cell
from helpers.publication.facts.counted import COUNTED, OF, WHICH
from helpers.publication.facts.resolve import PART, WHERE_SHOWN
from helpers.publication.numbers import refs_in
from helpers.request import AnyRequest

MIME = "application/vnd.jdl.block+json"


def ref(name: str, format: str = "count") -> dict[str, str]:
    """Give a place in a recipe where a number will stand."""
    return {"ref": name, "format": format}


def see(key: str) -> dict[str, str]:
    """Give a place in a recipe where a sentence names a table or figure: "Table 3"."""
    return {"see": key}


def told(text: str, *names: str, otherwise: str = "") -> Any:
    """Give a place for words that tell on which side of a limit some numbers lie.

    Where any of them is withheld, `otherwise` stands instead: the words would tell it.
    """
    if not text:
        return ""
    needs = [ref(name) for name in names]
    return {"said": text, "needs": needs, "otherwise": otherwise}


def where_hidden(text: str, *names: str) -> dict[str, Any]:
    """Give a place for words that stand only where any of some numbers is withheld."""
    return {"said": "", "needs": [ref(name) for name in names], "otherwise": text}


def where_shown(name: str, part: Any) -> dict[str, Any]:
    """Give a part of a list, such as a row, that stands only where a number does."""
    return {WHERE_SHOWN: ref(name), PART: part}


def counted(name: str, which: str, of: list[list[str]]) -> dict[str, Any]:
    """Give a place where it stands how many of a list are so, by what is shown.

    `name` is the ref of the count, `which` its rule in `facts.counted`, and `of` the
    refs of each thing that is counted. It is counted from released numbers alone, so
    that it tells nothing beside them.
    """
    return {
        COUNTED: name,
        WHICH: which,
        OF: [[ref(one) for one in several] for several in of],
    }


def said(*, words: str, data: dict[str, Any]) -> dict[str, Any]:
    """Give a piece of a fold's line that a function of `publication.wording` draws."""
    return {"words": words, "data": data}


def fold(
    *summary: Any, phone: bool = False, within: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Give what folds a block away: the line to tap, in pieces of text, refs, `said`.

    Blocks that follow each other with the same fold lie in one. With `phone` they are
    folded on a small screen alone. `within` is the fold in which this one lies.
    """
    line = {"summary": list(summary), "phone": phone}
    return line | ({"within": within} if within else {})


#: of a recipe: the numbers without any of which the report has no such block
STANDS_WITH = "stands_with"

#: places on an axis, which come from the method and not from the data
AXIS = ("low", "high")


def _numbers_in(recipe: Any) -> bool:
    """Tell whether a number stands in a recipe, where a ref should."""
    if isinstance(recipe, dict):
        return any(_numbers_in(v) for k, v in recipe.items() if k not in AXIS)
    if isinstance(recipe, list):
        return any(_numbers_in(value) for value in recipe)
    return isinstance(recipe, int | float) and not isinstance(recipe, bool)


class Stage(Protocol):
    """What a block needs of the stage that declares it; a run is one."""

    @property
    def request(self) -> AnyRequest:
        """The request, for where the numbers come from."""

    @property
    def cells(self) -> Mapping[str, Cell]:
        """Every cell that the stage may show, by its ref."""

    @property
    def banner(self) -> str:
        """What a draft says on every output; empty in a run of the driver."""


class Block:
    """A part of a report: shown to the analyst at once, its recipe kept for assembly.

    Not a dataclass: its repr would print every number.
    """

    def __init__(self, run: Stage, recipe: dict[str, Any]) -> None:
        json.dumps(recipe, allow_nan=False)  # plain JSON, or fail here
        if _numbers_in(recipe):
            raise ValueError(
                f"block {recipe['key']}: its recipe holds a number; register a cell "
                "and write its ref"
            )
        cells = run.cells
        unknown = sorted({name for name in refs_in(recipe) if name not in cells})
        if unknown:
            raise CheckFailed(
                f"block {recipe['key']}: no cell is registered for "
                f"{', '.join(unknown)}; register it in an earlier cell"
            )
        self.recipe = recipe
        self._run = run
        self._numbers = {name: cell.value for name, cell in cells.items()}

    def __repr__(self) -> str:
        return f"{self.recipe['block']} {self.recipe['key']}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict:
        shown = drawing.render(self.recipe, self._numbers, analyst=True)
        if self._run.banner:
            shown = f"<p><strong>{html.escape(self._run.banner)}</strong></p>{shown}"
        return {"text/html": shown, MIME: self.recipe, "text/plain": repr(self)}


def table(
    run: Stage,
    key: str,
    *,
    caption: str,
    columns: list[str],
    rows: list[list[Any]],
    lead: list[Any] | None = None,
    notes: list[Any] | None = None,
    source: str | None = None,
    heading: str = "",
    stands_with: list[str] | None = None,
    bars: bool = False,
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give a table: each row's first cell is its header, a row of one cell a heading.

    `lead` is the sentence before it, in pieces: text, refs, and `see` of the table.
    `heading` begins a part of the section. Where all of the numbers `stands_with` are
    withheld, the report has no such block: that there is one tells of them. With `bars`
    a bar is drawn beside each per cent.
    """
    return Block(
        run,
        {
            "block": "table",
            "key": key,
            "heading": heading,
            "caption": caption,
            "columns": columns,
            "rows": rows,
            "lead": lead or [],
            "notes": notes or [],
            "source": source or run.request.source_of_data,
        }
        | ({"bars": True} if bars else {})
        | _besides(stands_with, fold),
    )


def figure(
    run: Stage,
    key: str,
    *,
    figure: str,
    subtitle: str,
    data: dict[str, Any],
    lead: list[Any] | None = None,
    notes: list[Any] | None = None,
    source: str | None = None,
    heading: str = "",
    stands_with: list[str] | None = None,
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give a figure; its headline, text alternative and table are computed."""
    return Block(
        run,
        {
            "block": "figure",
            "key": key,
            "heading": heading,
            "figure": figure,
            "subtitle": subtitle,
            "data": data,
            "lead": lead or [],
            "notes": notes or [],
            "source": source or run.request.source_of_data,
        }
        | _besides(stands_with, fold),
    )


def words(
    run: Stage,
    key: str,
    *,
    words: str,
    data: dict[str, Any],
    stands_with: list[str] | None = None,
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give sentences, which a function of `publication.wording` makes of numbers."""
    recipe = {"block": "words", "key": key, "words": words, "data": data}
    return Block(run, recipe | _besides(stands_with, fold))


def _besides(names: list[str] | None, fold: dict[str, Any] | None) -> dict[str, Any]:
    stands = {STANDS_WITH: [ref(name) for name in names]} if names else {}
    return stands | ({"fold": fold} if fold else {})
