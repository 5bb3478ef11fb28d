"""Blocks: the parts of a report as notebooks declare them.

A block holds a recipe: plain JSON of refs, formats and labels, never a number. One
renderer draws it from a mapping of ref to number: in the notebook with every number,
in the report with released numbers alone.
"""

import base64
import html
import json
from collections.abc import Mapping
from typing import Any, Protocol

from helpers.errors import CheckFailed
from helpers.publication import figures, flat, tables, wording
from helpers.publication.cells import Cell
from helpers.publication.facts.counted import COUNTED, OF, WHICH
from helpers.publication.facts.resolve import PART, WHERE_SHOWN, resolve
from helpers.publication.numbers import Number, escape, pieces, refs_in
from helpers.publication.wording.beside.in_tables import in_cell, told_of_rows
from helpers.request import AnyRequest

MIME = "application/vnd.jdl.block+json"

Numbers = Mapping[str, float | str | None]


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


#: what is said beneath a table in which a range stands for a number
RANGE = "A range stands where the share would tell about the few who were not matched."

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
        shown = render(self.recipe, self._numbers, analyst=True)
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


def render(
    recipe: dict[str, Any],
    numbers: Numbers,
    places: Mapping[str, str] | None = None,
    analyst: bool = False,
    drawings: Mapping[str, str] | None = None,
) -> str:
    """Draw a recipe as HTML.

    `places` gives the number of each table and figure by its key ("Table 3"), and
    `drawings` what `drawings` made of its figure before.
    """
    places = places or {}
    if recipe["block"] == "words":
        data = resolve(recipe["data"], numbers, places)
        return wording.WORDS[recipe["words"]](data)
    lead = pieces(resolve(recipe["lead"], numbers, places))
    number = places.get(recipe["key"], "")
    if recipe["block"] == "table":
        drawn = _table(recipe, numbers, number, analyst)
    else:
        drawn = _figure(recipe, numbers, number, analyst, drawings or {})
    heading = escape(recipe.get("heading", ""))
    above = f"<h3>{heading}</h3>" if heading else ""
    return above + (f"<p>{lead}</p>" if lead else "") + drawn


def _titled(number: str, text: str) -> str:
    return f"{number}: {text}" if number else text


def notes(recipe: dict[str, Any], numbers: Numbers, rows: list[list[Any]]) -> list[str]:
    """Give what is said beneath a table or figure, each as text or as markup.

    `rows` are those it shows; its source is not among the notes.
    """
    told = [told_of_rows(note) for note in resolve(recipe["notes"], numbers)]
    texts: list[str] = [tables.Markup(f"Note: {_safe(note)}") for note in told if note]
    cells = [cell for row in rows for cell in row]
    if any(isinstance(cell, Number) and cell.is_range for cell in cells):
        texts.append(RANGE)
    shown = [tables.text(cell) for cell in cells]
    if any("[c]" in text for text in shown):
        texts.append("[c] is hidden to protect people.")
    if any("[z]" in text for text in shown):
        texts.append("[z]: not shown, or there is no such figure.")
    return texts


def _notes(recipe: dict[str, Any], numbers: Numbers, rows: list[list[Any]]) -> str:
    texts = [_safe(note) for note in notes(recipe, numbers, rows)]
    texts.append(f"Source: {escape(recipe['source'])}")
    return "".join(f'<p class="jdl-note">{text}</p>' for text in texts)


def _safe(note: str) -> str:
    return note if isinstance(note, tables.Markup) else escape(note)


def table_rows(
    recipe: dict[str, Any], numbers: Numbers
) -> tuple[list[str], list[list[Any]]]:
    """Give the columns and rows that a table or figure shows, numbers put in."""
    if recipe["block"] == "figure":
        module = figures.FIGURES[recipe["figure"]]
        return module.table(module.Data(**resolve(recipe["data"], numbers)))
    rows = resolve(recipe["rows"], numbers)
    return recipe["columns"], [[in_cell(cell) for cell in row] for row in rows]


