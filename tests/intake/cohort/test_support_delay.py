"""Time before support: donors, draws, and who is left out."""

import numpy as np
import pandas as pd
import pytest

from helpers.intake.cohort import draws
from helpers.intake.cohort.support_delay import assign

BEFORE = "reoffended before support"
SEED = 5


def person(i, treatment, delay=np.nan, index="2021-02-01", disposal="custody", **more):
    return {"person_id": i, "treatment": treatment, "delay": delay,
            "index_date": pd.Timestamp(index), "disposal": disposal,
            "custody_start": pd.NaT, "left_out": None} | more  # fmt: skip


def given(rows) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(
        {"left_out": "str", "custody_start": "datetime64[us]", "delay": float}
    )


def run(rows, first=()):
    """`first`: person → day of the first reoffence."""
    people = given(rows)
    days = people["person_id"].map(dict(first)).astype(float)
    outcomes = people[["person_id"]].assign(days_to_first_reoffence=days)
    return assign(people, outcomes, SEED)


def donors(n, **more):
    """Delays of 0 to n − 1, the longest with the lowest id."""
    return [person(f"T{i:02d}", 1, n - 1 - i, **more) for i in range(n)]


def number(who, size):
    return int(draws.units(SEED, "delay", [who])[0]) * size // 2**64


@pytest.mark.parametrize("delay", [-20, 0, 1, 30])
@pytest.mark.parametrize("first", [1, 29, 30, 31, 365, None])
def test_a_reoffence_before_support_leaves_a_treated_person_out(delay, first):
    rows = [*donors(10), person("X", 1, delay)]
    found = run(rows, {"X": first} if first else {}).people
    box = found.set_index("person_id")["left_out"]
    assert (box["X"] == BEFORE) == (first is not None and first < delay)
    assert box.drop("X").isna().all()


@pytest.mark.parametrize(
    ("rows", "stratum"),
    [
        (donors(10), "sentence type and quarter"),
        # nine of the quarter and one of another quarter of the year
        (donors(9) + [person("Z", 1, 99, "2021-12-31")], "sentence type and year"),
        (donors(9) + [person("Z", 1, 99, "2020-12-31")], "sentence type"),
        (donors(9) + [person("Z", 1, 99, disposal="fine")], "everyone"),
        (donors(1), "everyone"),
        # the narrowest stratum with ten goes before a larger one
        (donors(10) + [person("Z", 1, 99, "2021-12-31")], "sentence type and quarter"),
    ],
)
def test_fewer_than_ten_donors_widen_the_stratum(rows, stratum):
    delays = run([*rows, person("Q", 0)])
    table = delays.strata.set_index("stratum")
    assert table["pool"].to_dict() == {s: int(s == stratum) for s in table.index}
    narrow = stratum == "sentence type and quarter"
    pool = [r["delay"] for r in rows if not narrow or r["person_id"] != "Z"]
    drawn = delays.people.set_index("person_id").loc["Q", "delay"]
    assert drawn == sorted(pool)[number("Q", len(pool))]


def test_the_order_of_rows_does_not_matter():
    rows = [*donors(12), *(person(f"Q{i}", 0) for i in range(50))]
    first = {f"Q{i}": 6 for i in range(0, 50, 3)}
    once = run(rows, first).people.set_index("person_id").sort_index()
    again = run(rows[::-1], first).people.set_index("person_id").sort_index()
    pd.testing.assert_frame_equal(once, again)


def test_donors_are_the_treated_left_after_the_exclusion():
    """The longest delay belongs to someone who reoffended before: nobody draws it."""
    rows = [*donors(10), person("X", 1, 300),
            person("Y", 1, 200, left_out="outside the age limits"),
            *(person(f"Q{i}", 0) for i in range(200))]  # fmt: skip
    delays = run(rows, {"X": 5})
    assert delays.donors == 10
    pool = delays.people[delays.people["treatment"] == 0]
    assert set(pool["delay"]) == set(range(10))


def test_a_pool_person_is_left_out_by_one_draw_and_never_drawn_again():
    rows = [*donors(10), *(person(f"Q{i}", 0) for i in range(40))]
    people = run(rows, {f"Q{i}": 5 for i in range(40)}).people
    pool = people[people["treatment"] == 0]
    expected = [number(p, 10) for p in pool["person_id"]]
    assert pool["delay"].tolist() == expected
    assert (pool["left_out"] == BEFORE).tolist() == [d > 5 for d in expected]


def test_treated_people_without_a_start_draw_likewise():
    rows = [*donors(10), person("X", 1), person("Y", 1)]
    delays = run(rows, {"X": 1})
    people = delays.people.set_index("person_id")
    assert (delays.missing, delays.treated, delays.donors) == (2, 12, 10)
    assert people.loc["X", "delay"] == number("X", 10)
    assert (people.loc["X", "left_out"] == BEFORE) == (number("X", 10) > 1)
    assert delays.strata["treatment"].sum() == 2


@pytest.mark.parametrize(("missing", "corrected"), [(2, True), (3, False)])
def test_more_than_a_fifth_missing_means_no_correction(missing, corrected):
    rows = [*donors(8), *(person(f"X{i}", 1) for i in range(missing)), person("Q", 0),
            person("L", 1, left_out="outside the age limits")]  # fmt: skip
    delays = run(rows, {"T00": 3})  # delay 7
    assert delays.corrected == corrected
    box = delays.people.set_index("person_id")["left_out"]
    assert (box["T00"] == BEFORE) == corrected
    columns = delays.people[["days_to_support", "support_after_index"]]
    assert columns.notna().all(axis=None) == corrected
    assert columns.isna().all(axis=None) != corrected
    assert delays.people["cut_off"].notna().all()


def test_without_donors_there_is_nothing_to_draw_from():
    rows = [*(person(f"T{i}", 1, 40) for i in range(5)), person("X", 1), person("Q", 0)]
    delays = run(rows, {**{f"T{i}": 5 for i in range(5)}, "Q": 1})
    box = delays.people.set_index("person_id")["left_out"]
    # nobody of the programme goes on: neither those early nor one without a start
    assert set(box[[f"T{i}" for i in range(5)]]) == {BEFORE}
    assert box["X"] == "no suitable sentence" and pd.isna(box["Q"])
    assert delays.donors == 0 and delays.people["days_to_support"].isna().all()
    assert not run([person("Q", 0)]).corrected


def test_delay_covariates_and_cut_off():
    rows = donors(10) + [
        person("A", 1, -30, custody_start=pd.Timestamp("2020-06-01")),
        # support began before custody did: covariates end with its start
        person("B", 1, -30, custody_start=pd.Timestamp("2021-01-20")),
        person("C", 1, 25),
    ]
    people = run(rows).people.set_index("person_id").loc[["A", "B", "C"]]
    assert people["days_to_support"].tolist() == [0, 0, 25]
    assert people["support_after_index"].tolist() == ["No", "No", "Yes"]
    assert people["cut_off"].dt.strftime("%Y-%m-%d").tolist() == [
        "2021-01-02", "2021-01-20", "2021-02-01",
    ]  # fmt: skip
