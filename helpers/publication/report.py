"""The page: recipes drawn with released numbers, through one template."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool
from traitlets.config import Config

from helpers.publication import blocks
from helpers.publication.assembly import Part, numbering
from helpers.publication.blocks import MIME
from helpers.publication.disclosure import Decision
from helpers.publication.numbers import refs, resolve
from helpers.publication.sections import SECTIONS
from helpers.publication.wording import findings, request_texts
from helpers.request import Request, RequestError

TEMPLATES = Path(__file__).parent


class ReleasedBlocks(Preprocessor):
    """Draw each recipe with released numbers; nothing else of a cell goes on."""

    enabled = Bool(True)  # the base class says False and is then silently skipped

    def preprocess_cell(
        self, cell: Any, resources: dict, index: int
    ) -> tuple[Any, dict]:
        """Replace a recipe by its HTML."""
        for output in cell.get("outputs", []):
            recipe = output.data.pop(MIME, None)
            if recipe is not None:
                number = resources["numbering"].get(recipe["key"], "")
                output.data["text/html"] = blocks.render(
                    recipe, resources["released"], number
                )
                output.metadata["jdl"] = "released"
                resources["drawn"].append(recipe["key"])
        return cell, resources


class ReportExporter(TemplateExporter):
    """Our own template: HTMLExporter would rewrite the SVG and load scripts."""

    output_mimetype = "text/html"
    file_extension = ".html"


def headline(found: list[Part], released: Mapping[str, Any], request: Request) -> str:
    """The finding of each headline analysis in brief, as HTML.

    It goes where the page's own status line does not, so it says itself when the
    people are made up.
    """
    sentences = [
        findings.headline_sentence(resolve(part.recipe["data"], released))
        for part in found
        if part.recipe.get("words") == "main_points"
    ]
    if request.inputs.made_up:
        sentences.append("The people are made up.")
    return " ".join(sentences)


def as_text(markup: str) -> str:
    """Markup as plain text, for the console."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _merged(
    found: list[Part], request: Request, version: str, decision: Decision
) -> tuple[Any, list[tuple[str, str]]]:
    """One notebook of headings, the request's own sections and the recipes."""
    used = {ref for part in found for ref in refs(part.recipe)}
    hidden = len(used & set(decision.withheld))
    settings = request.disclosure
    own = {
        "programme": request_texts.programme(request),
        "data-sharing": request_texts.data_sharing(request)
        + request_texts.hidden(
            settings.profile, settings.threshold, hidden, settings.reason
        ),
        "about": request_texts.about(request, version),
    }
    merged = nbformat.v4.new_notebook()
    sections = []
    for key, title in SECTIONS.items():
        here = [part for part in found if part.section == key]
        if not here and key not in own:
            continue
        sections.append((key, title))
        heading = f'<h2 id="{key}">{len(sections)}. {html.escape(title)}</h2>'
        merged.cells.append(_cell(f"heading-{key}", heading + own.get(key, "")))
        for part in here:
            # a key may be longer than an id of nbformat may be
            cell = nbformat.v4.new_code_cell(id=f"block-{len(merged.cells)}")
            data = {MIME: part.recipe}
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
            merged.cells.append(cell)
    return merged, sections


def _cell(name: str, markup: str) -> Any:
    cell = nbformat.v4.new_code_cell(id=name)
    output = nbformat.v4.new_output("display_data", data={"text/html": markup})
    output.metadata["jdl"] = "released"
    cell.outputs = [output]
    return cell


def page(found: list[Part], request: Request, version: str, decision: Decision) -> str:
    """The published page, one self-contained HTML file."""
    merged, sections = _merged(found, request, version, decision)
    used = {ref for part in found for ref in refs(part.recipe)}
    results = {
        ref: decision.released[ref]
        for ref in sorted(used)
        if isinstance(decision.released.get(ref), float)
    }
    lead = headline(found, decision.released, request)
    resources = {
        "released": decision.released,
        "numbering": numbering(found),
        "drawn": [],
        "page": {
            "title": request.title,
            "description": as_text(lead)[:160],
            "headline": lead,
            "status": request_texts.status(request),
            "facts": request_texts.facts(request),
            "sections": sections,
            "footer": request_texts.status(request),
            "results": json.dumps(results).replace("<", "\\u003c"),
        },
    }
    exporter = ReportExporter(
        config=Config(
            {
                "ReportExporter": {
                    "template_name": "template",
                    "extra_template_basedirs": [str(TEMPLATES)],
                    "template_file": "index.html.j2",
                    "preprocessors": [ReleasedBlocks],
                }
            }
        )
    )
    shown, after = exporter.from_notebook_node(merged, resources)
    missing = {part.key for part in found} - set(after["drawn"])
    if missing:
        raise RequestError(f"block {', '.join(sorted(missing))}: was not drawn")
    return shown + ("" if shown.endswith("\n") else "\n")
