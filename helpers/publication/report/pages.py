"""The pages: contents laid out by nbconvert through the kit's own templates."""

import html
import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool
from traitlets.config import Config

from helpers.errors import CheckFailed
from helpers.publication import folding
from helpers.publication.blocks import MIME
from helpers.publication.cells import by_ref
from helpers.publication.report import folds, publish_cells, reviewers
from helpers.publication.report.contents import Contents, as_text
from helpers.publication.report.leaflet import Leaflet
from helpers.publication.report.origins import Origins
from helpers.publication.report.reviewers import Evidence
from helpers.publication.wording import request_texts

#: the pages beside the reviewers' copy: the one that leads to all that a run left, and
#: the one that says what was done for the Five Safes
COVER, SAFES = "index.html", "five-safes.html"
BESIDE = {
    COVER: "Everything that this run left for its reviewers",
    SAFES: "The Five Safes: what this run did for each",
}
TEMPLATES = Path(__file__).parent


class ReleasedBlocks(Preprocessor):
    """Put released blocks in the place of recipes; nothing else of a cell goes on."""

    enabled = Bool(True)  # the base class says False and is then silently skipped

    def preprocess_cell(
        self, cell: Any, resources: dict, index: int
    ) -> tuple[Any, dict]:
        """Replace a recipe by its HTML."""
        for output in cell.get("outputs", []):
            recipe = output.data.pop(MIME, None)
            if recipe is not None:
                output.data["text/html"] = resources["drawn"][recipe["key"]]
                output.metadata["jdl"] = "released"
                resources["placed"].append(recipe["key"])
        return cell, resources


class _OfOnePage(nbformat.NotebookNode):
    """A notebook that is laid out once, and need not be copied for that."""

    def __deepcopy__(self, _memo: Any) -> Any:
        return self


class PageExporter(TemplateExporter):
    """Our own template: HTMLExporter would rewrite the SVG and load scripts."""

    output_mimetype = "text/html"
    file_extension = ".html"

    def _preprocess(self, nb: Any, resources: dict) -> tuple[Any, dict]:
        """Let the preprocessors work, without a copy and a validation for each.

        What they are given is of this page alone, or a copy of a valid notebook.
        """
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources


def published(contents: Contents) -> str:
    """Give the published page, one self-contained HTML file without code."""
    page = _page(contents, _merged(contents, code=False), [])
    return re.sub(r' data-not-shown="[^"]*"', "", page)  # for the links of reviewers


def for_reviewers(contents: Contents, evidence: Evidence) -> str:
    """Give the reviewers' copy: the same blocks with code, checks and origins."""
    contents = contents.with_further()
    cells = evidence.cells | by_ref(contents.counts)
    settings = contents.request.disclosure
    threshold = 0 if settings.profile == "none" else settings.threshold
    origins = Origins(
        cells, evidence.made_in, contents.decision, contents.used, threshold
    )
    further = [
        ("checks", "Checks of this run", reviewers.checks(evidence.checks)),
        (
            "rules",
            "What was withheld, by rule",
            reviewers.by_rule(evidence.cells.values(), contents.decision),
        ),
        ("code", "The code of every stage", reviewers.stages(evidence.codes)),
        ("numbers", "Where each number comes from", origins.section()),
    ]
    return origins.linked(_page(contents, _merged(contents, code=True), further))


def notebook(path: Path, title: str) -> str:
    """Give an executed notebook as one self-contained page: text, code and outputs.

    Its parameters are left out: they name folders of this machine, and the completed
    request is in audit/request.yml. It may show numbers about few people.
    """
    book = nbformat.NotebookNode(publish_cells.read(path))
    parameters = {"parameters", "injected-parameters"}
    book.cells = [
        cell
        for cell in book.cells
        if not parameters & set(cell.metadata.get("tags", []))
    ]
    return _export("notebook.html.j2", book, {"title": title}, [])[0]


