"""The report of a run: from its executed notebooks and its cells to the pages."""

import csv
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.errors import CheckFailed
from helpers.files import sha256
from helpers.publication import disclosure
from helpers.publication.cells import Cell, Sum, by_ref, read_cells, read_made_in
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.numbers import refs_in
from helpers.publication.report import (
    assembly,
    changed,
    contents,
    hidden,
    pages,
    periodic,
    publish_cells,
    reading_back,
    released_files,
)
from helpers.publication.report.asked import Ask, here
from helpers.publication.report.checker import bundle, inside
from helpers.publication.report.checker.output import tables_and_figures
from helpers.publication.report.checker.sheet import Study
from helpers.publication.report.contents import Contents
from helpers.publication.report.cover import page as cover
from helpers.publication.report.forms import every
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.reviewers import Evidence
from helpers.publication.report.safes import page as safes
from helpers.runs import hashes, manifest, others
from helpers.runs.decision import decide
from helpers.runs.run import Run
from helpers.runs.stages import NOTEBOOKS
from helpers.runs.written import editions as written
from helpers.runs.written.cover import left
from helpers.runs.written.safeguards import safeguards


def write(work: Run, ask: Ask = here) -> str:
    """Write a run's pages and release files; gives the headline sentence.

    What rests on released contents alone is asked for, and may be worked out by another
    process. Raises CheckFailed, every problem at once, where a page would hold what
    was not released or what no cell holds.
    """
    books = work.folder / "restricted" / "notebooks"
    paths = [books / f"{NOTEBOOKS[stage]}.ipynb" for stage in work.carried_out]
    titles = {path: f"{work.request.id}: {path.stem}" for path in paths}
    shown_alone = {path: ask(pages.notebook, path, titles[path]) for path in paths}
    found = assembly.cited(publish_cells.parts(paths), work.request)
    cells, sums = _registered(work)
    recipe = json.loads(_data(work, "result_recipe.json").read_text())
    problems = assembly.unregistered(found, cells)
    problems += released_files.of_result(recipe, (cell.ref for cell in cells))
    problems += released_files.of_stages(work.outputs)
    if problems:
        raise CheckFailed(problems)
    decision, near = decide(work, cells, sums, assembly.used(found, recipe))
    filled = assembly.fill(recipe, assembly.numbers(decision))
    since = _changes(work, recipe, filled, decision)
    cells = [*cells, *since.cells]
    known = {cell.ref: cell.value for cell in since.cells}
    decision = replace(decision, released=decision.released | known)
    places = assembly.places([*since.parts, *found])
    log = disclosure_log.disclosure_log(cells, decision, places)
    work.write("disclosure.csv", log, sensitivity="audit")
    found = hidden.standing(found, decision)
    found = hidden.replaced(found, by_ref(cells), decision, work.request)
    found = [*since.parts, *found]
    content = _contents(work, found, decision, ask)
    problems = released_files.of_blocks(content.released, content.decision.released)
    if problems:
        raise CheckFailed(problems)
    files = assembly.files(content.released, content.decision, content.drawn)
    forms = ask(every.written, content, files)
    page = _read_back(work, content, pages.published(content), "report.html")
    evidence = _evidence(work, paths, cells)
    copy = pages.for_reviewers(content, evidence)
    copy = _read_back(work, content, copy, "report-reviewers.html")
    work.write("report-reviewers.html", copy, sensitivity="restricted")
    for path, asked in shown_alone.items():
        name = f"notebooks/{path.stem}.html"
        work.write(name, asked.result(), sensitivity="restricted")
    for name, data in files.items():
        work.write(name, data, sensitivity="release")
    pixels, other_forms = forms.result()
    report = Written(content, files, pixels)
    for name, data in other_forms.items():
        work.write(name, data, sensitivity="release")
    shown = tables_and_figures(content, files)
    study = _study(work, content, by_ref(cells), frozenset(refs_in(recipe)))
    for name, data in bundle.files(shown, report, sums, study).items():
        work.write(f"checker/{name}", data, sensitivity="release")
    split = inside.as_csv(shown, by_ref(cells), decision, near)
    work.write("checker.csv", split, sensitivity="audit")
    result = {"request_id": None, "kit_version": manifest.VERSION} | filled
    work.write("result.json", result, sensitivity="release")
    if content.reporting:
        work.write("reporting.csv", content.reporting, sensitivity="release")
    decided = disclosure_log.by_rule(cells, decision)
    _write_beside(work, content, decided)
    work.write("report.html", page, sensitivity="published")
    return contents.as_text(content.headline)


