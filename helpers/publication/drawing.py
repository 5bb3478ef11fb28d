"""The drawing of blocks: a recipe as HTML, from a mapping of ref to number.

In the notebook the mapping has every number, in the report released ones alone.
"""

import base64
import html
from collections.abc import Mapping
from typing import Any

from helpers.errors import CheckFailed
from helpers.publication import figures, flat, tables, wording
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import Number, escape, pieces
from helpers.publication.wording.beside.in_tables import in_cell, told_of_rows

Numbers = Mapping[str, float | str | None]

#: what is said beneath a table in which a range stands for a number
RANGE = "A range stands where the share would tell about the few who were not matched."


def render(
    recipe: dict[str, Any],
    numbers: Numbers,
    places: Mapping[str, str] | None = None,
    analyst: bool = False,
    drawings: Mapping[str, str] | None = None,
) -> str:
    """Draw a recipe as HTML.

    `places` gives the number of each table and figure by its key ("Table 3"), and
    `drawings` what `of_figures` made of its figure before.
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


def of_figures(
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
    with figures.own_style():
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
