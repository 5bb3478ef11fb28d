"""The rules of the house, read from the source: what stands where, and who knows whom.

helpers/README.md has the tree. Every rule is also tried on source with a planted
breach, so that none of them passes because it looks at nothing.
"""

import re
import sys

import pytest
from support import layout

from helpers.commands import command_line
from helpers.files import ROOT
from helpers.intake.cohort import losses
from helpers.matching import matching
from helpers.publication import figures, wording
from helpers.runs import stages

SOURCE = layout.source_of(ROOT)


def with_(path, text):
    """The source with a file in the place of the one that is there, or one more."""
    return SOURCE | {path: text}


def added(path, line):
    """The source with a line more at the end of a file."""
    return SOURCE | {path: f"{SOURCE[path]}\n{line}\n"}


def bare(source):
    return layout.heavy(source, sys.stdlib_module_names)


def early(source):
    return layout.early(source, sys.stdlib_module_names)


BALANCE = "helpers/matching/balance.py"
#: rule → a name, the rule itself, and source that breaks it
RULES = {
    "imports go down": (
        layout.upward,
        added(BALANCE, "def f():\n    from helpers.outcomes import estimates"),
    ),
    "imports for types go down too": (
        layout.upward,
        added(
            "helpers/publication/cells.py",
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from helpers.runs.run import Run",
        ),
    ),
    "a new part of helpers has a floor": (
        layout.upward,
        with_("helpers/extras/more.py", '"""More."""\n'),
    ),
    "there are no circles": (
        layout.circles,
        added("helpers/matching/design.py", "from helpers.matching import balance"),
    ),
    "a stage's statistics know no report": (
        layout.strangers,
        added(BALANCE, "from helpers.publication.cells import Cell"),
    ),
    "nothing is made from a stage's report": (
        layout.strangers,
        added(BALANCE, "from helpers.matching.report import flow"),
    ),
    "matplotlib is known to figures alone": (
        layout.strangers,
        added(BALANCE, "import matplotlib.figure"),
    ),
    "papermill is known to one module alone": (
        layout.strangers,
        added("helpers/runs/whole.py", "def f():\n    import papermill"),
    ),
    "nbconvert is known to the pages alone": (
        layout.strangers,
        added("helpers/runs/report.py", "from nbconvert import HTMLExporter"),
    ),
    "IPython is known to jupyter alone": (
        layout.strangers,
        added(BALANCE, "from IPython.display import display"),
    ),
    "an engine is known to its module alone": (
        layout.strangers,
        added("helpers/intake/records/extract.py", "import duckdb"),
    ),
    "what runs before the set-up is bare": (
        bare,
        added("helpers/files.py", "import yaml"),
    ),
    "the command line is imported bare": (
        early,
        added("helpers/commands/console.py", "import pandas"),
    ),
    "a module is imported by its name": (
        layout.hidden,
        added(BALANCE, "import helpers"),
    ),
    "an import by a text counts": (
        layout.upward,
        added(BALANCE, "f = importlib.import_module('helpers.outcomes.estimates')"),
    ),
    "a map tells of nothing that is gone": (
        layout.unmapped,
        with_(
            "helpers/matching/methods/__init__.py",
            SOURCE["helpers/matching/methods/__init__.py"].replace(
                "radius ", "odds     a method of old\nradius "
            ),
        ),
    ),
    "every map tells of every module": (
        layout.unmapped,
        with_("helpers/matching/more.py", '"""More."""\n'),
    ),
    "every folder has a map": (
        layout.unmapped,
        with_("helpers/intake/linkage/__init__.py", '"""Linkage."""\n'),
    ),
    "a stage's map imports nothing": (
        layout.unmapped,
        added("helpers/outcomes/__init__.py", "def f():\n    from .report import x"),
    ),
    "a folder holds sixteen modules at most": (
        layout.crowded,
        SOURCE | {f"helpers/matching/{letter}.py": "" for letter in "abcdefgh"},
    ),
    "three files of one prefix are a folder": (
        layout.crowded,
        SOURCE | {f"helpers/matching/kernel_{n}.py": "" for n in "abc"},
    ),
    "a public function takes five arguments": (
        layout.many_arguments,
        added(BALANCE, "def f(a, b, c, d, e, g): ..."),
    ),
    "a frame is named for what it holds": (
        layout.nameless,
        added(BALANCE, "def f():\n    found = pd.DataFrame()"),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_the_rule_holds(name):
    rule, _ = RULES[name]
    assert rule(SOURCE) == []


@pytest.mark.parametrize("name", RULES)
def test_the_rule_finds_a_planted_breach(name):
    rule, planted = RULES[name]
    assert set(rule(planted)) - set(rule(SOURCE)) != set()


# facts that stand in one place -------------------------------------------------------

#: a text → the one module that has it
TOLD = dict.fromkeys(losses.BOXES, "helpers/intake/cohort/losses.py") | dict.fromkeys(
    stages.MADE_BY, "helpers/runs/stages.py"
)


def test_a_fact_is_told_in_one_place():
    assert layout.told_again(SOURCE, TOLD) == []


@pytest.mark.parametrize("text", ["not linked", "matched.parquet"])
def test_a_fact_told_again_is_found(text):
    planted = added(BALANCE, f"BOX = {text!r}")
    told = layout.told_again(planted, TOLD)
    assert len(told) == len(layout.told_again(SOURCE, TOLD)) + 1


# registries --------------------------------------------------------------------------


def modules(folder):
    """The modules of a folder below helpers/."""
    return {path.stem for path in (ROOT / "helpers" / folder).glob("[a-z]*.py")}


def test_every_method_of_matching_is_in_the_registry():
    methods = {
        name
        for name in modules("matching/methods")
        if "def choose(" in SOURCE[f"helpers/matching/methods/{name}.py"]
    }
    assert methods == set(matching.METHODS)


def test_every_figure_is_in_the_registry():
    names = ("", "/robustness", "/results", "/analyst")
    rooms = [f"publication/figures{room}" for room in names]
    drawn = {
        name
        for room in rooms
        for name in modules(room)
        if re.search(r"^def draw\(", SOURCE[f"helpers/{room}/{name}.py"], re.M)
    }
    listed = {module.__name__.rsplit(".", 1)[1] for module in figures.FIGURES.values()}
    assert drawn == listed


def test_every_family_of_sentences_is_in_the_registry():
    words = wording.WORDS.values()
    used = {function.__module__.rsplit(".", 1)[1] for function in words}
    # parts of sentences, and what the page itself says of the request
    beside = {"number_words", "intervals", "verdicts"}
    beside |= {"five_safes", "glossary", "request_texts"}
    names = ("annex", "beside", "claims", "measure", "results", "robustness",
             "without_result")  # fmt: skip
    rooms = (f"publication/wording/{room}" for room in names)
    in_rooms = {name for room in rooms for name in modules(room)}
    parts = {"reasons", "in_tables", "qualified", "sure", "measures"}
    parts |= {"standards", "questions", "claims", "cite"}
    parts |= modules("publication/wording/measure") - {"line"}
    assert used & in_rooms == in_rooms - parts
    assert modules("publication/wording") == used - in_rooms | beside


def test_every_command_is_in_the_registry():
    rooms = {room.__name__.rsplit(".", 1)[1] for room in command_line.ROOMS}
    adding = {
        name
        for name in modules("commands")
        if "\ndef add(" in SOURCE[f"helpers/commands/{name}.py"]
    }
    assert adding == rooms


def test_notebooks_import_what_a_stage_may():
    """A notebook uses its own stage, runs, and what displays a block."""
    for number, stage in enumerate(stages.STAGES, start=1):
        book = (ROOT / f"notebooks/{stages.NOTEBOOKS[stage]}.ipynb").read_text()
        used = set(re.findall(r"from helpers\.(\w+)", book))
        assert used == {stage, "runs"}, number


def test_tests_mirror_helpers():
    """A folder of tests that has no folder of helpers tests nothing of the kit."""
    apart = {"support", "expected", "benchmarks", "browser"}
    folders = {
        path.parent.relative_to(ROOT / "tests")
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    for folder in folders:
        if folder.parts and folder.parts[0] not in apart:
            assert (ROOT / "helpers" / folder).is_dir(), folder
