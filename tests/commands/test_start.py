"""The start of a command: on the spot, or again in the environment of the kit."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import numpy
import pytest

from helpers.commands import start as starting
from helpers.files import ROOT
from helpers.set_up import environment, process


def start(monkeypatch, arguments, fit, prepared=None):
    handed = []
    monkeypatch.setattr(starting, "meets", lambda *_: fit)
    monkeypatch.setattr(starting, "prepared", prepared or (lambda _: Path("/v/py")))
    monkeypatch.setattr(
        starting, "hand_over", lambda command, settings: handed.append(command) or 7
    )
    return starting.start(arguments), handed


def test_a_command_starts_again_in_the_environment_and_gives_its_status(monkeypatch):
    monkeypatch.delenv("JDL_STARTED", raising=False)
    status, handed = start(monkeypatch, ["test", "-x"], fit=False)
    assert status == 7
    assert handed == [["/v/py", "-m", "helpers", "test", "-x"]]


def test_a_second_start_that_still_lacks_packages_ends(monkeypatch, capsys):
    monkeypatch.setenv("JDL_STARTED", "1")
    monkeypatch.setattr(starting, "unmet", lambda *_: ["numpy==2.4.6"])
    assert start(monkeypatch, ["test"], fit=False) == (1, [])
    assert "still lacks numpy==2.4.6" in capsys.readouterr().err
    assert "JDL_STARTED" not in os.environ


def test_an_interrupted_set_up_ends_in_one_line(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.delenv("JDL_STARTED", raising=False)
    assert start(monkeypatch, ["test"], False, interrupted) == (130, [])
    assert capsys.readouterr().err.count("\n") == 1


def test_help_and_slips_of_typing_need_no_set_up(monkeypatch, capsys):
    monkeypatch.setattr(starting, "prepared", None)
    monkeypatch.setattr(starting, "meets", None)
    for arguments, status in ([["--help"], 0], [["rum"], 2]):
        with pytest.raises(SystemExit) as end:
            starting.start(arguments)
        assert end.value.code == status


def test_what_comes_before_the_set_up_needs_the_standard_library_alone():
    code = (
        "import sys; before = set(sys.modules)\n"
        "import helpers.__main__, helpers.commands.start\n"
        "print([m for m in set(sys.modules) - before if m.split('.')[0] "
        "not in sys.stdlib_module_names | {'helpers'}])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


def test_an_old_python_gets_one_line(monkeypatch):
    from helpers import __main__

    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    with pytest.raises(SystemExit) as end:
        __main__.main()
    assert str(end.value.code).startswith("The kit needs Python 3.11 or newer; this is")
    assert "3.8.18" in end.value.code


def test_the_first_file_parses_on_the_oldest_pythons():
    import ast

    text = (ROOT / "helpers/__main__.py").read_text()
    ast.parse(text, feature_version=(3, 4))
    # Python 2 knows neither of these
    assert not re.search(r"\bf['\"]|->|: (str|int)\b|nonlocal|print\(", text)


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Two copies of the kit, and one environment that was made for the first."""
    folder = tmp_path_factory.mktemp("copies").resolve()
    for name in ("first", "second"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "helpers", folder / name / "helpers", ignore=unwanted)
        for file in ("environment.yml", "pyproject.toml"):
            shutil.copy(ROOT / file, folder / name)
        (folder / name / "params").mkdir()
        (folder / name / "notebooks").mkdir()
        (folder / name / "tests").mkdir()
    (folder / "second/tests/test_where.py").write_text(WHERE)
    venv.create(folder / "venv", symlinks=os.name != "nt")
    packages = environment._packages(folder / "venv")
    # numpy lies where all the packages do, and so does what they bring as .pth
    (packages / "all.pth").write_text(str(Path(numpy.__file__).parents[1]))
    (packages / "kit.pth").write_text(str(folder / "first"))
    return folder


#: what a test, and a kernel that it would start anywhere, imports
WHERE = """
import subprocess, sys
import helpers

def test_where():
    code = "import helpers; print(helpers.__file__)"
    asked = [sys.executable, "-c", code]
    elsewhere = subprocess.check_output(asked, cwd="/", text=True)
    print("HERE", helpers.__file__)
    print("THERE", elsewhere)
"""


def in_copies(copies, cwd, *arguments):
    unset = ("PYTHONPATH", "JDL_STARTED")
    return subprocess.run(
        [process.python_of(copies / "venv"), *arguments],
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if k not in unset},
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_an_environment_of_another_copy_is_used_with_the_helpers_of_this_one(copies):
    imported = ("-c", "import helpers; print(helpers.__file__)")
    first = in_copies(copies, copies, *imported).stdout
    assert first.startswith(str(copies / "first"))
    command = ["-m", "helpers", "test", "-s", "-n", "0"]
    done = in_copies(copies, copies / "second", *command)
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = re.findall(r"^(?:HERE|THERE) (.*)$", done.stdout, re.MULTILINE)
    assert here == there == str(copies / "second/helpers/__init__.py")
    assert not (copies / "second/.venv").exists()
    assert "Setting up" not in done.stderr


def test_a_folder_inside_a_copy_never_starts_the_other_one(copies):
    done = in_copies(copies, copies / "second/notebooks", "-m", "helpers", "test")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"found, {copies / 'first'}; change to {copies / 'second'}" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_goes_on_where_streams_are_closed(tmp_path, closed):
    told = tmp_path / "told"
    code = (
        "import os, sys; from helpers.__main__ import open_streams; open_streams(); "
        f"file = open({str(told)!r}, 'x'); print('said'); sys.stderr.write('said'); "
        "file.write(str(file.fileno() > 2)); file.flush()"
    )
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, code]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    assert told.read_text() == "True"
