"""What goes into a report: the recipes of the publish cells, and one decision."""

import csv
import html
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from helpers.publication import blocks, disclosure, tables
from helpers.publication.blocks import MIME
from helpers.publication.cells import Cell, Sum, rounded
from helpers.publication.disclosure import Decision
from helpers.publication.sections import RESERVED, SECTIONS
from helpers.request import Request, RequestError


@dataclass(frozen=True)
class Part:
    """A block of the report: its section, its recipe, the notebook it comes from."""

    section: str
    recipe: dict[str, Any]
    notebook: str

    @property
    def key(self) -> str:
        """The block's key, which names it in the page."""
        return self.recipe["key"]


def parts(notebooks: list[Path]) -> list[Part]:
    """The recipes of every publish cell, in the order of the report's sections."""
    found: list[Part] = []
    places: dict[str, list[str]] = {}
    problems: list[str] = []
    for path in notebooks:
        for cell in nbformat.read(path, as_version=4).cells:
            tags = cell.metadata.get("tags", [])
            if "publish" not in tags:
                continue
            where = f"{path.name}, cell {cell.id}"
            sections = [t.removeprefix("section:") for t in tags if "section:" in t]
            if len(sections) != 1 or sections[0] not in SECTIONS:
                problems.append(
                    f"{where}: a publish cell needs one tag section:KEY, KEY one of "
                    f"{', '.join(SECTIONS)}; found {', '.join(sections) or 'none'}"
                )
                continue
            if sections[0] in RESERVED:
                problems.append(f"{where}: {sections[0]} is written by the request")
            recipes = [
                output.data[MIME]
                for output in cell.get("outputs", [])
                if MIME in output.get("data", {})
            ]
            if not recipes:
                problems.append(f"{where}: a publish cell displays no block")
            for recipe in recipes:
                found.append(Part(sections[0], recipe, path.stem))
                places.setdefault(recipe["key"], []).append(where)
    for key, used in sorted(places.items()):
        if len(used) > 1:
            problems.append(
                f"block {key}: its key is used in {' and in '.join(used)}; each block "
                "needs its own"
            )
    if problems:
        raise RequestError(problems)
    return sorted(found, key=lambda part: list(SECTIONS).index(part.section))


def numbering(found: list[Part]) -> dict[str, str]:
    """Table 1, Table 2 …, Figure 1 … in the order in which they appear."""
    counts = {"table": 0, "figure": 0}
    numbers = {}
    for part in found:
        kind = part.recipe["block"]
        if kind in counts:
            counts[kind] += 1
            numbers[part.key] = f"{kind.capitalize()} {counts[kind]}"
    return numbers


def decide(cells: list[Cell], sums: list[Sum], request: Request) -> Decision:
    """The one disclosure decision over everything that the report uses."""
    settings = request.disclosure
    return disclosure.release(
        cells, sums, profile=settings.profile, threshold=settings.threshold
    )


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
        return {key: fill(value, released) for key, value in recipe.items()}
    if isinstance(recipe, list):
        return [fill(value, released) for value in recipe]
    return recipe


def files(found: list[Part], decision: Decision) -> dict[str, str]:
    """The tables and figures of the report as files: name in release/ to content."""
    content = {}
    for part in found:
        key, kind = part.key, part.recipe["block"]
        if kind == "words":
            continue
        columns, rows = blocks.table_rows(part.recipe, decision.released)
        content[f"tables/{key}.csv"] = tables.as_csv(columns, rows)
        if kind == "figure":
            content[f"figures/{key}.svg"] = blocks.svgs(part.recipe, decision.released)
    return content


def disclosure_log(cells: list[Cell], decision: Decision) -> str:
    """What was decided on each number and by which rule; never a withheld value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ref", "kind", "decision", "rule"])
    for cell in cells:
        rule = decision.withheld.get(cell.ref, "")
        writer.writerow([cell.ref, cell.kind, "withheld" if rule else "released", rule])
    return out.getvalue()


def read_back(shown: str, decision: Decision) -> list[str]:
    """Problems of a built page: numbers that were not released, or scripts."""
    problems = []
    pattern = r'<data value="([^"]*)" data-ref="([^"]*)">'
    for value, ref in re.findall(pattern, shown):
        if decision.released.get(html.unescape(ref)) != float(value):
            problems.append(f"report.html: {ref} is shown and was not released so")
    results = re.findall(r' id="report-results">([^<]*)</script>', shown)
    for ref, value in json.loads("".join(results) or "{}").items():
        if decision.released.get(ref) != value:
            problems.append(f"report.html: {ref} is in its data and was not released")
    scripts = re.findall(r"<script[^>]*>", shown)
    if scripts != ['<script type="application/json" id="report-results">']:
        problems.append("report.html: holds a script other than its data block")
    return problems
