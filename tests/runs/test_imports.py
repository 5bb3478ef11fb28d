"""A stage imports none of the slow libraries that it does not use."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from helpers.files import ROOT
from helpers.jupyter.waiting import IMPORTS, imports
from helpers.runs.stages import NOTEBOOKS

#: what a kernel of a stage has no use for as it starts
NO_REPORT = {"nbformat", "nbconvert", "papermill", "gptables", "odf", "bs4", "seaborn"}
NO_RECORDS = {"ibis", "duckdb", "sqlglot", "splink"}
UNUSED = {
    "intake": NO_REPORT | {"splink", "sklearn", "statsmodels"},
    "matching": NO_REPORT | NO_RECORDS,
    "outcomes": NO_REPORT | NO_RECORDS | {"sklearn"},
    "charts": NO_REPORT | NO_RECORDS | {"sklearn", "statsmodels"},
}


def modules(lines: list[ast.stmt]) -> Iterator[str]:
    """Give the modules of import statements, and what might be one."""
    for line in lines:
        if isinstance(line, ast.Import):
            yield from (alias.name for alias in line.names)
        else:
            yield line.module
            yield from (f"{line.module}.{alias.name}" for alias in line.names)


def file(module: str) -> Path | None:
    path = ROOT / module.replace(".", "/")
    for place in (path / "__init__.py", path.with_suffix(".py")):
        if place.exists():
            return place
    return None


@cache
def led_to(path: Path) -> tuple[str, ...]:
    """Give what a file imports as it is loaded."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return tuple(modules([line for line in body if isinstance(line, IMPORTS)]))


def reached(lines: list[ast.stmt]) -> set[str]:
    """Give every module that import statements lead to, as files are loaded."""
    found, left = set(), list(modules(lines))
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        left += [name.rpartition(".")[0]] if "." in name else []
        path = file(name) if name.startswith("helpers") else None
        left += led_to(path) if path else ()
    return found


@pytest.mark.parametrize("stage", NOTEBOOKS)
def test_a_stage_imports_nothing_slow_that_it_does_not_use(stage):
    found = reached(imports(ROOT / "notebooks" / f"{NOTEBOOKS[stage]}.ipynb"))
    assert "helpers.runs.opening" in found
    assert UNUSED[stage] & {name.partition(".")[0] for name in found} == set()


def test_a_module_that_is_reached_by_others_alone_is_found():
    (line,) = ast.parse("from helpers.intake.linkage import link").body
    assert "ibis" in reached([line])
