"""Limits of the method stand in one module, and sentences tell them by it."""

import re

from support import layout

from helpers.files import ROOT
from helpers.outcomes.report import reasons
from helpers.publication.wording.number_words import all_but_one_in, in_ten, one_in
from helpers.request import limits

HOME = "helpers/request/limits.py"
ROOMS = ("publication", "matching", "outcomes", "charts", "request")
SOURCE = {
    path: text
    for path, text in layout.source_of(ROOT).items()
    if path.split("/")[1] in ROOMS
}
NUMBERS = {
    limits.WELL,
    limits.REASONABLE,
    limits.HEADLINED,
    limits.NEARLY_ALL,
    100 * limits.HEADLINED,
    100 * limits.NEARLY_ALL,
    limits.ALPHA,
    limits.EVENTS,
    limits.REOFFENDERS,
}
#: how sentences and rules would tell them again
TOLD = re.compile(
    r"fewer than (ten|thirty|eight in ten|nine in ten)|in twenty|one in five"
    r"|p-value is 0\.05|≤ 5|≤ 10|[05] to (5|10)|above 10\b"
)


def test_no_module_compares_with_a_limit_by_its_number():
    assert layout.compared_with(SOURCE, NUMBERS, HOME) == []


def test_no_sentence_tells_a_limit_by_its_number():
    found = [
        f"{path}: line {line}: {value}"
        for path, line, value in layout.constants(SOURCE)
        if isinstance(value, str) and TOLD.search(value)
    ]
    assert found == []


def test_a_limit_has_its_value_in_one_module():
    names = "WELL|REASONABLE|HEADLINED|NEARLY_ALL|ALPHA|EVENTS|REOFFENDERS"
    given = re.compile(rf"^(\w+, )?({names})(, \w+)?(: \w+)? = \(?\d", re.MULTILINE)
    assert [path for path, text in SOURCE.items() if given.search(text)] == [HOME]


def test_words_follow_from_the_limits():
    assert in_ten(limits.HEADLINED) == "eight in ten"
    assert in_ten(limits.NEARLY_ALL) == "nine in ten"
    assert one_in(limits.ALPHA) == "one in twenty"
    assert one_in(limits.ALPHA, "study") == "one study in twenty"
    assert one_in(limits.UNKNOWN_STARTS) == "one in five"
    assert all_but_one_in(limits.ALPHA) == "nineteen in twenty"
    assert "fewer than thirty people" in reasons.FEW_REOFFENDERS