def _changes(
    work: Run, recipe: Any, filled: Any, decision: disclosure.Decision
) -> changed.Changes:
    """Tell what changed since the edition before, which a check names by its hash.

    Numbers are compared of analyses alone: a summary tells of other results each time.
    """
    request = work.request
    if request.publication.edition == 1:
        return changed.Changes([], [])
    before = written.before(work.folder.parent, request)
    work.check(
        written.CHECK,
        expected=f"edition {request.publication.edition - 1} below outputs/published/",
        found=written.as_found(before),
        passed=before is not None,
    )
    if before is not None:
        work.beside[written.name(before)] = sha256(before)
    if before is None or request.alone:
        return changed.in_words(request)
    result = written.read(before)
    return changed.told(request, result, recipe, filled, decision.released)


def _write_beside(
    work: Run, content: Contents, decided: list[tuple[str, str, str, int]]
) -> None:
    """Write the pages beside the reviewers' copy: the Five Safes, then the cover."""
    request, commit = work.request, manifest.commit()
    if not request.alone:
        built = ("report.html", "restricted/report-reviewers.html")
        found = safeguards(work, content, commit, built)
        page = _read_back(work, content, safes.page(request, found), pages.SAFES)
        work.write(pages.SAFES, page, sensitivity="restricted")
    page = cover.page(request, left(work, decided, commit))
    page = _read_back(work, content, page, pages.COVER)
    work.write(pages.COVER, page, sensitivity="restricted")


def _contents(
    work: Run, found: list[Part], decision: disclosure.Decision, ask: Ask
) -> Contents:
    """Give the contents of the report, or of a summary of published results."""
    request, version = work.request, manifest.VERSION
    if request.alone:
        files = {path.name: sha256(path) for path in hashes.input_files(request)}
        return periodic.contents(
            found, request, version, decision, files=files, ask=ask
        )
    private = _private(work.folder)
    return contents.contents(
        found, request, version, decision, private=private, ask=ask
    )


def _study(
    work: Run, content: Contents, cells: dict[str, Cell], in_result: frozenset[str]
) -> Study:
    """Give what the sheet for whoever checks the outputs is made from."""
    request, decision = work.request, content.decision
    earlier = others.before(work.folder.parent, request.id, request.publication.edition)
    return Study(
        request, cells, decision.released, in_result, decision.coarsened, earlier
    )


def _data(work: Run, name: str) -> Path:
    return work.folder / "restricted" / "data" / name


def _registered(work: Run) -> tuple[list[Cell], list[Sum]]:
    """Give the cells and sums of every stage."""
    cells, sums = [], []
    for stage in work.carried_out:
        cells += read_cells(_data(work, f"cells_{stage}.parquet"))
        for item in json.loads(_data(work, f"sums_{stage}.json").read_text()):
            sums.append(Sum(item["total"], tuple(item["parts"])))
    return cells, sums


def _evidence(work: Run, notebooks: list[Path], cells: list[Cell]) -> Evidence:
    """Tell what lies behind the report, for the reviewers' copy."""
    apart = {"parameters", "injected-parameters", "publish"}
    shown, made_in = [], {}
    for stage, path in zip(work.carried_out, notebooks, strict=True):
        here = publish_cells.codes(path)
        shown += [
            code
            for cell, code in here
            if not apart & set(cell.metadata.get("tags", []))
        ]
        places = {code.count: code for _, code in here}
        for ref, count in read_made_in(_data(work, f"cells_{stage}.parquet")).items():
            made_in[ref] = places[count]
    with (work.folder / "audit" / "checks.csv").open(encoding="utf-8") as file:
        checks = list(csv.reader(file))[1:]
    return Evidence(shown, by_ref(cells), made_in, checks)


def _private(folder: Path) -> bool | None:
    """Tell whether the folder of people's records is closed to every other account."""
    if os.name == "nt":
        return None  # Windows keeps no such mode
    return not (folder / "restricted").stat().st_mode & 0o077


def _read_back(work: Run, content: Contents, page: str, name: str) -> str:
    """Give a built page, once it was read back and holds what it should and no more."""
    problems = reading_back.read_back(page, content.decision, name)
    problems += reading_back.numbers_from_nowhere(page, work.request, name)
    if problems:
        raise CheckFailed(problems)
    return page
