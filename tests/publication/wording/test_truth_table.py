"""Every cell of kind, people, sign, significance, rounding and disclosure, in words.

The sentences of truth_table.yml were written before the wording was asked for them.
"""

import re

import pytest
from bs4 import BeautifulSoup
from support.small_report import plain
from support.small_words import data, measure
from support.truth_table import TABLE, VERDICTS, the_measure

from helpers.publication.wording import WORDS, findings
from helpers.publication.wording.measure.heading import heading
from helpers.publication.wording.verdicts import tag_words, verdict

CASES = [case for case in TABLE["numbers"] if case not in TABLE["hidden"]]
NOT_CLEAR = [case for case in CASES if VERDICTS.get(case, "untested") == "untested"]
#: what a noun is in the singular
NOUNS = {"people": "person", "men": "man", "women": "woman"}
SIDES = {"days": ("shorter", "longer"), "amount": ("lower", "higher")}
cells = pytest.mark.parametrize("of", TABLE["cells"])
nouns = pytest.mark.parametrize("noun", NOUNS)


def expected(text, noun="people"):
    """A sentence of the table, for this noun."""
    for name, sentence in TABLE["shared"].items():
        text = text.replace(f"[{name}]", sentence)
    kept = "to protect people"
    text = text.replace(kept, "@")
    for word, other in (("people", noun), ("person", NOUNS[noun])):
        text = text.replace(word, other).replace(word.title(), other.title())
    return text.replace("@", kept)


@cells
@nouns
@pytest.mark.parametrize("case", CASES)
def test_a_cell_says_what_was_written_for_it(of, case, noun):
    shown = the_measure(of, case)
    written = TABLE["cells"][of][case]
    point = plain(findings.in_one_line(shown, noun))
    assert point == expected(written["point"], noun)
    head = plain(findings.headline_sentence(data(shown, noun=noun)))
    assert head == expected(written["headline"], noun)
    named = {"decrease": "lower", "increase": "higher"}.get(verdict(shown), "unclear")
    line = TABLE["cells"][of]["headings"][named]
    assert plain(heading(shown, noun)) == expected(line, noun)


@cells
@nouns
@pytest.mark.parametrize("case", TABLE["hidden"])
def test_what_is_hidden_gives_its_reason_and_is_no_finding(of, case, noun):
    shown = the_measure(of, case)
    written = expected(TABLE["hidden"][case])
    assert plain(findings.in_one_line(shown, noun)) == written
    assert plain(findings.headline_sentence(data(shown, noun=noun))) == written
    assert plain(heading(shown, noun)) == f"{of.capitalize()}: the result is not shown"


@cells
@pytest.mark.parametrize("case", TABLE["numbers"])
def test_the_tag_of_a_cell_is_its_verdict(of, case):
    shown = the_measure(of, case)
    found = VERDICTS.get(case, "inconclusive")
    assert verdict(shown) == found
    less, more = SIDES.get(shown.kind, ("", ""))
    tags = {
        "decrease": f"Statistically significant difference: {less}"
        if less
        else "Statistically significant decrease",
        "increase": f"Statistically significant difference: {more}"
        if more
        else "Statistically significant increase",
        "inconclusive": "Inconclusive",
        "untested": "Inconclusive: too few people to test",
        "withheld": "Not shown, to protect people",
        "none": "Not shown",
    }
    assert tag_words(shown) == tags[found]


def test_an_increase_is_told_as_plainly_as_a_decrease():
    """The same sentence with the other word, and the two values changed places."""
    swap = {"lower": "higher", "Lower": "Higher", "Fewer": "More", "fewer": "more",
            "shorter": "longer", "decrease": "increase"}  # fmt: skip
    for of, cell in TABLE["cells"].items():
        for name in ("point", "headline"):
            down, up = cell["lower"][name], cell["higher"][name]
            numbers = re.findall(r"\b4[06](?:\.\d)?", down)
            for word, other in swap.items():
                down = down.replace(word, other)
            if numbers:
                low, high = numbers
                down = down.replace(low, "@").replace(high, low).replace("@", high)
            assert down == up, of


# everything that is said of a cell -------------------------------------------------

NEVER = {
    "no effect": r"\bno (?:effect|impact)\b|\bhad no\b|did not work",
    "a cause": r"\b(?:reduced|reduces|because of|led to|leads to|caused?|causes|"
    r"thanks to|due to|resulted in|works|worked|prevented|improved)\b",
    "one of many": r"(?<![\d,.])1 (?:people|men|women|days|weeks)\b",
    "between twice the same": r"between (\S+) and \1(?!\S)",
    "nought on one side": r"(?<![\d,.])0 (?:fewer|more|shorter|longer|lower|higher)\b",
    "a minus nought": "[-\N{MINUS SIGN}]0(?![.]?[1-9])",
    "two spaces": r"\S  +\S",
    "a symbol": r"\[[cz]\]|None|\bnan\b",
    "the same mark twice": r"\.\.|,,|,\.| [.,:;]",
}
#: of what is not clear, in which sentences alone these words may stand
NO_DIFFERENCE = re.compile(
    r"This does not mean that the programme made no difference|"
    r"This says nothing about whether the programme made a difference|"
    r"makes no difference to|does not show a difference either way"
)
SAME = re.compile(r"could be about the same, or (?:lower|shorter) by")


def every_text(shown, noun):
    given = data(shown, noun=noun)
    for name in ("main_points", "estimate", "can_say"):
        page = BeautifulSoup(WORDS[name](given), "html.parser")
        for element in page.find_all(["p", "li", "h3"]):
            if not element.find("p"):
                yield name, re.sub(r"(?<=\S)\n\s*", " ", element.get_text())
    others = data(measure(), shown, noun=noun)
    yield "main_points", plain(WORDS["main_points"](others))
    yield "headline", plain(findings.headline_sentence(given))


@cells
@nouns
@pytest.mark.parametrize("case", TABLE["numbers"])
def test_nothing_is_said_that_never_may_be(of, case, noun):
    shown = the_measure(of, case)
    for name, text in every_text(shown, noun):
        for what, pattern in NEVER.items():
            assert not re.search(pattern, text), (what, name, text)


@cells
@pytest.mark.parametrize(
    "case",
    [case for case in CASES if VERDICTS.get(case) not in ("decrease", "increase")],
)
def test_what_is_not_clear_is_never_no_difference(of, case):
    shown = the_measure(of, case)
    every = ""
    for name, text in every_text(shown, "people"):
        said = SAME.sub("", NO_DIFFERENCE.sub("", text))
        assert not re.search(r"\bno difference|\bthe same\b|\balike\b(?! *\.)", said), (
            name, text,
        )  # fmt: skip
        every += text
    assert "This does not mean that the programme made no difference." in every


@cells
@pytest.mark.parametrize("case", CASES)
def test_printed_values_never_contradict_the_difference_without_a_note(of, case):
    shown = the_measure(of, case)
    tenths = shown.difference.tenths
    treated, compared, *_ = TABLE["numbers"][case]

    def printed(value):
        return round(value + 1e-9, 1 if tenths else 0)

    gap = round(printed(treated) - printed(compared), 1)
    clear = verdict(shown) in ("decrease", "increase")
    if gap == printed(treated - compared) and (gap or not clear):
        return
    given = data(shown)
    texts = [WORDS["main_points"](given), WORDS["estimate"](given)]
    if clear and not gap:  # else the headline tells no difference to contradict
        texts.append(findings.headline_sentence(given))
    for text in texts:
        assert re.search("[Bb]efore rounding|these rounded", plain(text)), plain(text)
