"""The command kernel: what it says; tests/jupyter has what it does."""

from pathlib import Path

import pytest

from helpers.commands import command_line
from helpers.jupyter import register


@pytest.mark.parametrize(
    ("lacking", "line"),
    [
        ("", "git strips the outputs of every notebook that it takes up here."),
        (
            "there is no git on this machine",
            "No filter of git is set, since there is no git on this machine: notebooks "
            "keep their outputs.",
        ),
    ],
)
def test_the_kernel_and_the_filter_are_told(monkeypatch, capsys, lacking, line):
    monkeypatch.setattr(register, "kernel", lambda: Path("/home/anna/kernels/x"))
    monkeypatch.setattr(register, "git_filter", lambda: lacking)
    assert command_line.main(["kernel"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        'The kernel "Justice Data Lab" is registered: /home/anna/kernels/x',
        line,
    ]
