"""The documentation names only what there is: files, commands, options, settings."""

import argparse
import ast
import html
import importlib.util
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from helpers import request
from helpers.commands import command_line, running
from helpers.files import ROOT
from helpers.jupyter import register
from helpers.runs import manifest
from helpers.runs.carrying_out import executed
from helpers.runs.written.folder import FOLDERS
from helpers.set_up.pins import pins

FOLDERS_WITH_PAGES = ["helpers", "notebooks", "params", "tests"]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        ROOT / "outputs/README.md",
        *(page for name in FOLDERS_WITH_PAGES for page in (ROOT / name).rglob("*.md")),
    ]
)

#: names that stand for a file of the reader's own
STAND_INS = {"REQUEST", "params/your_request.yml", "params/x.yml", "my-request"}
STAND_INS |= {"params/my-request.yml", "params/wider.yml"}


def name(page):
    return page.relative_to(ROOT).as_posix()


each = pytest.mark.parametrize("page", PAGES, ids=name)


def text(page):
    return page.read_text(encoding="utf-8")


def blocks(page):
    """The lines of code blocks, fenced or indented."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text(page), re.M | re.S)
    prose = re.sub(r"^```\w*\n.*?^```", "", text(page), flags=re.M | re.S)
    indented = re.findall(r"^ {4,}(\S.*)$", prose, re.M)
    return [line for block in fenced for line in block.splitlines()] + indented


def code(page):
    """Everything set as code: the lines of blocks, and the spans within sentences."""
    return [*blocks(page), *re.findall(r"`([^`\n]+)`", text(page))]


def lines(start):
    """The commands of all pages that begin so, each once, without its comment."""
    found = (line for page in PAGES for line in code(page) if re.match(start, line))
    return sorted({re.sub(r"\s{2,}#? ?.*$", "", line).strip() for line in found})


def anchors(page):
    """The anchors of a page's headings, as they are made from their words."""
    titles = re.findall(r"^#+ +(.+)$", text(page), re.M)
    words = [re.sub(r"[^\w\s-]", "", title.lower()) for title in titles]
    return {word.strip().replace(" ", "-") for word in words}


def parameters():
    """The parameters of the notebooks, with their defaults."""
    book = json.loads(text(ROOT / "notebooks/02_matching.ipynb"))
    cell = next(cell for cell in book["cells"] if cell["id"] == "parameters")
    return {
        line.targets[0].id: ast.literal_eval(line.value)
        for line in ast.parse("".join(cell["source"])).body
    }