def _merged(contents: Contents, *, code: bool) -> Any:
    """Give one notebook: headings, own words, recipes, each with its code if asked."""
    merged = _OfOnePage(nbformat.v4.new_notebook())
    names = [analysis.name for analysis in contents.request.analyses]
    for place, section in enumerate(contents.sections, 1):
        heading = f'<h2 id="{section.key}">{place}. {html.escape(section.title)}</h2>'
        line = section.line
        begun = folding.begin(line, f"section-{section.key}") if line else ""
        _add(merged, {"text/html": heading + begun + section.own})
        released = contents.decision.released
        for shown in folds.in_order(section.parts, released, code=code, names=names):
            _add(merged, shown)
        if line:
            _add(merged, {"text/html": folding.END})
    return merged


def _add(merged: Any, data: dict[str, Any]) -> None:
    output = {
        "output_type": "display_data",
        "data": data,
        "metadata": {"jdl": "released"} if "text/html" in data else {},
    }
    cell = {
        "cell_type": "code",
        "id": f"part-{len(merged.cells)}",
        "source": "",
        "execution_count": None,
        "metadata": {},
        "outputs": [output],
    }
    # nbformat's own way validates each of a thousand
    merged.cells.append(nbformat.from_dict(cell))


def _page(contents: Contents, merged: Any, further: list[tuple[str, str, str]]) -> str:
    sections = [(section.key, section.title) for section in contents.sections]
    for key, title, markup in further:
        sections.append((key, title))
        heading = f'<h2 id="{key}">{len(sections)}. {html.escape(title)}</h2>'
        _add(merged, {"text/html": heading + markup})
    request, released = contents.request, contents.decision.released
    results = {
        name: released[name]
        for name in contents.used
        if isinstance(released.get(name), float)
    }
    page = {
        "title": request.title,
        "description": textwrap.shorten(
            as_text(contents.headline), 160, placeholder=" …"
        ),
        "headline": contents.headline,
        "status": request_texts.status(request, contents.some_made_up),
        "facts": request_texts.facts(request),
        "sections": sections,
        "for_reviewers": bool(further),
        # a summary of published results has nobody's data, and no page on their safety
        "beside": {
            name: title
            for name, title in BESIDE.items()
            if further and not (request.alone and name == SAFES)
        },
        "results": _results(results),
    }
    return _laid_out(merged, contents.drawn, page, [p.key for p in contents.parts])


def leaflet(leaflet: Leaflet) -> str:
    """Give a page that is no report, by the same template."""
    merged = _OfOnePage(nbformat.v4.new_notebook())
    for place, (key, title) in enumerate(leaflet.sections, 1):
        heading = f'<h2 id="{key}">{place}. {html.escape(title)}</h2>'
        _add(merged, {"text/html": heading})
        for part in leaflet.parts:
            if part.section == key:
                _add(merged, {MIME: {"key": part.key}})
    page = {
        "title": leaflet.title,
        "description": leaflet.title,
        "headline": leaflet.headline,
        "status": leaflet.status,
        "facts": leaflet.facts,
        "sections": leaflet.sections,
        "for_reviewers": False,
        "beside": {},
        "results": _results(leaflet.used()),
    }
    return _laid_out(merged, leaflet.drawn(), page, [p.key for p in leaflet.parts])


def _results(results: Mapping[str, float]) -> str:
    return json.dumps(results, separators=(",", ":")).replace("<", "\\u003c")


def _laid_out(
    merged: Any, drawn: Mapping[str, str], page: dict[str, Any], keys: list[str]
) -> str:
    resources = {"drawn": drawn, "placed": [], "page": page}
    shown, after = _export("index.html.j2", merged, resources, [ReleasedBlocks])
    missing = set(keys) - set(after["placed"])
    if missing:
        raise CheckFailed(f"block {', '.join(sorted(missing))}: was not drawn")
    return shown + ("" if shown.endswith("\n") else "\n")


def _export(
    template: str, book: Any, resources: dict[str, Any], preprocessors: list[Any]
) -> tuple[str, dict]:
    settings = {
        "template_name": "template",
        "extra_template_basedirs": [str(TEMPLATES)],
        "template_file": template,
        "preprocessors": preprocessors,
    }
    exporter = PageExporter(config=Config({"PageExporter": settings}))
    return exporter.from_notebook_node(book, resources)
