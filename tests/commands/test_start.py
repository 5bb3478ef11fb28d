"""The start of a command: on the spot, or again in the environment of the kit."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.commands import start as starting
from helpers.set_up.environment import ROOT


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
