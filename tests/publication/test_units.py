"""What an amount is counted in."""

import pytest

from helpers.publication import units


@pytest.mark.parametrize(
    ("unit", "around", "money", "one"),
    [
        ("£", ("£", ""), True, "pound"),
        ("£ a week", ("£", "a week"), True, "pound a week"),
        ("US$", ("US$", ""), True, "US$"),
        ("pounds", ("", "pounds"), True, "pound"),
        ("weeks", ("", "weeks"), False, "week"),
        ("hours a week", ("", "hours a week"), False, "hour a week"),
        ("percentage points", ("", "percentage points"), False, "percentage point"),
        ("kg", ("", "kg"), False, "kg"),
        ("GCSE passes", ("", "GCSE passes"), False, "GCSE pass"),
        ("", ("", ""), False, ""),
    ],
)
def test_a_currency_sign_stands_before_and_every_other_unit_after(
    unit, around, money, one
):
    assert units.around(unit) == around
    assert units.money(unit) is money
    assert units.one(unit) == one


@pytest.mark.parametrize(
    ("label", "unit", "expected"),
    [
        ("earnings", "£", "average earnings"),
        ("weeks in work", "weeks", "average number of weeks in work"),
        ("Weeks in work", "weeks", "average number of Weeks in work"),
        ("weekly pay", "£", "average weekly pay"),
        ("average weekly pay", "£", "average weekly pay"),
    ],
)
def test_an_average_is_named_once(label, unit, expected):
    assert units.average(label, unit) == expected


def test_money_is_whole_and_everything_else_has_one_decimal():
    assert units.formats("£") == ("amount", "lower")
    assert units.formats("weeks") == ("amount_tenth", "lower_tenth")
