"""People kept in steps: what a reader can work out of the few by whom ways differ."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.outcomes.report.robustness.estimators import kept
from helpers.publication.disclosure.audit import tells
from helpers.publication.disclosure.rules import Profile, profile

DEFAULT = Profile(0, 10)


@pytest.mark.parametrize(
    ("own", "told"),
    [
        # 663 in the headline: up to 10 fewer are about as many, 11 to 30 are 20 fewer
        (700, 663), (663, 663), (653, 663), (652, 643), (633, 643), (632, 623),
        (526, 523),
    ],
)  # fmt: skip
def test_steps_are_counted_from_the_headline(own, told):
    assert kept.about(own, 663, DEFAULT) == told


def test_of_a_small_study_steps_would_mean_little():
    assert kept.about(90, 99, DEFAULT) is None
    assert kept.about(90, 100, DEFAULT) == 100


def test_where_nothing_is_hidden_people_are_told_exactly():
    assert kept.about(651, 663, None) == 651
    assert not kept.too_few(3, 663, None)


def test_steps_begin_at_the_headline_as_printed():
    """Profile rounded prints 663 as 665, and hides counts up to seven: steps of 16."""
    rule = profile("rounded", 10)
    assert kept.about(663, 663, rule) == 665
    assert kept.about(650, 663, rule) == 649


def can_be(told, headline, most, rule):
    """Every number of people that a way may keep, to one who knows the rule."""
    return [n for n in range(most + 1) if kept.about(n, headline, rule) == told]


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_the_few_by_whom_a_way_and_the_headline_differ_are_not_told(data):
    """Suppression cannot be undone: neither the few, nor those left unmatched.

    The reader knows how many the headline has and leaves unmatched, and which way has
    all the people of the other.
    """
    rule = Profile(data.draw(st.sampled_from([0, 1])), data.draw(st.integers(3, 20)))
    headline = data.draw(st.integers(10 * rule.threshold, 14 * rule.threshold))
    unmatched = data.draw(st.integers(0, 3 * rule.threshold))
    everyone = headline + unmatched
    own = data.draw(st.integers(0, everyone))
    told = kept.about(own, headline, rule)
    possible = can_be(told, headline, everyone, rule)
    inside = own <= headline
    differ = [abs(headline - n) for n in possible if (n <= headline) == inside or
              n == headline]  # fmt: skip
    count = abs(headline - own)
    # that fewer than the threshold are left unmatched is hidden by itself
    assume(inside or unmatched >= rule.threshold)
    nobody = Profile(1, rule.threshold)
    assert not tells((min(differ), max(differ)), count, nobody)
    left = [everyone - n for n in possible]
    if unmatched:
        assert not tells((min(left), max(left)), everyone - own, nobody)


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_the_few_by_whom_two_ways_differ_are_not_told(data):
    rule = Profile(0, data.draw(st.integers(3, 20)))
    headline = data.draw(st.integers(10 * rule.threshold, 14 * rule.threshold))
    everyone = headline + 5 * rule.threshold
    large = data.draw(st.integers(0, everyone))
    small = data.draw(st.integers(0, large))
    assume(not kept.too_few(small, headline, rule))  # of which nothing is told
    told = [kept.about(n, headline, rule) for n in (large, small)]
    spans = [can_be(one, headline, everyone, rule) for one in told]
    least = max(0, min(spans[0]) - max(spans[1]))
    most = max(spans[0]) - min(spans[1])
    assert not tells((least, most), large - small, Profile(1, rule.threshold))


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(3, 20), st.data())
def test_a_way_that_may_keep_too_few_is_not_told_and_may_keep_enough(threshold, data):
    rule = Profile(0, threshold)
    headline = data.draw(st.integers(threshold, 30 * threshold))
    gone = [n for n in range(headline + 1) if kept.too_few(n, headline, rule)]
    told = [n for n in range(headline + 1) if n not in gone]
    assert not gone or max(gone) >= min(threshold, headline)
    assert not told or min(told) >= 2 * threshold or headline < 3 * threshold
