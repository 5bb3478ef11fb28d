"""An executed notebook: what papermill made of the kit's own, whole and in order."""

import ast
from pathlib import Path
from typing import Any

import nbformat

from helpers.files import ROOT, shown
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import NOTEBOOKS

#: where executed notebooks lie in a run
PLACE = Path("restricted") / "notebooks"
#: what papermill calls the cell in which it sets parameters
INJECTED = "injected-parameters"


def problems(path: Path, stage: str) -> list[str]:
    """Give why an executed notebook does not count as its stage carried out.

    `path` is its place in a run. It counts where papermill executed every cell of the
    kit's notebook in a fresh kernel, in order and without an error, for this run, and
    where the stage that lies there is what it saved. Each problem is one line.
    """
    name = NOTEBOOKS[stage]
    try:
        book = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        told = ["is not there"]
    except Exception:  # cut short or edited: nbformat has many errors for it
        told = ["is no notebook that can be read"]
    else:
        told = (
            _of_cells(book.cells, name)
            or _of_papermill(book, path)
            or _of_what_was_saved(book.cells[-1], path, stage)
        )
    return [f"{shown(path)}: {line}; {name} has to be carried out again"
            for line in told]  # fmt: skip


def _of_cells(cells: list[Any], name: str) -> list[str]:
    """Tell where cells are not the kit's, or were not executed one after the other."""
    own = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    kept = [cell for cell in cells if not _is_injected(cell)]
    if [_written(cell) for cell in kept] != [_written(cell) for cell in own]:
        return [f"its cells are not those of notebooks/{name}.ipynb"]
    code = [cell for cell in cells if cell.cell_type == "code"]
    if any(out.output_type == "error" for cell in code for out in cell.outputs):
        return ["an error stopped it"]
    done = {cell.metadata.get("papermill", {}).get("status") for cell in cells}
    if done != {"completed"}:
        return ["papermill has not executed every cell of it"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        return ["its cells were not executed in order, in a fresh kernel"]
    return []


def _is_injected(cell: Any) -> bool:
    return INJECTED in cell.metadata.get("tags", [])


def _written(cell: Any) -> tuple[str, str]:
    return cell.cell_type, cell.source


def _of_papermill(book: Any, path: Path) -> list[str]:
    """Tell where papermill did not end, or worked with other parameters or elsewhere.

    It notes both paths as they were given, perhaps from where it was started. A
    finished run may have been moved since: the seal of its manifest is over all of it.
    """
    about = book.metadata.get("papermill", {})
    if about.get("exception") or not about.get("end_time"):
        return ["papermill did not come to its end"]
    given = about.get("parameters", {})
    cells = [cell.source for cell in book.cells if _is_injected(cell)]
    if len(cells) != 1 or _set(cells[0]) != given:
        return ["it was executed with other parameters than papermill was given"]
    place = path.absolute().parents[2]
    part = f".{place.name.removeprefix('.').removesuffix('.part')}.part"
    folder = Path(str(given.get("run_dir", "")))
    moved = place.name == part and folder.is_absolute() and not _same(folder, place)
    if folder.name != part or moved:
        return [f"it was executed for another run_dir, {folder}"]
    if not _same(Path(about.get("output_path") or ""), folder / PLACE / path.name):
        return [f"papermill wrote it elsewhere than into {PLACE.as_posix()} of its run"]
    return []


def _set(source: str) -> dict[str, Any] | None:
    """Give what a cell sets; None where it does anything else."""
    try:
        return {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(source).body
        }
    except (SyntaxError, ValueError, AttributeError):
        return None


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _of_what_was_saved(last: Any, path: Path, stage: str) -> list[str]:
    """Tell where a stage's stamp is not the one that its notebook says it left."""
    stamp = read_stamp(path.parents[2], stage) or {}
    said = "".join(str(out.get("data", "")) for out in last.get("outputs", []))
    if not stamp.get("fingerprint") or stamp["fingerprint"] not in said:
        return ["it is not the notebook that saved what lies in restricted/data"]
    return []
