"""Which measures have a better way, and the words and marks of those that have none."""

import pytest
from support.small_words import OWN, data, measure, number

from helpers.publication.figures import measures as figure
from helpers.publication.wording.beside.in_tables import in_cell
from helpers.publication.wording.findings import headline_sentence
from helpers.publication.wording.verdicts import MARKS, colour, mark, tag_words

#: each group's own interval
LIMITS = {
    f"ci_{group}_{end}": number(f"{group}{end}", value)
    for group, ends in (("treatment", (42, 50)), ("comparison", (38, 42)))
    for end, value in zip(("low", "high"), ends, strict=True)
}
COUNTED = pytest.mark.parametrize("kind", ["rate", "frequency"])
SIDES = pytest.mark.parametrize(
    ("found", "side"), [("decrease", "fewer"), ("increase", "more")]
)


@COUNTED
@SIDES
def test_of_a_column_of_the_request_neither_way_is_the_better_one(kind, found, side):
    one = measure(kind, found, own=True, own_label=True)
    assert colour(one) == "neutral"
    arrow = {"fewer": MARKS["less"], "more": MARKS["more"]}[side]
    assert arrow in mark(one)
    assert tag_words(one) == f"Statistically significant difference: {side}"
    assert in_cell(one) == f"Yes: {side}"
    brief = headline_sentence(data(one))
    assert "This is a statistically significant difference." in brief
    assert "crease" not in brief


@COUNTED
@pytest.mark.parametrize("found", ["decrease", "increase"])
def test_a_standard_measure_keeps_its_verdict_under_another_label(kind, found):
    one = measure(kind, found, OWN)
    assert one.own_label
    assert colour(one) == found
    assert MARKS[found] in mark(one)
    assert tag_words(one) == f"Statistically significant {found}"
    article = "a" if found == "decrease" else "an"
    assert in_cell(one) == f"Yes: {article} {found}"


def test_an_inconclusive_column_of_the_request_is_inconclusive():
    one = measure(found="inconclusive", own=True)
    assert (colour(one), tag_words(one)) == ("inconclusive", "Inconclusive")


def test_the_figure_draws_it_without_the_colours_of_reoffending():
    drawn = {}
    for own in (True, False):
        one = measure(found="increase", own=own, **LIMITS)
        given = figure.Data("people", "", [one])
        lines = figure.draw(given, narrow=False).axes[0].lines
        drawn[own] = {str(line.get_marker()) for line in lines}
    assert ">" in drawn[True] and "D" not in drawn[True]
    assert "D" in drawn[False] and ">" not in drawn[False]
