"""What changes where people helped at one place are taken together, in words."""

import re

from support.small_words import measure

from helpers.publication.wording.beside import sites

DECREASE = (40.2, 46.4, -11.3, -1.6, 0.0173)
WIDER = (40.2, 46.4, -13.4, 1.2, 0.09)


def said(first, second, kind="rate"):
    """The list items, and the sentence before them."""
    pair = {
        "first": measure(kind, behind=first),
        "second": measure(kind, behind=second),
    }
    given = {"noun": "people", "pairs": [pair]}
    text = re.sub(r"</?(data|span)[^>]*>", "", sites.sites(given))
    return re.findall(r"<li>(.*?)</li>", text), text


def test_a_finding_that_changes_is_said_with_both_intervals():
    [text], lead = said(DECREASE, WIDER)
    assert text == (
        "One-year proven reoffending rate: the interval becomes 13 fewer to 1 more, "
        "where it was 2 to 11 fewer, for every 100 people. The finding changes from "
        "“statistically significant decrease” to “inconclusive”."
    )
    assert "The people in the programme were helped in ten places or more." in lead
    assert "All other findings of this report rest on the first." in lead


def test_a_finding_that_does_not_change_is_said_so():
    [text], _ = said(DECREASE, (40.2, 46.4, -12.4, -0.3, 0.04))
    assert text.endswith(
        "becomes 0.3 to 12 fewer, where it was 2 to 11 fewer, for every 100 people. "
        "The finding does not change."
    )


def test_an_interval_that_is_printed_alike_stays():
    [text], _ = said(DECREASE, (40.2, 46.4, -11.4, -1.5, 0.02))
    assert "the interval stays 2 to 11 fewer, for every 100 people." in text


def test_a_time_is_told_in_days():
    [text], _ = said((90, 80, -3, 23, 0.1), (90, 80, -9, 29, 0.3), kind="days")
    assert text.startswith(
        "Time to first reoffence: the interval becomes 9 days shorter to 29 days "
        "longer, where it was 3 days shorter to 23 days longer."
    )


def test_what_is_hidden_or_not_tested_has_no_sentence():
    for hidden in ("c", "z"):
        assert said((hidden,) * 5, (hidden,) * 5)[0] == []
    assert said((8.1, 15.2, -13.2, -0.2, "z"), ("z",) * 5)[0] == []
