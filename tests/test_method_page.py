"""Method and assumptions: each rule has its module, test and source, and all exist."""

import re

import pytest

from helpers.files import ROOT
from helpers.request import limits

PAGE = (ROOT / "helpers/METHOD.md").read_text(encoding="utf-8")
RULES = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| (\[[^|]+) \| (\[[^|]+) \|$", PAGE, re.M
)
SOURCES = PAGE.partition("\n## Sources\n")[2]
#: rooms of which every module is on the page, since it comes to a number or decides
ROOMS = (
    "intake/cohort",
    "intake/cohort/earlier",
    "intake/linkage",
    "matching",
    "matching/diagnostics",
    "matching/fitting",
    "matching/methods",
    "outcomes",
    "outcomes/robustness",
    "outcomes/robustness/before",
    "outcomes/robustness/estimators",
    "outcomes/robustness/hidden",
    "outcomes/robustness/testing",
    "publication/disclosure",
)


def named(cell):
    """What a cell sets as code, one by one."""
    return re.findall(r"`([^`]+)`", cell)


def test_there_are_rules_in_every_section_up_to_the_ninth():
    parts = re.split(r"^## (\d+)\. ", PAGE, flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(sections) == [str(number) for number in range(1, 11)]
    assert all("| [" in sections[str(number)] for number in range(1, 10))
    # a row that is not of five cells would be looked at by none of the tests below
    rows = re.findall(r"^\|.*\| \[.*$", PAGE.partition("\n## 10. ")[0], re.M)
    assert len(rows) == len(RULES)


def test_every_section_that_the_code_cites_is_there():
    cited = set()
    for source in (ROOT / "helpers").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert "method.md" not in text, f"{source}: the page is helpers/METHOD.md"
        cited |= set(re.findall(r"(?:[Mm]ethod|METHOD\.md),? section (\d+)", text))
        cited |= set(re.findall(r'"(\d+): ', text))
    assert {"1", "5", "8", "9"} <= cited
    assert cited <= set(re.findall(r"^## (\d+)\. ", PAGE, re.M))


def linked(cell):
    """The words and the target of each link in a cell."""
    return re.findall(r"\[([^]]+)\]\(([^)]+)\)", cell)


@pytest.mark.parametrize("what, how, source, modules, tests", RULES)
def test_the_module_and_the_test_of_a_rule_exist(what, how, source, modules, tests):
    assert all(
        (ROOT / "helpers" / f"{name}.py").is_file() for name, _ in linked(modules)
    )
    assert all(target == f"{name}.py" for name, target in linked(modules))
    for words, target in linked(tests):
        text = (ROOT / "helpers" / target).read_text(encoding="utf-8")
        assert f"\ndef test_{words.replace(' ', '_')}(" in text


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_that_comes_to_a_number_is_told_of(room):
    told = {name for *_, modules, _ in RULES for name, _ in linked(modules)}
    files = (ROOT / "helpers" / room).glob("*.py")
    modules = {f"{room}/{file.stem}" for file in files if file.stem != "__init__"}
    assert modules - told == set()


def test_every_source_is_listed():
    cited = {
        (name, year)
        for _, _, source, *_ in RULES
        for name, years in re.findall(
            r"([A-Z]\w+)(?:, \w+)*(?: and [\w ]+?)? ((?:\d{4}(?:, )?)+)", source
        )
        for year in years.split(", ")
        if year
    }
    assert ("Welch", "1947") in cited and ("Schuemie", "2018") in cited
    assert [
        c for c in cited if not re.search(rf"{c[0]}[^\n]*(?:\n  )?.*{c[1]}", SOURCES)
    ] == []


def test_every_limit_is_told_with_its_value():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d.,]+) \|", PAGE, re.M))
    values = {
        name: value
        for name, value in vars(limits).items()
        if isinstance(value, int | float) and name.isupper()
    }
    assert {name: float(value.replace(",", "")) for name, value in rows.items()} == {
        name: pytest.approx(value, abs=1e-6) for name, value in values.items()
    }
    assert "CRITERIA" in PAGE


ASSUMED = re.findall(
    r"^\| ((?!what is|---)[^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]+) \|$",
    (ROOT / "helpers/ASSUMPTIONS.md").read_text(encoding="utf-8"),
    re.M,
)


def test_every_assumption_says_where_it_stands():
    told = (ROOT / "params/README.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"^\| \**`([\w.]+)`\** \|", told, re.M))
    assert len(ASSUMED) >= 30
    for what, why, where, _, change in ASSUMED:
        assert why.strip() and change.strip(), what
        for name in named(where):
            places = (
                ROOT / name,
                ROOT / "helpers" / name,
                ROOT / "helpers" / f"{name}.py",
            )
            assert name in keys or any(place.exists() for place in places), (what, name)