@each
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if re.match(r"[a-z]+://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@each
def test_files_that_are_named_exist(page):
    start = rf"(?<![\w./<*-])((?:{'|'.join(FOLDERS_WITH_PAGES)}|\.ci)/[\w./*-]*)"
    found = {
        path.rstrip(".") for line in code(page) for path in re.findall(start, line)
    }
    missing = [path for path in found - STAND_INS if not list(ROOT.glob(path))]
    assert missing == []


@pytest.mark.parametrize("page", ["README.md", "tests/README.md"])
def test_folders_that_are_named_exist(page):
    page = ROOT / page
    folders = {
        found for found in code(page) if re.fullmatch(r"\.?\w+(/\w+)*/", found)
    } - {"outputs/example.draft/"}
    places = (page.parent, ROOT)
    assert folders
    assert [f for f in folders if not any((p / f).is_dir() for p in places)] == []


def test_the_layout_is_that_of_the_repository():
    layout = re.search(
        r"^## Layout\n(.*?)^[^ \n]", text(ROOT / "README.md"), re.M | re.S
    )
    names = re.findall(r"(?<=[ ])([\w.]+(?:/|\.py|\.yml))(?=\s)", layout[1])
    places = (ROOT, ROOT / "helpers", ROOT / "outputs")
    assert [n for n in names if not any((place / n).exists() for place in places)] == []
    folders = {path.name for path in (ROOT / "helpers").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= {name.rstrip("/") for name in names}
    stages = re.search(r"^ +(.*?) {2,}the four stages$", layout[1], re.M)[1].split()
    assert all((ROOT / "helpers" / stage).is_dir() for stage in stages)
    assert len(stages) == len(list((ROOT / "notebooks").glob("*.ipynb")))


def test_the_map_of_helpers_tells_of_every_room():
    tree = text(ROOT / "helpers/README.md").partition("\n## ")[0]
    rooms = set(re.findall(r"^    (\w+)/ ", tree, re.M))
    folders = {path.name for path in (ROOT / "helpers").iterdir() if path.is_dir()}
    assert rooms == folders - {"__pycache__"}


@pytest.mark.parametrize("line", lines(r"(python3?|py) -m helpers"))
def test_the_kit_understands_every_command(line):
    words = shlex.split(line)
    module, arguments = words[2], words[3:]
    assert importlib.util.find_spec(module)
    if module != "helpers":
        return
    try:
        options = command_line.parse(arguments)
    except SystemExit as end:
        assert (arguments[-1], end.code) == ("--help", 0)
        return
    asked = [getattr(options, "request", None), *getattr(options, "requests", [])]
    for one in {*asked} - STAND_INS - {None}:
        if not (ROOT / one).is_dir():
            request.load(running.request_file(one))
    tests = [word for word in options.rest if word.startswith("tests")]
    assert all((ROOT / path).exists() for path in tests)


def commands(parser, before=()):
    """Every command with its parser; of a command of several, each of them."""
    rooms = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not rooms:
        yield " ".join(before), parser
    for room in rooms:
        for name, inner in room.choices.items():
            yield from commands(inner, (*before, name))


@pytest.mark.parametrize("command, parser", [*commands(command_line.parser())])
def test_every_command_and_option_is_documented(command, parser):
    told = text(ROOT / "helpers/commands/README.md")
    rows = re.findall(rf"^\| `{command}\b([^`]*)` \| \S", told, re.M)
    options = {o for action in parser._actions for o in action.option_strings}
    assert rows
    assert set(re.findall(r"--[\w-]+", " ".join(rows))) == options - {"-h", "--help"}


def linked(page):
    """The pages to which a page has a link."""
    found = re.findall(r"\]\(([^)#\s:]+\.md)", text(page))
    return {(page.parent / link).resolve() for link in found}


def test_every_page_is_two_steps_from_the_readme():
    first = linked(ROOT / "README.md")
    second = set().union(*(linked(page) for page in first))
    assert set(PAGES) - {ROOT / "README.md"} <= first | second


def test_the_readme_is_short():
    assert len(text(ROOT / "README.md").splitlines()) < 150


@pytest.mark.parametrize("line", lines("papermill notebooks"))
def test_papermill_commands_name_notebooks_and_parameters(line):
    words = shlex.split(line)
    notebook, output = words[1:3]
    assert (ROOT / notebook).is_file()
    # what is executed holds numbers about people: git must not see it
    assert output.startswith(("outputs/", "/secure/"))
    assert output.endswith(notebook.removeprefix("notebooks/"))
    rest = iter(words[3:])
    for option in rest:
        value = next(rest)
        if option == "-p":
            assert value in parameters()
            name, value = value, next(rest)
            if name == "run_dir":
                # a draft; in an attempt notebooks lie where the driver has them
                inside = Path(output).relative_to(value).parent
                assert inside in (Path(), executed.PLACE)
                continue
        if option == "-k":
            assert value == register.KERNEL
        elif option == "-y":
            given = yaml.safe_load(value)
            assert set(given) <= set(parameters())
            request.load(ROOT / "params/example.yml", given.get("changes"))
        else:
            assert option in ("-p", "-f")
            request.load(ROOT / value)


def test_conda_commands_name_the_environment():
    environment = yaml.safe_load(text(ROOT / "environment.yml"))
    found = lines("conda ")
    assert "conda env create -f environment.yml" in found
    assert f"conda activate {environment['name']}" in found
    assert len(found) == 2


def test_every_parameter_of_the_notebooks_is_documented():
    told = text(ROOT / "notebooks/README.md")
    section = re.search(r"^## Parameters\n(.*?)^## ", told, re.M | re.S)[1]
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| \S", section, re.M)
    assert rows == [(key, repr(value)) for key, value in parameters().items()]


def test_every_notebook_is_documented():
    told = text(ROOT / "notebooks/README.md")
    books = sorted((ROOT / "notebooks").glob("*.ipynb"))
    rows = re.findall(r"^\| \[(\w+)\]\((\w+\.ipynb)\) \|", told, re.M)
    assert rows == [(book.stem, book.name) for book in books]


def changes():
    """The settings that pages propose to try."""
    found = {
        match
        for page in PAGES
        for line in code(page)
        for match in re.findall(r"\{\"[\w]+\.[\w.]+\": .*\}", line)
    }
    return sorted(found)


@pytest.mark.parametrize("tried", changes())
def test_settings_to_try_are_accepted(tried):
    request.load(ROOT / "params/example.yml", ast.literal_eval(tried))


def test_requests_that_are_shown_are_whole(tmp_path):
    shown = [
        block
        for page in PAGES
        for block in re.findall(r"^```yaml\n(.*?)^```", text(page), re.M | re.S)
        if block.startswith("request:")
    ]
    assert shown
    for block in shown:
        path = tmp_path / "request.yml"
        path.write_text(block, encoding="utf-8")
        request.load(path)


def test_every_file_of_a_run_is_documented():
    told = text(ROOT / "outputs/README.md")
    sources = [*(ROOT / "helpers").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    written = set()
    for source in sources:
        plain = text(source).replace('\\"', '"')
        written |= set(re.findall(r'\.write\(\s*f?"([\w./{}-]+\.\w+)"', plain))
    assert {"report.html", "data/people.parquet", "manifest.json"} <= written
    for path in written:
        path = re.sub(r"\{[\w.]*stage\}", "<stage>", path)
        path = re.sub(r"\{[\w.]+\}", "*", path).replace("notebooks/*.html", "*.html")
        assert f"`{path}`" in told, path
    for sensitivity in FOLDERS:
        assert re.search(rf"^\| {sensitivity} \|", told, re.M), sensitivity


@each
def test_versions_stand_in_environment_yml_alone(page):
    for package, version in pins(ROOT).items():
        repeated = rf"(?i)\b{re.escape(package)}\b[ `=<>~v]*{re.escape(version)}"
        assert not re.search(repeated, text(page)), package
        assert not re.search(rf"(?i)\b{re.escape(package)} ?==", text(page)), package


def test_the_version_stands_in_pyproject_and_all_else_follows():
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    changes = text(ROOT / "CHANGELOG.md")
    latest, rest = re.search(
        r"^## \[(.*?)\] - \d{4}-\d\d-\d\d\n\n(.*?)^### ", changes, re.M | re.S
    ).groups()
    assert latest == project["version"] == manifest.VERSION
    # what the kit is, for those who read of it here first
    assert 0 < len(rest.strip().splitlines()) <= 10
    assert text(ROOT / "LICENSE").startswith(f"{project['license']} License\n")
    assert f"version {latest}" in text(ROOT / "README.md")
    sources = (ROOT / "helpers").rglob("*.py")
    assert [name(path) for path in sources if f'"{latest}"' in text(path)] == []


def test_the_readme_prints_the_headline_of_the_sample():
    page = html.unescape(
        re.sub(r"<[^>]+>", "", text(ROOT / "outputs/sample/report.html"))
    )
    quoted = re.search(r"^(?:> .*\n)+", text(ROOT / "README.md"), re.M)[0]
    headline = " ".join(re.sub("^> ", "", quoted, flags=re.M).split())
    assert headline in " ".join(page.split())
