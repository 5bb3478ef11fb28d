"""No words tell on which side of a limit a number lies that is hidden."""

from itertools import chain, combinations

import pytest
from support.outcomes_stage import RATE, TIME, Stage, people
from support.small_report import plain

from helpers.outcomes.report import impact, in_detail, limits, sections
from helpers.outcomes.report.beside import claims
from helpers.publication import drawing
from helpers.publication.blocks import ref, told
from helpers.publication.facts.resolve import resolve
from helpers.publication.wording import WORDS
from helpers.publication.wording.beside.in_tables import told_of_rows

SIZE, BEHIND, SHARE, QUALITY = (
    "all.n_treatment",
    f"all.{TIME}.n_treatment",
    "all.share_matched",
    "all.match_quality",
)
TEST, BALANCE = f"all.{RATE}.p_value", "all.balance.age.smd_after"
#: words that tell of a number -> the numbers that have to be shown beside them
TELL = {
    "fewer than thirty": BEHIND,
    "fewer than sixty": SIZE,
    "So few people": SIZE,
    "fewer than eight in ten": SHARE,
    "Too many of the people": SHARE,
    "At least nine in ten": SHARE,
    "alike enough to compare": QUALITY,
    "not closely enough": QUALITY,
    "well matched": QUALITY,
    "poorly matched": QUALITY,
    "no characteristic differs": BALANCE,
    "all two characteristics": BALANCE,
    "to test the difference": TEST,
    "too few people to test": TEST,
    "about too few": "",
    "all but": "",
}
#: cohort (those who reoffend, and sizes), what matching came to
STUDIES = {
    "shown": (((40, 100), (100, 200)), {}),
    "thirty": (((29, 100), (100, 200)), {}),
    "untested": (((5, 100), (100, 200)), {}),
    "sixty": (((20, 100), (59, 200)), {}),
    "eight in ten": (((40, 100), (100, 200)), {"share_matched": 0.5}),
    "poor": (((40, 100), (100, 200)), {"quality": "poorly"}),
}


def subsets(names):
    return chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))


def quality_recipe():
    return {
        "noun": "people",
        "analysis": "All",
        "several": False,
        "match_quality": ref(QUALITY, "text"),
        "differences": [ref(BALANCE, "smd")],
        "n_treatment": ref(SIZE),
        "n_comparison": ref("all.n_comparison"),
        "effective_comparison": ref("all.effective_comparison"),
        "share_matched": ref(SHARE, "per_cent"),
        "sizes": {"see": "sizes"},
        "limited": False,
        "lost": "",
        "weighted": True,
    }


@pytest.mark.parametrize("name", STUDIES)
def test_no_words_tell_a_limit_of_a_number_that_is_hidden(tmp_path, name):
    (reoffend, size), match = STUDIES[name]
    stage = Stage(tmp_path, {"All": people("All", reoffend, size)}, {"All": match})
    of = (stage.run, stage.results, stage.sizes)
    made = [
        *sections.main_points(*of),
        *impact.measures_of_impact(*of),
        *claims.can_say(*of),
        *in_detail.in_detail(*of),
        limits.limits(stage.run, stage.results),
    ]
    recipes = [block.recipe for block in made]
    recipes.append({"block": "words", "words": "match_quality",
                    "data": quality_recipe()})  # fmt: skip
    everything = {ref: cell.value for ref, cell in stage.run.cells.items()}
    for hidden in subsets((SIZE, BEHIND, SHARE, QUALITY, TEST, BALANCE)):
        shown = {ref: value for ref, value in everything.items() if ref not in hidden}
        said = plain(" ".join(_words(recipe, shown) for recipe in recipes))
        for words, number in TELL.items():
            if number in hidden or not number:
                assert words not in said, (hidden, words)


def _words(recipe, shown):
    """Words of a block, its notes among them; a drawing is slow, and has none else."""
    if recipe["block"] == "words":
        return WORDS[recipe["words"]](resolve(recipe["data"], shown))
    return " ".join(map(told_of_rows, resolve(recipe["notes"], shown)))


def test_words_that_tell_of_a_number_are_said_where_it_is_shown():
    said = told("Few.", "a", "b", otherwise="Hidden.")
    assert resolve(said, {"a": 1.0, "b": None}) == "Few."
    assert resolve(said, {"a": 1.0}) == "Hidden."
    assert told("", "a") == ""


def test_a_note_that_tells_of_a_hidden_number_is_left_out(tmp_path):
    stage = Stage(tmp_path, {"All": people("All", (29, 100))})
    table = impact.measures_of_impact(stage.run, stage.results, stage.sizes)[-1]
    numbers = {ref: cell.value for ref, cell in stage.run.cells.items()}
    assert "fewer than thirty" in drawing.render(table.recipe, numbers)
    del numbers[BEHIND]
    shown = drawing.render(table.recipe, numbers)
    assert "fewer than thirty" not in shown and "Note: <" not in shown


@pytest.mark.parametrize("match", [{}, {"share_matched": 0.5}, {"quality": "poorly"}])
def test_where_all_is_hidden_the_words_are_the_same(tmp_path, match):
    """A reader cannot tell from them why there are no main points."""
    stage = Stage(tmp_path, {"All": people("All", size=(59, 200))}, {"All": match})
    points = sections.main_points(stage.run, stage.results, stage.sizes)[0].recipe
    said = plain(WORDS["main_points"](resolve(points["data"], {})))
    assert said.startswith("Not shown The result is not a main point of this report")
    assert "for a reason that follows from numbers hidden to protect people" in said
