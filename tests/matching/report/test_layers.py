"""Sections by analysis: the headline's sentences in view, all else a fold each."""

import pytest
from support import small_study
from support.small_report import plain

from helpers.matching.report import in_brief, layers
from helpers.publication import blocks
from helpers.publication.cells import Cell
from helpers.publication.facts.resolve import resolve
from helpers.publication.wording import WORDS

NAMES = ("Women", "Everyone", "Men")


@pytest.fixture
def run(tmp_path):
    chosen = {"covariates": {"numeric": ["age"]}}
    analyses = [{"name": n, "headline": n == "Everyone", **chosen} for n in NAMES]
    made = small_study.stage(tmp_path, "matching", small_study.study(analyses=analyses))
    sizes = {"women": 45, "everyone": 426, "men": 381}
    made.register(
        [Cell(f"{name}.n_treatment", n, "count", n) for name, n in sizes.items()]
    )
    return made


def parts(run):
    """Of each analysis words, and a fold within its own."""
    first, second = {}, {}
    for name in NAMES:
        outer = layers.of_people(run, name)
        data = {"sentences": [[f"Words of {name}."]]}
        first[name] = [
            blocks.words(run, f"{key}-{name}", words="sentences", data=data, fold=fold)
            for key, fold in (
                ("view", layers.in_view(run, name, outer)),
                ("more", blocks.fold("More", within=outer)),
            )
        ]
        second[name] = [
            blocks.words(run, f"brief-{name}", words="sentences", data=data, fold=outer)
        ]
    return first, second


def test_the_headline_is_in_view_and_each_analysis_lies_in_one_fold(run):
    made = layers.by_analysis(run, *parts(run))
    assert [block.recipe["key"] for block in made] == [
        "view-Everyone", "others-view-Everyone",
        "brief-Everyone", "more-Everyone",
        "view-Women", "brief-Women", "more-Women",
        "view-Men", "brief-Men", "more-Men",
    ]  # fmt: skip
    text = made[1].recipe["data"]["sentences"]
    assert text == [["Two other analyses are below, a line each."]]
    assert ["fold" in block.recipe for block in made][:3] == [False, False, True]


def test_one_analysis_has_no_fold_around_its_own(tmp_path):
    run = small_study.stage(tmp_path, "matching", small_study.study())
    assert layers.of_people(run, small_study.NAME) is None


def said(line, numbers):
    [piece] = line["summary"]
    return WORDS[piece["words"]](resolve(piece["data"], numbers))


def test_the_line_of_an_analysis_says_its_size_where_that_is_shown(run):
    line = layers.of_people(run, "Women")
    assert said(line, {"women.n_treatment": 45.0}).endswith(">45</data> analysed")
    assert said(line, {}) == "Women: size hidden"


# who they are, in brief -----------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["age_first_offence", "age", "region", "sex", "ethnicity"],
         ["sex", "age", "ethnicity"]),
        (["priors", "black", "age"], ["age", "black"]),
        (["message", "racecourse"], []),  # a word within another is not that word
    ],
)  # fmt: skip
def test_people_are_described_by_sex_age_and_ethnicity_whatever_came_out(
    columns, expected
):
    assert in_brief.chosen(columns) == expected


def line_of(levels):
    rows = [[head, {"ref": head, "format": "per_cent"}] for head in levels]
    data = {"noun": "people", "lines": [
        {"label": "Ethnicity", "levels": rows, "several": True}]}  # fmt: skip
    shown = {head: float(n) for head, n in levels.items() if n is not None}
    return plain(WORDS["in_brief"](resolve(data, shown)))


def test_levels_are_told_from_the_largest_on_and_those_not_known_last():
    told = line_of({"Asian": 8, "Not known": 60, "White": 20, "Black": 12})
    assert told.endswith("Ethnicity: White 20%, Black 12%, Asian 8%, Not known 60%")
    told = line_of({"A": 30, "B": 25, "C": 20, "D": 15, "E": 10})
    assert told.endswith("Ethnicity: A 30%, B 25%, C 20%, D 15%, others")
    assert line_of({"A": 87, "B": None}).endswith("Ethnicity: A 87%, others hidden")
    assert line_of({"A": None, "B": None}).endswith("hidden to protect people")
