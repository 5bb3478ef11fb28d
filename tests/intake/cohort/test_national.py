"""The pool beside England and Wales, year by year, against hand calculation."""

import pandas as pd
import pytest

from helpers.intake.cohort.national import compared, in_words


def pool(year: int, people: int, again: int, each: int, treatment: int = 0):
    ids = [f"{treatment}-{year}-{i}" for i in range(people)]
    here = pd.DataFrame({
        "person_id": ids, "treatment": treatment,
        "index_date": pd.Timestamp(f"{year}-04-01"), "left_out": None,
    })  # fmt: skip
    after = pd.DataFrame({
        "person_id": ids,
        "reoffended": [1.0] * again + [0.0] * (people - again),
        "reoffences": [float(each)] * again + [0.0] * (people - again),
    })  # fmt: skip
    return here, after


def both(*parts, complete_to="2030-01-01") -> pd.DataFrame:
    people, after = zip(*parts, strict=True)
    people, after = (pd.concat(part, ignore_index=True) for part in (people, after))
    return compared(people, after, complete_to)


@pytest.mark.parametrize(
    ("again", "each", "near"),
    [
        (141, 4, [True, True]),  # 14.1 of 28.19 per cent is half and a little
        (140, 4, [False, True]),
        (563, 4, [True, True]),
        (564, 4, [False, True]),
        (300, 2, [True, False]),  # 4.73 reoffences a reoffender: 2.37 to 9.46
        (300, 9, [True, True]),
        (300, 10, [True, False]),
    ],
)
def test_half_to_double_of_what_is_published_is_near(again, each, near):
    """2023/24: 93,413 of 331,356 reoffended, 441,946 times."""
    table = both(pool(2023, 1000, again, each))
    assert table["near"].tolist() == near
    assert table["country"].tolist() == pytest.approx([0.281911, 4.731097], abs=1e-6)
    assert table["pool"].tolist() == [again / 1000, each]


def test_years_begin_in_april_and_the_nearest_published_year_stands_for_others():
    early, late = pool(2011, 100, 30, 3), pool(2025, 100, 30, 3)
    march = pool(2016, 100, 30, 3)
    march[0]["index_date"] = pd.Timestamp("2016-03-31")
    table = both(early, late, march)
    assert table["year"].tolist() == [2011, 2015, 2025]
    known = [194500 / 628761, 154375 / 523366, 93413 / 331356]
    assert table["country"].tolist() == pytest.approx(known)


def test_few_people_the_treated_and_those_left_out_say_nothing():
    here, after = pool(2020, 150, 10, 3)
    here.loc[:50, "left_out"] = "not yet followed up"
    assert both((here, after), pool(2021, 500, 1, 3, treatment=1)).empty
    table = both(pool(2020, 100, 99, 3))
    assert table["measure"].tolist() == ["rate"]  # of 99 reoffenders nothing is said


def test_both_numbers_are_told():
    table = both(pool(2023, 1000, 100, 12))
    assert in_words(table.iloc[0]) == ("14% to 56%", "10%, 28% in England and Wales")
    assert in_words(table.iloc[1]) == ("2.4 to 9.5", "12.0, 4.7 in England and Wales")


def test_whoever_is_not_followed_up_for_a_year_is_not_held_against_the_country():
    """1 April 2023 and 548 days are 30 September 2024 (2024 has a 29 February)."""
    year = pool(2023, 100, 30, 3)
    assert len(both(year, complete_to="2024-09-30"))
    assert both(year, complete_to="2024-09-29").empty