def _table(recipe: dict, numbers: Numbers, number: str, analyst: bool) -> str:
    key = f"table-{recipe['key']}"
    columns, rows = table_rows(recipe, numbers)
    caption, bars = _titled(number, recipe["caption"]), recipe.get("bars", False)
    shown = tables.render(key, caption, columns, rows, bars=bars)
    shown += _notes(recipe, numbers, rows)
    if analyst:
        return shown
    return shown + flat.download(key, number or recipe["caption"], columns, rows)


def _figure(
    recipe: dict,
    numbers: Numbers,
    number: str,
    analyst: bool,
    drawings: Mapping[str, str],
) -> str:
    key, module = recipe["key"], figures.FIGURES[recipe["figure"]]
    data = module.Data(**resolve(recipe["data"], numbers))
    headline, alternative = module.headline(data), module.alternative(data)
    if not alternative.strip():
        raise CheckFailed(
            f"block {key}: its figure has no text alternative; let alternative() of "
            f"{recipe['figure']} tell the finding"
        )
    columns, rows = table_rows(recipe, numbers)
    table_key = f"table-{key}-data"
    shapes = "".join(
        drawings.get(f"{key}-{form}")
        or _drawing(
            module, data, f"{key}-{form}", alternative, form=form, analyst=analyst
        )
        for form in (("wide",) if analyst else ("wide", "narrow"))
    )
    caption = f"Data for {number}: {headline}" if number else f"Data: {headline}"
    shown = (
        f'<figure class="jdl-figure" id="figure-{key}" data-table="{table_key}" '
        f'aria-labelledby="figure-{key}-caption">'
        f'<figcaption id="figure-{key}-caption" data-own="">'
        f'<span class="jdl-figure__head">{html.escape(_titled(number, headline))}'
        f'</span> <span class="jdl-figure__sub">{html.escape(recipe["subtitle"])}'
        f'</span></figcaption><div class="jdl-chart">{shapes}</div>'
        f"{_notes(recipe, numbers, rows)}</figure>"
    )
    table = tables.render(table_key, caption, columns, rows)
    if analyst:  # a notebook has no style sheet that would put them on two lines
        shown = shown.replace("</span> <span", "</span><br><span", 1)
        return shown + f"<details><summary>Show the data</summary>{table}</details>"
    what = f"the data for {number}" if number else "the data"
    link = flat.download(table_key, what, columns, rows)
    return (
        f'{shown}<details class="jdl-details"><summary>The numbers of {number or "it"}'
        f", as a table</summary>{table}{link}</details>"
    )


def drawings(
    recipes: list[dict[str, Any]], numbers: Numbers, form: str
) -> dict[str, str]:
    """Give one form, wide or narrow, of the figures among recipes, for `render`."""
    drawn = {}
    for recipe in recipes:
        if recipe["block"] == "figure":
            key, module = f"{recipe['key']}-{form}", figures.FIGURES[recipe["figure"]]
            data = module.Data(**resolve(recipe["data"], numbers))
            words = module.alternative(data)
            drawn[key] = _drawing(module, data, key, words, form=form, analyst=False)
    return drawn


def _drawing(
    module: Any, data: Any, key: str, alternative: str, *, form: str, analyst: bool
) -> str:
    svg = figures.svg(module.draw(data, form == "narrow"), key, alternative)
    if not analyst:
        return f'<div class="jdl-{form}">{svg}</div>'
    # JupyterLab drops inline SVG in notebooks that it does not trust
    code = base64.b64encode(alone(svg).encode()).decode()
    alt = html.escape(alternative, quote=True)
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{code}">'


def alone(svg: str) -> str:
    """Give a drawing with the fonts that the page gives it, where there is no page."""
    fonts = "Arial, Liberation Sans, Helvetica, DejaVu Sans, sans-serif"
    return svg.replace("<svg ", f'<svg font-family="{fonts}" ', 1)
