"""What printed shares say of people, and ranges around them."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.publication.disclosure import shares
from helpers.publication.disclosure.rules import profile

DEFAULT, ROUNDED = profile("default", 10), profile("rounded", 10)


def test_a_whole_per_cent_by_hand():
    # 12% of 200 is printed of 23 (11.5) to 24.9: 23 and 24
    assert shares.people_of(12, 200, DEFAULT) == (23, 24)
    # 25 of 200 is 12.5, which is printed as 13
    assert shares.printed(25, 200, DEFAULT) == 13
    assert shares.people_of(13, 200, DEFAULT) == (25, 26)
    # 23 of 118 in rounded counts: 25 of 120, 20.8
    assert shares.printed(23, 118, ROUNDED) == 21


@given(st.integers(1, 400), st.data())
def test_bounds_of_a_share_hold_its_count(whole, data):
    count = data.draw(st.integers(0, whole))
    low, high = shares.people_of(shares.printed(count, whole, DEFAULT), whole, DEFAULT)
    assert low <= count <= high
    for other in (low, high):
        assert shares.printed(other, whole, DEFAULT) == shares.printed(
            count, whole, DEFAULT
        )


@given(st.integers(1, 400), st.data())
def test_bounds_of_a_share_of_rounded_counts_hold_the_count(whole, data):
    count = data.draw(st.integers(0, whole))
    if shares.printed(whole, whole, ROUNDED):  # a group that rounds to nobody has none
        share = shares.printed(count, whole, ROUNDED)
        low, high = shares.people_of(share, whole, ROUNDED)
        assert low <= count <= high


@given(st.integers(1, 400), st.sampled_from([2, 5, 10]), st.data())
def test_a_step_holds_its_count(whole, step, data):
    count = data.draw(st.integers(0, whole))
    ends = shares.step_of(count, whole, step)
    low, high = shares.people_in(ends, whole, step=True)
    assert low <= count <= high
    assert ends[1] - ends[0] == step


def test_a_range_goes_outwards():
    # 23 of 200 is 11.5 per cent, 34 of 210 is 16.2
    assert shares.outwards((23, 200), (34, 210)) == (11, 17)
    assert shares.in_words((11, 17)) == "11 to 17%"
    assert shares.outwards((0, 200), (230, 210)) == (0, 100)


def test_a_standardised_difference_leaves_few_of_a_share():
    # of 200 treated 30% are 59 to 60; against 30% of a pool the difference of
    # exactly 30% (60) is 0 to 1.1 either way, that of 40% would be 20 away
    assert shares.by_difference((59, 60), 200, 30, 0.0) == (59, 60)
    low, high = shares.by_difference((40, 80), 200, 30, 0.0)
    assert 55 <= low <= 60 <= high <= 65
