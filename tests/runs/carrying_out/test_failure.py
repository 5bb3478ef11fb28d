"""What a run says that ended for want of room or of memory: which, and nothing more."""

import errno
from types import SimpleNamespace

import nbformat
import pytest

from helpers.errors import RunFailed
from helpers.jupyter import shell
from helpers.runs.carrying_out import failure

NAME = "HENRY SMITH"
#: where what a full disk says begins
FULL = "no file could be written any more: the disk of "


def stopped(ename, evalue, tmp_path):
    """What is said of a stage that this error of its kernel stopped."""
    error = SimpleNamespace(ename=ename, evalue=evalue)
    path = tmp_path / "01_intake.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    request = SimpleNamespace(id="x", source="x.yml")
    work = SimpleNamespace(request=request, folder=tmp_path / ".x.part")
    return failure.stopped("intake", work, path, error)


@pytest.mark.parametrize(
    ("ename", "evalue"),
    [
        # Python, pyarrow and DuckDB, each as it words a full disk
        ("OSError", f"[Errno 28] No space left on device: '/runs/{NAME}'"),
        ("OSError", "[Errno 28] Error writing bytes to file"),
        ("OSError", f"[Errno {errno.EDQUOT}] Disk quota exceeded"),
        ("IOException", 'IO Error: Could not write file "x": No space left on device'),
        # and DuckDB where it could not put its own files down
        ("OutOfMemoryException", "This limit was set by the 'max_temp_directory_size'"),
    ],
)
def test_a_full_disk_is_told_as_one(ename, evalue, tmp_path):
    line = stopped(ename, evalue, tmp_path)
    assert f"{FULL}{tmp_path}, or your share of it, is full (" in line
    assert NAME not in line


@pytest.mark.parametrize(
    ("ename", "evalue"),
    [
        ("MemoryError", f"of {NAME}"),
        ("_ArrayMemoryError", "Unable to allocate 5 GiB for an array"),
        ("ArrowMemoryError", "malloc of size 99 failed"),
        ("Exception", "std::bad_alloc"),
    ],
)
def test_memory_that_ran_out_is_told_as_that(ename, evalue, tmp_path):
    line = stopped(ename, evalue, tmp_path)
    assert failure.MEMORY in line
    assert NAME not in line


def test_the_engine_s_limit_is_the_request_s_to_change(tmp_path):
    words = "Out of Memory Error: failed to allocate 512 KiB (95 MiB/95 MiB used)"
    line = stopped("OutOfMemoryException", words, tmp_path)
    assert failure.ENGINE in line
    assert "engine.memory" in line


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", NAME), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded", NAME), FULL),
        (MemoryError(f"for {NAME}"), failure.MEMORY),
        (RuntimeError(f"std::bad_alloc at {NAME}"), failure.MEMORY),
        (ValueError(NAME), "ValueError, whose text is not repeated here"),
    ],
)
def test_a_kernel_of_the_driver_hands_on_what_ran_out_without_its_words(
    error, told, tmp_path
):
    shown = []
    kernel = SimpleNamespace(_showtraceback=lambda *what: shown.append(what))
    shell._show_without_words(kernel, type(error), error, None)
    ((kind, evalue, lines),) = shown
    assert NAME not in "".join([evalue, *lines])
    assert told in stopped(kind.__name__, evalue, tmp_path)


def test_of_any_other_error_the_name_alone_is_told(tmp_path):
    line = stopped("OSError", f"[Errno 13] Permission denied: '{NAME}'", tmp_path)
    assert "OSError, whose text is not repeated here" in line
    assert NAME not in line


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (RunFailed("x: it stopped"), "x: it stopped"),
        (MemoryError(NAME), f"x: the run stopped: {failure.MEMORY}"),
        (OSError(errno.ENOSPC, "-", NAME), f"x: the run stopped: {FULL}"),
        (OSError(errno.EDQUOT, "-", NAME), f"x: the run stopped: {FULL}"),
        (OSError(errno.EACCES, "-", NAME), ""),
    ],
)
def test_the_driver_says_in_a_line_what_it_ran_out_of(error, line, tmp_path):
    said = failure.in_words(error, "x", tmp_path / ".x.part")
    assert said.startswith(line) and bool(said) == bool(line)
    assert NAME not in said and "\n" not in said


def test_how_much_is_free_is_that_of_the_disk_of_the_runs(monkeypatch, tmp_path):
    usage = SimpleNamespace(free=3 * 1024**2)  # 3 MB
    monkeypatch.setattr(failure.shutil, "disk_usage", lambda _: usage)
    assert failure.no_room(tmp_path / ".x.part") == (
        f"{FULL}{tmp_path}, or your share of it, is full (3 MB are free there); make "
        "room there"
    )
