"""What a run says that ended for want of room or of memory: which, and nothing more."""

import errno
from types import SimpleNamespace

import nbformat
import pytest

from helpers.errors import RunFailed
from helpers.runs.carrying_out import failure

NAME = "HENRY SMITH"


def stopped(ename, evalue, tmp_path):
    """What is said of a stage that this error of its kernel stopped."""
    error = SimpleNamespace(ename=ename, evalue=evalue)
    path = tmp_path / "01_intake.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    work = SimpleNamespace(request=SimpleNamespace(id="x", source="x.yml"))
    return failure.stopped("intake", work, path, error)


@pytest.mark.parametrize(
    ("ename", "evalue"),
    [
        # Python, pyarrow and DuckDB, each as it words a full disk
        ("OSError", f"[Errno 28] No space left on device: '/runs/{NAME}'"),
        ("OSError", "[Errno 28] Error writing bytes to file"),
        ("OSError", f"[Errno {errno.EDQUOT}] Disk quota exceeded"),
        ("IOException", 'IO Error: Could not write file "x": No space left on device'),
    ],
)
def test_a_full_disk_is_told_as_one(ename, evalue, tmp_path):
    line = stopped(ename, evalue, tmp_path)
    assert failure.DISK in line
    assert NAME not in line


@pytest.mark.parametrize(
    ("ename", "evalue"),
    [
        ("MemoryError", f"of {NAME}"),
        ("_ArrayMemoryError", "Unable to allocate 5 GiB for an array"),
        ("ArrowMemoryError", "malloc of size 99 failed"),
        ("OutOfMemoryException", "Out of Memory Error: could not allocate block"),
    ],
)
def test_memory_that_ran_out_is_told_as_that(ename, evalue, tmp_path):
    line = stopped(ename, evalue, tmp_path)
    assert failure.MEMORY in line
    assert NAME not in line


def test_of_any_other_error_the_name_alone_is_told(tmp_path):
    line = stopped("OSError", f"[Errno 13] Permission denied: '{NAME}'", tmp_path)
    assert "OSError, whose text is not repeated here" in line
    assert NAME not in line


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (RunFailed("x: it stopped"), "x: it stopped"),
        (MemoryError(NAME), f"x: the run stopped: {failure.MEMORY}"),
        (OSError(errno.ENOSPC, "-", NAME), f"x: the run stopped: {failure.DISK}"),
        (OSError(errno.EDQUOT, "-", NAME), f"x: the run stopped: {failure.DISK}"),
        (OSError(errno.EACCES, "-", NAME), ""),
    ],
)
def test_the_driver_says_in_a_line_what_it_ran_out_of(error, line):
    assert failure.in_words(error, "x") == line
