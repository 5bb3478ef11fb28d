"""All analyses side by side, and what of them stands in view."""

import pytest
from support import small_study
from support.outcomes_stage import CHOSEN, RATE, Stage, people

from helpers.outcomes.report import impact, in_detail, sections


@pytest.fixture
def two(tmp_path):
    """Men are the headline, women are not."""
    return Stage(tmp_path, {"Men": people("Men"), "Women": people("Women", (50, 80))})


def folds(block):
    """The folds in which a block lies, the innermost first."""
    found, fold = [], block.recipe.get("fold")
    while fold:
        told = fold["summary"][0]["data"]
        found.append(", ".join(filter(None, (told["name"], told["form"]))))
        fold = fold.get("within")
    return found


def test_one_table_compares_all_analyses_main_ones_first(two):
    first, *_ = impact.measures_of_impact(two.run, two.results, two.sizes)
    assert first.recipe["key"] == impact.KEY
    heading, men, others, women = small_study.printed(two.run, first)
    assert (heading, others) == ([impact.MAIN], [impact.OTHERS])
    # 40 of 100 against 100 of 200; 50 of 100 against 80 of 200
    assert men[:5] == ["Men", "100", "40", "50", "10 fewer"]
    assert women[:5] == ["Women", "100", "50", "40", "10 more"]
    assert men[-1] == women[-1] == "Inconclusive"
    assert any("Two analyses stand here" in str(n) for n in first.recipe["notes"])


def test_one_analysis_needs_no_such_table(tmp_path):
    one = Stage(tmp_path, {"All": people("All")})
    made = impact.measures_of_impact(one.run, one.results, one.sizes)
    assert impact.KEY not in [block.recipe["key"] for block in made]


def test_what_is_no_main_point_lies_in_folds_of_its_own(two):
    made = impact.measures_of_impact(two.run, two.results, two.sizes)
    by_key = {block.recipe["key"]: block for block in made}
    assert folds(by_key[impact.KEY]) == []
    assert by_key["measures-men"].recipe["fold"]["phone"]
    assert folds(by_key["measures-women"]) == ["Women", "One other analysis in figures"]
    assert folds(by_key[f"results-{RATE}"]) == ["Rate, table"]


def test_each_measure_of_each_analysis_has_a_fold_in_that_of_its_analysis(two):
    made = in_detail.in_detail(two.run, two.results, two.sizes)
    assert [folds(block) for block in made if RATE in block.recipe["key"]] == [
        ["Rate, in words", "Men, in detail"],
        ["Rate, in words", "Men, in detail"],
        ["Rate, in words", "Women, in detail"],
        ["Rate, in words", "Women, in detail"],
    ]


@pytest.mark.parametrize(("headlines", "blocks"), [(2, 2), (3, 6), (5, 8)])
def test_of_many_headlines_the_box_alone_stands_in_view(tmp_path, headlines, blocks):
    names = ["Men", "Women", "Others", "All", "Some"][:headlines]
    asked = [{"name": n, "headline": True, "covariates": CHOSEN} for n in names]
    stage = Stage(tmp_path, {name: people(name) for name in names}, analyses=asked)
    made = sections.main_points(stage.run, stage.results, stage.sizes)
    assert len(made) == blocks
    if headlines > sections.MOST_IN_VIEW:
        box, more, *_ = stage.words(made)
        assert "jdl-finding" in box and "Who." not in box
        assert "Who." in more and "jdl-finding" not in more
    for late in made[2 * sections.MOST_BOXES :]:  # beyond so many boxes all is folded
        assert late.recipe["words"] == "main_points" and "fold" in late.recipe
