"""Draws: exact, and the same for everyone who works them out."""

from fractions import Fraction
from hashlib import sha256

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.cohort import draws

UNIT = st.integers(0, 2**64 - 1)


def test_a_draw_is_the_first_eight_bytes_of_the_digest():
    found = draws.units(7, "keep", ["P1", "Ödön"])
    assert found.tolist() == [
        int.from_bytes(sha256(text.encode()).digest()[:8], "big")
        for text in ("7|keep|P1", "7|keep|Ödön")
    ]
    assert draws.units(7, "keep", []).tolist() == []


def test_further_draws_are_those_of_splitmix64():
    """The numbers that its published test gives for the seed 1234567 (Rosetta Code)."""
    u = np.array([1234567, 1234567], np.uint64)
    known = [6457827717110365317, 3203168211198807973, 9817491932198370423,
             4593380528125082431, 16408922859458223821]  # fmt: skip
    for number, value in enumerate(known, start=1):
        assert draws.further(u, number).tolist() == [value, value]


@given(UNIT, st.integers(1, 10**9), st.integers(1, 10**9))
def test_below_is_exact(u, part, whole):
    chance = min(Fraction(part, whole), Fraction(1))
    below = draws.below(np.array([u], np.uint64), [chance], np.array([0]))
    assert below[0] == (Fraction(u, 2**64) < chance)


def test_below_at_the_limits_themselves():
    """2⁶⁴/5 lies between two whole numbers, which a double cannot tell apart."""
    first = 2**64 // 5
    u = np.array([first, first + 1, 2**64 - 1, 0], np.uint64)
    chances = [Fraction(0), Fraction(1, 5), Fraction(1)]
    below = draws.below(u, chances, np.array([1, 1, 2, 0]))
    assert below.tolist() == [True, False, True, False]


@given(UNIT, st.lists(st.fractions(0, 1), min_size=1, max_size=5))
def test_the_part_is_exact(u, others):
    parts = [Fraction(1), *others]
    part = draws.in_parts(np.array([u], np.uint64), parts)[0]
    place = Fraction(u, 2**64) * sum(parts)
    assert sum(parts[:part]) <= place < sum(parts[: part + 1])


@given(UNIT, st.integers(1, 1000))
def test_parts_of_the_same_length_are_numbers(u, size):
    one = np.array([u], np.uint64)
    assert draws.in_parts(one, [Fraction(1)] * size) == draws.numbered(one, size)


@given(UNIT, st.integers(1, 2**31 - 1))
def test_the_number_is_exact(u, size):
    expected = u * size // 2**64
    assert draws.numbered(np.array([u], np.uint64), size)[0] == expected
    assert 0 <= expected < size
