"""Whether an executed notebook counts: papermill's own of a real run, and mutations."""

import copy
import json
import shutil

import nbformat
import pytest

from helpers.files import ROOT
from helpers.runs.carrying_out.executed import problems

BOOK = "restricted/notebooks/02_matching.ipynb"
STAMP = "restricted/data/stage_matching.json"
AGAIN = "; 02_matching has to be carried out again"


@pytest.fixture
def part(shared, tmp_path):
    """An attempt in a folder of the test's own, with what a real run left of 02."""
    folder = tmp_path / "outputs" / ".shared.part"
    for name in (BOOK, STAMP):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(shared.folder / name, folder / name)
    was = json.dumps(str(shared.outputs))[1:-1]
    text = (folder / BOOK).read_text(encoding="utf-8")
    assert was in text
    text = text.replace(was, json.dumps(str(folder.parent))[1:-1])
    (folder / BOOK).write_text(text, encoding="utf-8")
    return folder


def code(book):
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def injected(book):
    return code(book)[1]


def again(cell):
    """The same cell once more, with an id of its own."""
    copied = copy.deepcopy(cell)
    copied.id = "again"
    return copied


def told(part):
    """What is told of the notebook, without where it lies and what has to be done."""
    lines = problems(part / BOOK, "matching")
    for line in lines:
        assert line.startswith(f"{part / BOOK}: ")
        assert line.endswith(AGAIN)
        assert "\n" not in line
    return [line[len(f"{part / BOOK}: ") : -len(AGAIN)] for line in lines]


@pytest.mark.parametrize("place", ["attempt", "finished"])
def test_what_the_driver_had_papermill_execute_counts(shared, part, place):
    folder = part if place == "attempt" else shared.folder
    assert problems(folder / BOOK, "matching") == []


def test_a_finished_run_that_was_moved_counts_and_an_attempt_does_not(shared, part):
    book = shared.folder / BOOK
    shutil.copy(book, part / BOOK)
    was = shared.outputs / ".shared.part"
    assert told(part) == [f"it was executed for another run_dir, {was}"]
    part.rename(part.with_name("shared"))
    assert problems(part.with_name("shared") / BOOK, "matching") == []


def test_what_papermill_was_given_from_where_it_was_started_counts(part):
    # papermill notes the paths of its command line as they were typed
    text = (part / BOOK).read_text(encoding="utf-8")
    typed = text.replace(str(part.parent), "outputs")
    (part / BOOK).write_text(typed, encoding="utf-8")
    assert told(part) == []


# mutations -------------------------------------------------------------------------


def without_papermill(book):
    del book["metadata"]["papermill"]


def stopped(book):
    book["metadata"]["papermill"]["exception"] = True


def without_end(book):
    book["metadata"]["papermill"]["end_time"] = None


def with_an_error(book):
    error = nbformat.v4.new_output("error", ename="X", evalue="", traceback=[])
    code(book)[5]["outputs"] = [error]


def half_done(book):
    code(book)[-1]["metadata"]["papermill"]["status"] = "pending"


def never_executed(book):
    del code(book)[4]["metadata"]["papermill"]


def swapped(book):
    one, other = code(book)[3:5]
    counts = one["execution_count"], other["execution_count"]
    other["execution_count"], one["execution_count"] = counts


def in_a_kernel_that_was_used(book):
    for cell in code(book):
        cell["execution_count"] += 1


def edited(book):
    code(book)[6]["source"] += "\nx = 1"


def a_text_edited(book):
    book["cells"][0]["source"] = "# Another"


def cut(book):
    del book["cells"][7]


def longer(book):
    book["cells"].insert(9, again(book["cells"][8]))


def turned(book):
    cells = book["cells"]
    cells[5], cells[6] = cells[6], cells[5]


def more_injected(book):
    injected(book)["source"] += "\nlimit = 3"


def an_injected_call(book):
    injected(book)["source"] += "\nprint(request)"


def two_injected(book):
    one = injected(book)
    book["cells"].insert(book["cells"].index(one), again(one))
    for count, cell in enumerate(code(book), 1):
        cell["execution_count"] = count


def other_parameters(book):
    book["metadata"]["papermill"]["parameters"]["request"] = "params/other.yml"


def elsewhere(book):
    about = book["metadata"]["papermill"]
    about["output_path"] = about["output_path"].replace("notebooks", "data")


def for_folder(name):
    def change(book):
        about = book["metadata"]["papermill"]
        was = about["parameters"]["run_dir"]
        about["parameters"]["run_dir"] = name
        assert was in injected(book)["source"]
        injected(book)["source"] = injected(book)["source"].replace(was, name)

    return change


END = "papermill did not come to its end"
EVERY = "papermill has not executed every cell of it"
ORDER = "its cells were not executed in order, in a fresh kernel"
CELLS = "its cells are not those of notebooks/02_matching.ipynb"
GIVEN = "it was executed with other parameters than papermill was given"
MUTATIONS = [
    (without_papermill, END),
    (stopped, END),
    (without_end, END),
    (with_an_error, "an error stopped it"),
    (half_done, EVERY),
    (never_executed, EVERY),
    (swapped, ORDER),
    (in_a_kernel_that_was_used, ORDER),
    (edited, CELLS),
    (a_text_edited, CELLS),
    (cut, CELLS),
    (longer, CELLS),
    (turned, CELLS),
    (more_injected, GIVEN),
    (an_injected_call, GIVEN),
    (two_injected, GIVEN),
    (other_parameters, GIVEN),
    (elsewhere, "papermill wrote it elsewhere than into restricted/notebooks of its "
     "run"),
    (for_folder("/elsewhere/.shared.part"),
     "it was executed for another run_dir, /elsewhere/.shared.part"),
    (for_folder("outputs/.other.part"),
     "it was executed for another run_dir, outputs/.other.part"),
    (for_folder("outputs/shared.draft"),
     "it was executed for another run_dir, outputs/shared.draft"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), MUTATIONS)
def test_any_other_notebook_is_refused(part, change, line):
    book = nbformat.read(part / BOOK, as_version=4)
    change(book)
    nbformat.write(book, part / BOOK)
    assert told(part) == [line]


def test_the_kits_own_notebook_is_not_an_executed_one(part):
    shutil.copy(ROOT / "notebooks/02_matching.ipynb", part / BOOK)
    assert told(part) == [EVERY]


def test_a_notebook_of_another_stage_is_refused(part, shared):
    shutil.copy(shared.folder / "restricted/notebooks/01_intake.ipynb", part / BOOK)
    assert told(part) == [CELLS]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 1, "nbformat": 4}'])
def test_what_is_no_notebook_is_refused(part, text):
    (part / BOOK).write_text(text, encoding="utf-8")
    assert told(part) == ["is no notebook that can be read"]


def test_a_notebook_that_is_cut_short_is_refused(part):
    text = (part / BOOK).read_text(encoding="utf-8")
    (part / BOOK).write_text(text[: len(text) // 2], encoding="utf-8")
    assert told(part) == ["is no notebook that can be read"]


def test_a_notebook_that_lies_elsewhere_is_missed(part):
    (part / BOOK).rename(part / "restricted/data/02_matching.ipynb")
    assert told(part) == ["is not there"]


def test_a_stage_that_another_notebook_saved_is_refused(part):
    stamp = json.loads((part / STAMP).read_text())
    (part / STAMP).write_text(json.dumps(stamp | {"fingerprint": "0" * 64}))
    said = "it is not the notebook that saved what lies in restricted/data"
    assert told(part) == [said]
    (part / STAMP).unlink()
    assert told(part) == [said]
