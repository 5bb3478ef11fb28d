"""How a process ended, in words: killed, crashed, by itself; for memory or not."""

import signal
from types import SimpleNamespace

import nbformat
import pytest

from helpers.request import load
from helpers.runs.carrying_out import ended, execute
from helpers.runs.carrying_out.failure import MORE_MEMORY

#: control groups as Linux tells them: /proc/self/cgroup, the file that counts kills
TWO = ("0::/job", "job/memory.events", "low 0\nmax 41\noom 2\noom_kill {}\n")
#: a container that sees its own group as the root of all
TWO_INSIDE = ("0::/", "memory.events", TWO[2])
ONE = (
    "9:name=systemd:/\n4:memory:/job\n0::/",
    "memory/job/memory.oom_control",
    "oom_kill_disable 0\nunder_oom 0\noom_kill {}\n",
)
#: one whose group has another path outside
ONE_INSIDE = ("4:memory:/docker/x", "memory/memory.oom_control", ONE[2])


@pytest.fixture(params=[TWO, TWO_INSIDE, ONE, ONE_INSIDE])
def group(request, monkeypatch, tmp_path):
    """A control group; gives what sets how many were killed in it."""
    own, name, text = request.param
    (tmp_path / "own").write_text(f"{own}\n")
    path = tmp_path / "fs" / name
    path.parent.mkdir(parents=True)
    monkeypatch.setattr(ended, "OWN", tmp_path / "own")
    monkeypatch.setattr(ended, "CGROUP", tmp_path / "fs")
    return lambda count: path.write_text(text.format(count))


def test_a_kill_that_the_control_group_counted_was_for_memory(group):
    group(2)
    assert ended.kills() == 2
    assert "was killed from outside (SIGKILL)" in ended.in_words(-9, 2)
    group(3)
    assert ended.in_words(-9, 2) == (
        f"was killed by the system, since memory ran out; {MORE_MEMORY}"
    )
    # whatever was killed beside it, this one ended otherwise
    assert "memory" not in ended.in_words(-signal.SIGSEGV, 2)


@pytest.mark.parametrize("own", [None, "", "0::/none\n", "5:cpu:/\n"])
def test_where_nothing_counts_kills_none_is_told(own, monkeypatch, tmp_path):
    monkeypatch.setattr(ended, "OWN", tmp_path / "own")
    monkeypatch.setattr(ended, "CGROUP", tmp_path)
    if own is not None:
        ended.OWN.write_text(own)
    assert ended.kills() == 0


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "no longer answered"),
        (0, "ended by itself with status 0"),
        (-signal.SIGTERM, "was ended from outside (SIGTERM)"),
        (-signal.SIGABRT, "crashed (SIGABRT)"),
        (-99, "was ended from outside (signal 99)"),  # no signal of Linux
    ],
)
def test_how_it_ended_is_told_by_its_status(status, words):
    assert ended.in_words(status, 0).startswith(words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("os.kill(os.getpid(), 9)", "was killed from outside (SIGKILL)"),
        ("os.kill(os.getpid(), 11)", "crashed (SIGSEGV)"),
        ("os._exit(3)", "ended by itself with status 3"),
    ],
)
def test_a_stage_whose_kernel_dies_says_where_and_how(
    source, words, monkeypatch, tmp_path
):
    make = nbformat.v4
    cells = [make.new_markdown_cell("# Stage"), make.new_code_cell("import os")]
    cells += [make.new_markdown_cell("## There"), make.new_code_cell(source)]
    cells += [make.new_markdown_cell("## Beyond"), make.new_code_cell("1")]
    (tmp_path / "notebooks").mkdir()
    language = {"name": "python3", "display_name": "Python", "language": "python"}
    book = make.new_notebook(cells=cells, metadata={"kernelspec": language})
    nbformat.write(book, tmp_path / "notebooks/01_intake.ipynb")
    monkeypatch.setattr(execute, "ROOT", tmp_path)
    work = SimpleNamespace(request=load(), folder=tmp_path / ".example.part")
    nothing = SimpleNamespace(stage_started=print, cell_done=print)
    target = tmp_path / "executed.ipynb"
    line = execute._execute("intake", "01_intake", work, target, nothing)
    assert line.startswith(f"example: intake stopped at “There”: its Python {words}"), (
        line
    )
    assert line.endswith(f"; the executed notebook is {target}")
