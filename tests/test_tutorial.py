"""The tutorial: its commands are understood, its pictures are there and small.

tests/support/tutorial.py carries it out by hand. What is cheap is carried out here too,
and says what the page says.
"""

import re
import shlex

import pytest
import yaml
from PIL import Image
from support import tutorial

from helpers import request
from helpers.commands import command_line

TEXT = tutorial.PAGE.read_text(encoding="utf-8")
PIECES = list(tutorial.PIECE.finditer(TEXT))
COMMANDS = [
    one
    for piece in PIECES
    if piece["kind"] == "console"
    for one in tutorial.commands(piece["text"])
]
#: commands before which the page has nothing that takes long
CHEAP = ("template", "synthesise", "check", "new")


def test_every_command_is_understood_and_says_something():
    kit = [one for one in COMMANDS if one[0].startswith("python3 -m helpers ")]
    assert len(kit) >= 8
    for command, said in kit:
        command_line.parser().parse_args(shlex.split(command)[3:])
        assert said.strip(), command
        assert "Traceback" not in said


def test_the_way_goes_from_the_template_to_the_certificate():
    used = {shlex.split(command)[3] for command, _ in COMMANDS if "helpers" in command}
    assert used >= {*CHEAP, "run", "approve", "publish", "compare", "destroy"}


def test_lines_of_python_are_run_with_the_python_that_has_what_they_import():
    before = [TEXT[: p.start()] for p in PIECES if p["kind"] == "python"]
    assert before
    for text in before:
        told = text.rpartition("\n\n")[0].rpartition("\n\n")[2]
        assert ".venv/bin/python decide.py" in told
        assert r".venv\Scripts\python decide.py" in told


def test_pictures_are_there_described_used_and_small():
    used = re.findall(r"^!\[([^\]]+)\]\(tutorial/([\w-]+)\.png\)$", TEXT, re.M)
    names = [name for _, name in used]
    held = {path.stem for path in tutorial.PICTURES.iterdir()}
    assert len(set(names)) == len(names)
    assert set(names) == held == set(tutorial.TAKEN)
    for alternative, name in used:
        path = tutorial.PICTURES / f"{name}.png"
        assert 40 < len(alternative) < 250
        assert path.stat().st_size < 300_000, name
        with Image.open(path) as picture:
            assert min(picture.size) > 200, name


def test_what_is_filled_in_is_yaml_for_a_request():
    blocks = [piece["text"] for piece in PIECES if piece["kind"] == "yaml"]
    assert blocks
    for block in blocks:
        assert re.match(r"# params/[\w-]+\.yml\n", block)
        assert list(yaml.safe_load(block)) == ["request"]


@pytest.mark.slow
def test_the_cheap_commands_say_what_the_page_says(tmp_path):
    root = tutorial.copy_of_the_kit(tmp_path)
    for command, said in COMMANDS:
        if shlex.split(command)[3:4] and shlex.split(command)[3] in CHEAP:
            assert tutorial.carry_out(command, root) == said, command
    first = next(piece["text"] for piece in PIECES if piece["kind"] == "yaml")
    tutorial.fill_in(first, root)
    made = yaml.safe_load((root / "params/my-request.yml").read_text("utf-8"))
    lists = root / "made-up"
    inputs = {"submission": "made-up-list.xlsx", "extract": "extract"}
    made["request"]["inputs"] |= {name: str(lists / it) for name, it in inputs.items()}
    assert request.load(made["request"]).id == "my-request"
