"""Whether the answer holds, in three sentences and in the lines of folds."""

import pytest
from support.small_report import plain
from support.small_words import measure, number
from support.ways import EVEN, HIDDEN, HIGH, HIGHISH, LOW, LOWISH, poor, way

from helpers.publication.wording import WORDS


def told(found, ways, kind="rate"):
    rows = [way(LOW, main=True), *ways]
    return {"measure": measure(kind, found), "ways": rows}


def placebo(large=4, of=200, none=""):
    return {
        "none": none,
        "groups": number("g", of, "count"),
        "estimated": number("e", of, "count"),
        "as_large": number("l", large, "count"),
    }


def holds(ways=None, earlier=None, made_up=None, several=False):
    data = {"analysis": "Men", "several": several}
    data |= {"ways": ways or {}, "earlier": earlier or {}, "placebo": made_up or {}}
    return plain(WORDS["holds"](data))


@pytest.mark.parametrize(
    ("found", "ways", "sentence", "line"),
    [
        (
            "decrease",
            [way(LOW)] * 11,
            "All eleven other ways of comparing also come out lower, all clearly.",
            "Eleven other ways: all lower",
        ),
        (
            "decrease",
            [*[way(LOW)] * 2, poor(LOWISH), way(HIGHISH)],
            "By four other ways of comparing: three lower, one higher, two clearly "
            "(in one the groups are not alike enough).",
            "Four other ways: three lower, one higher",
        ),
        (
            "increase",
            [way(HIGH), way(HIGHISH)],
            "Both other ways of comparing also come out higher, one clearly.",
            "Two other ways: all higher",
        ),
        (
            "decrease",
            [way(LOWISH)],
            "The one other way of comparing also comes out lower, but not clearly.",
            "One other way: lower",
        ),
        (
            "inconclusive",
            [way(LOWISH), way(HIGHISH), way(EVEN)],
            "All three other ways of comparing leave it open too.",
            "Three other ways: all open",
        ),
        (
            "inconclusive",
            [way(LOWISH), way(LOW), way(HIGH)],
            "By three other ways of comparing: one open, one clearly lower, one "
            "clearly higher.",
            "Three other ways: one open, one clearly lower, one clearly higher",
        ),
        (
            "withheld",
            [way(HIDDEN)],
            "By other ways of comparing nothing can be shown.",
            "Other ways: not shown",
        ),
    ],
)
def test_other_ways_are_one_sentence_and_one_line(found, ways, sentence, line):
    data = told(found, ways)
    assert holds(data) == sentence
    shown = WORDS["ways_in_brief"](data | {"analysis": "Men", "whose": False})
    assert plain(shown) == line


@pytest.mark.parametrize(
    ("found", "sentence", "line"),
    [
        (
            "decrease",
            "Warning: in an earlier year, before the programme, the groups already "
            "differed.",
            "An earlier year: 40 and 46 in 100",
        ),
        (
            "inconclusive",
            "In an earlier year, before the programme, no clear difference was found.",
            "An earlier year: 40 and 42 in 100",
        ),
        (
            "withheld",
            "What was found of an earlier year is not shown, to protect people.",
            "An earlier year: not shown",
        ),
        (
            "none",
            "Whether the groups differed in an earlier year is not known.",
            "An earlier year: not known",
        ),
    ],
)
def test_the_earlier_year_is_one_sentence_and_one_line(found, sentence, line):
    year = measure("rate", found)
    assert holds(earlier=year) == sentence
    assert plain(WORDS["earlier_in_brief"]({"measure": year, "whose": False})) == line


@pytest.mark.parametrize(
    ("made_up", "sentence", "line"),
    [
        (
            placebo(),
            "Of 200 made-up programmes, 4 came to as large a difference.",
            "200 made-up programmes: 4 as large",
        ),
        (
            placebo(0),
            "Of 200 made-up programmes, none came to as large a difference.",
            "200 made-up programmes: none as large",
        ),
        (
            placebo("c"),
            "How made-up programmes came out is not shown.",
            "Made-up programmes: not shown",
        ),
        (
            {"none": "few"},
            "Made-up programmes could not be judged.",
            "Made-up programmes: none to judge by",
        ),
    ],
)
def test_made_up_programmes_are_one_sentence_and_one_line(made_up, sentence, line):
    assert holds(made_up=made_up) == sentence
    assert plain(WORDS["made_up_in_brief"](made_up)) == line


def test_of_several_the_analysis_is_named():
    assert holds(earlier=measure("rate", "none"), several=True).startswith("Men. ")
    shown = WORDS["ways_in_brief"](
        told("decrease", [way(LOW)] * 2) | {"analysis": "Men", "whose": True}
    )
    assert plain(shown) == "Men: two other ways all lower"


def test_what_could_be_found_is_told_as_large_as_it_is_printed():
    given = {"measure": measure("rate"), "noun": "people", "value": number("v", 7.2)}
    given |= {"analysis": "Men", "whose": False}
    assert plain(WORDS["found_in_brief"](given)) == (
        "Could be found, from the comparison group alone: 7 in 100 people or more"
    )
    hidden = given | {"value": number("v", "c")}
    assert WORDS["found_in_brief"](hidden) == (
        "What could be found, from the comparison group alone: not shown"
    )


def test_a_line_above_several_headlines_names_the_one_it_tells_of():
    given = {"measure": measure("rate"), "noun": "people", "value": number("v", 7.2)}
    given |= {"analysis": "Men", "whose": True}
    assert plain(WORDS["found_in_brief"](given)) == (
        "Could be found (Men), from the comparison group alone: 7 in 100 people or more"
    )
    year = {"measure": measure("rate", "none"), "analysis": "Men", "whose": True}
    assert plain(WORDS["earlier_in_brief"](year)) == "An earlier year (Men): not known"
