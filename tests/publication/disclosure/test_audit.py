"""Bounds of whole numbers: by hand, and closed forms against integer programming."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.publication.disclosure.audit import Model, tells, tells_of_group
from helpers.publication.disclosure.rules import profile

DEFAULT, MINISTRY = profile("default", 10), profile("ministry", 10)


def test_the_last_part_of_a_sum_is_told():
    model = Model()
    model.bound("all", 20, 20)
    for name, count in {"a": 12, "b": 5}.items():
        model.bound(name, count, count)
    model.add_up("all", ("a", "b", "c"))
    model.narrow()
    assert model.span("c") == (3, 3)


def test_two_hidden_parts_share_what_is_left():
    model = Model()
    model.bound("all", 20, 20)
    model.bound("a", 6, 8)  # a share in whole per cent
    model.bound("b", 1)
    model.add_up("all", ("a", "b", "c"))
    model.narrow()
    assert model.span("b") == (1, 14)
    assert model.span("c") == (0, 13)


def test_a_circle_is_seen_through_by_programming_alone():
    # x + y = 10, y + z = 10, x + z = 10: each is 5
    model = Model()
    for name in ("t", "u", "v"):
        model.bound(name, 10, 10)
    for total, parts in {"t": "xy", "u": "yz", "v": "xz"}.items():
        model.add_up(total, tuple(parts))
    model.narrow()
    assert model.span("x") == (0, 10)
    assert model.exact("x") == (5, 5)


def test_what_cannot_be_is_said_to_contradict_itself():
    model = Model()
    model.bound("all", 4, 4)
    model.bound("a", 6, 6)
    model.add_up("all", ("a", "b"))
    with pytest.raises(ValueError, match="contradicts itself"):
        model.narrow()


@st.composite
def trees(draw):
    """A total and its parts, some of them made of parts, as in areas and regions."""
    model, truth = Model(), {}

    def grow(name, depth):
        names = [f"{name}{i}" for i in range(draw(st.integers(2, 3)))]
        for one in names:
            deeper = depth and draw(st.booleans())
            truth[one] = grow(one, depth - 1) if deeper else draw(st.integers(0, 12))
        model.add_up(name, names)
        return sum(truth[one] for one in names)

    truth["t"] = grow("t", 2)
    for name, count in truth.items():
        slack = draw(st.sampled_from([0, 1, 3, 40]))
        model.bound(name, max(count - slack, 0), count + slack)
    return model, truth


@settings(max_examples=examples(60), deadline=None)
@given(trees())
def test_closed_forms_are_exact_where_sums_form_no_circle(drawn):
    model, truth = drawn
    model.narrow()
    for name, count in truth.items():
        low, high = model.span(name)
        assert low <= count <= high
        assert model.exact(name) == (low, high)


# when bounds say too much -----------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "count", "told"),
    [
        ((0, 10), 4, False),  # from the lowest unsafe number to the threshold
        ((1, 10), 4, True),  # not nobody
        ((0, 9), 4, True),  # seen to be unsafe
        ((3, 3), 3, True),
        ((12, 14), 13, False),  # safe, whatever is told of it
    ],
)
def test_bounds_of_an_unsafe_count_reach_from_nobody_to_the_threshold(
    span, count, told
):
    assert tells(span, count, DEFAULT) is told


def test_a_row_that_is_there_has_somebody_in_it():
    assert not tells((1, 10), 4, DEFAULT, least=1)
    assert tells((2, 10), 4, DEFAULT, least=1)


def test_by_the_ministrys_rule_nobody_is_no_secret():
    assert not tells((0, 0), 0, MINISTRY)
    assert not tells((1, 10), 4, MINISTRY)
    assert tells((1, 9), 4, MINISTRY)


def test_the_rest_of_a_group_counts_as_well():
    # 96 of 100: the other 4 must be able to be nobody, and ten
    assert tells_of_group((91, 100), 96, 100, DEFAULT)
    assert not tells_of_group((90, 100), 96, 100, DEFAULT)


def test_a_threshold_of_three_can_be_met():
    assert not tells((1, 3), 2, profile("default", 3), least=1)
