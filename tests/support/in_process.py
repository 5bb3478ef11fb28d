"""A whole request in this process: the driver's own path, without kernels.

The driver's notebooks are executed as papermill would, cell by cell, and everything
after them is the driver's. What only a person would look at is left out: drawings for
the analyst, and the executed notebooks as pages.
"""

import ast
import io
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, patch

import IPython.display
import nbformat
import yaml

from helpers.files import ROOT
from helpers.jupyter import shell
from helpers.publication import blocks, drawing
from helpers.publication.report.forms import every, pictures
from helpers.request import load
from helpers.runs import pipeline, progress
from helpers.runs import report as run_report
from helpers.runs.carrying_out import attempt, execute, executed
from helpers.runs.second_process import SecondProcess
from helpers.runs.stages import NOTEBOOKS
from helpers.runs.written import numbers

EMPTY = '<div class="jdl-{}"><svg ></svg></div>'


@dataclass
class _Kernel:
    """What a notebook's cells need of a kernel: names, counts, what is displayed."""

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    cells: list[str] = field(default_factory=lambda: [""])
    shown: list[Any] = field(default_factory=list)

    def display(self, *things: Any, **_: Any) -> None:
        self.shown += things

    def shell(self) -> SimpleNamespace:
        """Stand in for IPython's shell, by which the kit counts cells."""
        return SimpleNamespace(
            user_ns={"In": self.cells},
            set_custom_exc=lambda *_: None,
            history_manager=SimpleNamespace(),
        )

    def execute(self, source: str) -> list[Any]:
        """Execute a cell; gives what it displays, its last value too."""
        self.cells.append(source)
        self.shown = []
        statements, last = _compiled(source)
        exec(statements, self.names)
        value = eval(last, self.names) if last else None
        return [*self.shown, *([] if value is None else [value])]


@cache
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """Give a cell's code, its last line apart where that is an expression."""
    tree, last = ast.parse(source), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        value = tree.body.pop().value
        last = compile(ast.Expression(value), "<cell>", "eval")
    return compile(tree, "<cell>", "exec"), last


@cache
def _notebook(name: str) -> str:
    return (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")


def _execute(stage: str, name: str, work: Any, target: Path, _progress: Any) -> str:
    """Execute a stage's notebook in the place of papermill."""
    book = nbformat.reads(_notebook(name), as_version=4)
    kernel = _Kernel()
    given = {"request": work.request.completed(), "run_dir": str(work.folder)}
    with (
        patch.object(shell, "_shell", kernel.shell),
        patch.object(IPython.display, "display", kernel.display),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # a notebook shows them and goes on
        for cell in book.cells:
            if cell.cell_type != "code":
                continue
            tags = cell.metadata.get("tags", [])
            shown = kernel.execute(cell.source)
            cell.execution_count = len(kernel.cells) - 1
            if "parameters" in tags:  # papermill sets them in a cell of its own
                kernel.cells.append("# Parameters\n")
                kernel.names |= given
            if "publish" in tags:
                cell.outputs = [_output(thing) for thing in shown]
    nbformat.write(book, target)
    return ""


def _output(block: Any) -> nbformat.NotebookNode:
    """Give a block as an output, without the drawing for the analyst."""
    return nbformat.v4.new_output("display_data", {blocks.MIME: block.recipe})


@contextmanager
def _in_this_process(whole: bool) -> Iterator[None]:
    """Put this module in papermill's place, and leave out what nothing here reads."""
    # a stage reads the cells of those before it for every block; they stay the same
    once = cache(numbers.read_cells)
    instead = [
        (execute, "_execute", _execute),
        (attempt, "kernels", lambda _: MagicMock()),
        (SecondProcess, "start", lambda _: None),
        (numbers, "read_cells", once),
        # papermill, of whose notebook that tells, is not asked here
        (executed, "problems", lambda *_: []),
        (run_report.pages, "notebook", lambda *_: ""),
        (pictures, "picture", lambda *_: b""),
    ]
    if not whole:
        instead += [
            (drawing, "_drawing", lambda *_, form, **__: EMPTY.format(form)),
            (run_report.pages, "for_reviewers", lambda *_: ""),
            (run_report, "_evidence", lambda *_: None),
            (every, "FORMS", ()),
            (run_report, "_read_back", lambda _work, _content, page, _name: page),
        ]
    with ExitStack() as stack:
        for place, name, other in instead:
            stack.enter_context(patch.object(place, name, other))
        yield


def run(
    source: str | Path | dict, outputs: Path, *, whole: bool = True, **options: Any
) -> Path | None:
    """Carry out a request; gives the folder of its finished run, if it was finished.

    Raises KitError as the driver does. A finished run of the same id is replaced, and
    nothing of it is taken over unless `options` of the driver say otherwise. Without
    `whole` there are no drawings, no reviewers' copy, no other forms of the
    report and no gates on the pages.
    """
    told = progress.Lines(io.StringIO())
    with _in_this_process(whole):
        options = options or {"force": True}
        made = pipeline.run(source, outputs=outputs, progress=told, **options)
    return made.report and made.report.parent


def write(request: dict[str, Any], folder: Path) -> Path:
    """Write a request beside its data; gives the path of its file."""
    path = folder / f"{request['id']}.yml"
    path.write_text(yaml.safe_dump({"request": request}, sort_keys=False), "utf-8")
    return path


def stages(source: str | Path | dict, folder: Path, *names: str) -> Path:
    """Carry out notebooks of a request as a draft, without the report.

    `names` are stages, in their order. Gives the folder of the draft's tables.
    """
    work = SimpleNamespace(request=load(source), folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _in_this_process(whole=False):
        for name in names:
            book = NOTEBOOKS[name]
            _execute(name, book, work, folder / f"{book}.ipynb", None)
    return folder / "restricted" / "data"
