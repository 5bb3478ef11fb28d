"""The process of the next kernel: whose it is, what it becomes, and when it ends."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import papermill
import pytest
from traitlets.config import Config

from helpers.jupyter import ahead, kernel, waiting

SOURCE = (
    "import os, sys, colorsys\nimport no_such_module",
    "early = 'wave' in sys.modules\nimport wave",
    "print(os.getpid(), early)",
)


def notebook(folder, *sources):
    (folder / "notebooks").mkdir(exist_ok=True)
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    path = folder / "notebooks" / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A folder with one small notebook in the place of the kit's."""
    path = notebook(tmp_path, "import os, sys", *SOURCE[1:])
    monkeypatch.setattr(ahead, "ROOT", tmp_path)
    yield path
    assert ahead.NEXT == []


def gone(process):
    return process.wait(timeout=60) is not None


def printed(path, target):
    """What a notebook prints as the driver executes it: its process, and a word."""
    kernel.execute_quietly(
        papermill.execute_notebook,
        str(path),
        str(target),
        kernel_name="python3",
        progress_bar=False,
        config=Config({"KernelManager": {"transport_encryption": "required"}}),
        kernel_manager_class=kernel.QuietKernelManager,
    )
    outputs = nbformat.read(target, as_version=4).cells[-1].outputs
    number, early = outputs[0].text.split()
    return int(number), early


def test_a_notebook_s_imports_are_found_and_a_broken_one_is_left_to_it(tmp_path):
    path = notebook(tmp_path, *SOURCE)
    lines = [waiting.ast.unparse(line) for line in waiting.imports(path)]
    assert lines == ["import os, sys, colorsys", "import no_such_module", "import wave"]
    waiting.load(path)
    assert "colorsys" in sys.modules


def test_the_process_that_waits_becomes_the_kernel_of_its_notebook_alone(kit):
    with ahead.kernels(["small", "small"]) as kernels:
        first = kernels._waiting[1]
        kernels.next("small")
        second = kernels._waiting[1]
        # it had imported before it was told, and speaks as every kernel does
        assert printed(kit, kit.parent / "out.ipynb") == (first.pid, "True")
        assert kernel.STARTED[-1].encrypted
        assert gone(first)
        assert second.poll() is None
    assert gone(second)


def test_one_that_died_is_replaced_by_a_kernel_as_ever(kit):
    with ahead.kernels(["small"]) as kernels:
        process = kernels._waiting[1]
        process.kill()
        assert gone(process)
        kernels.next("small")
        assert printed(kit, kit.parent / "out.ipynb")[1] == "False"


def test_no_process_outlives_the_stages_whatever_becomes_of_them(kit):
    with pytest.raises(RuntimeError), ahead.kernels(["small", "small"]) as kernels:
        first = kernels._waiting[1]
        kernels.next("another")  # whose notebook it is not
        assert kernels._waiting[1] is first
        kernels.next("small")
        second = kernels._waiting[1]
        raise RuntimeError
    assert gone(first)
    assert gone(second)


WAITS = "print(ahead.Ahead(['small'])._waiting[1].pid, flush=True)\ntime.sleep(60)"
WORKS = """
with ahead.kernels(["small"]) as kernels:
    print(kernels._waiting[1].pid, flush=True)
    kernels.next("small")
    papermill.execute_notebook(
        "notebooks/small.ipynb", "out.ipynb", kernel_name="python3",
        progress_bar=False, kernel_manager_class=QuietKernelManager,
    )
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
@pytest.mark.parametrize("does", [WAITS, WORKS])
def test_a_driver_that_is_killed_leaves_no_process_behind(kit, does):
    folder = kit.parent.parent
    notebook(folder, "import pathlib, time", "pathlib.Path('begun').touch()",
             "time.sleep(60)")  # fmt: skip
    code = (
        "import time, papermill\nfrom pathlib import Path\n"
        "from helpers.jupyter import ahead\n"
        "from helpers.jupyter.kernel import QuietKernelManager\n"
        f"ahead.ROOT = Path.cwd()\n{does}"
    )
    driver = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=folder
    )
    pid = int(driver.stdout.readline())
    if does == WORKS:
        until(lambda: (folder / "begun").exists())
    driver.send_signal(signal.SIGKILL)
    driver.communicate()
    until(lambda: not alive(pid))


def until(so):
    """Wait for something to be so, and fail where it does not come about."""
    end = time.monotonic() + 60
    while not so():
        assert time.monotonic() < end
        time.sleep(0.1)


def alive(pid):
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as told:
            return told.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_the_first_process_may_start_before_it_is_known_what_is_carried_out(kit):
    with ahead.early("small"):
        process = ahead.EARLY[0][1]
        before = os.umask(0o022)
        os.umask(0o027)  # the driver goes into the folder of its run meanwhile
        try:
            mask = "os.umask(mask := os.umask(0)); print(os.getpid(), mask)"
            notebook(kit.parent.parent, "import os, sys", "import wave", mask)
            os.utime(kit, (0, 0))
            with ahead.kernels(["small"]) as kernels:
                kernels.next("small")
                found = printed(kit, kit.parent / "out.ipynb")
        finally:
            os.umask(before)
        assert found == (process.pid, str(0o027))


@pytest.mark.parametrize("case", ["another notebook", "code changed", "none"])
def test_one_that_started_early_ends_where_none_takes_it(kit, case):
    with ahead.early("small"):
        process = ahead.EARLY[0][1]
        os.utime(kit, None if case == "code changed" else (0, 0))
        books = {"another notebook": ["other"], "code changed": ["small"]}
        with ahead.kernels(books.get(case, [])) as kernels:
            assert not kernels._waiting or kernels._waiting[1] is not process
    assert gone(process)
    assert ahead.EARLY == []
