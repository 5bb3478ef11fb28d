"""One cohort: every line in one box, and the order of rows does not matter."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.hand_made import eligibility, extract, submitted, whole_path, write
from support.hand_made_people import ANOTHER, NO_SENTENCE, OTHER, POOL, TREATED

from helpers.intake.cohort.assemble import Parts, limits
from helpers.intake.cohort.assemble import cohort as assembled
from helpers.intake.cohort.hand_over import people as matching_people
from helpers.intake.cohort.hand_over import pseudonymise
from helpers.intake.cohort.losses import BOXES, boxes, by_box
from helpers.intake.cohort.reoffending import DAY_0
from helpers.intake.submission import columns
from helpers.intake.submission.columns import Column
from helpers.request.analyses import Analysis, Covariates
from helpers.request.doubts.robustness import Robustness

OUTCOMES = ["reoffended", "reoffences", "days_to_first_reoffence"]


def aged(**columns) -> pd.DataFrame:
    made = {"age": [18.0], "index_date": ["2021-03-01"], "left_out": [None]} | columns
    made = pd.DataFrame(made)
    made["index_date"] = pd.to_datetime(made["index_date"])
    return made.astype({"left_out": "str"})


@pytest.mark.parametrize(
    ("age", "rules", "within"),
    [
        (17, {}, False),
        (18, {}, True),
        (70, {}, True),
        (25, {"maximum_age": 25}, True),
        (26, {"maximum_age": 25}, False),
        (10, {"minimum_age": 10}, True),
        (9, {"minimum_age": 10}, False),
        (np.nan, {"minimum_age": 10}, False),
    ],
)
def test_age_limits_include_both_ends(age, rules, within):
    found = limits(aged(age=[age]), eligibility(**rules), "2024-06-30")
    assert found["left_out"].isna().tolist() == [within]


@pytest.mark.parametrize(
    ("complete_to", "box"),
    [("2022-08-31", None), ("2022-08-30", "not yet followed up")],
)
def test_people_are_followed_up_for_548_days(complete_to, box):
    found = limits(aged(), eligibility(), complete_to)["left_out"]
    assert found.isna().all() if box is None else found.tolist() == [box]


@pytest.mark.parametrize(
    ("within", "complete_to", "box"),
    [
        ((365, 730), "2023-08-31", None),
        ((365, 730), "2023-08-30", "not yet followed up"),
        ((180,), "2022-02-27", None),  # 1 March 2021 and 363 days
        ((180,), "2022-02-26", "not yet followed up"),
    ],
)
def test_the_longest_horizon_and_183_days_are_the_follow_up(within, complete_to, box):
    found = limits(aged(), eligibility(), complete_to, within)["left_out"]
    assert found.isna().all() if box is None else found.tolist() == [box]


def test_the_first_reason_stays():
    people = aged(age=[17.0, 17.0], left_out=[None, NO_SENTENCE],
                  index_date=["2024-01-01"] * 2)  # fmt: skip
    found = limits(people, eligibility(), "2024-06-30")["left_out"]
    assert found.tolist() == ["outside the age limits", NO_SENTENCE]


# what can become of a line before its sentence is looked for, and of its person after
FATES = ["line that cannot be used", "duplicate line", "not linked", "linked"]
AFTER = [None, "none found", NO_SENTENCE, "outside the age limits",
         "reoffended before support"]  # fmt: skip


@settings(max_examples=examples(30))
@given(
    st.lists(st.tuples(st.sampled_from(FATES), st.integers(0, 4)), max_size=12),
    st.lists(st.sampled_from(AFTER), min_size=5, max_size=5),
    st.integers(0, 3),
    st.randoms(use_true_random=False),
)
def test_every_line_is_in_exactly_one_box(fates, after, n_pool, random):
    """Five people of the register; each line is of one of them, or of nobody."""
    lines = pd.DataFrame(
        {"line": range(2, len(fates) + 2), "surname": "Made",
         "left_out": pd.Series([f if f in FATES[:2] else None for f, _ in fates],
                               dtype="str"),
         "age": "what they wrote", "group_1": "g"}
    )  # fmt: skip
    linked = [(i + 2, who) for i, (fate, who) in enumerate(fates) if fate == "linked"]
    links = pd.DataFrame(linked, columns=["line", "person_id"])
    links["person_id"] = links["person_id"].map("R{}".format).astype("str")
    first = ~links["person_id"].duplicated()
    fate = pd.Series([after[who] for _, who in linked], dtype="str")
    lost = fate.isin(["none found", NO_SENTENCE])
    box = np.select([~first, lost], [ANOTHER, NO_SENTENCE], "")
    box = pd.Series(box, dtype="str")
    located = links.assign(left_out=box.mask(box == ""))
    stands = links.assign(treatment=1, left_out=fate)[first & (fate != "none found")]
    pool = pd.DataFrame({"person_id": [f"Q{i}" for i in range(n_pool)], "treatment": 0,
                         "left_out": None, "line": np.nan})  # fmt: skip
    people = pd.concat([stands, pool], ignore_index=True).assign(age=30.0)
    people["left_out"] = people["left_out"].astype("str")
    outcomes = people[["person_id"]].assign(**dict.fromkeys([*OUTCOMES, DAY_0], 1.0))
    cohort = assembled(Parts(lines, links, located, people, outcomes, ()))

    assert cohort["person_id"].is_unique
    assert (cohort["treatment"] == 1).sum() == len(lines)
    by_box(cohort)  # refuses boxes that do not add up
    found = boxes(cohort[cohort["treatment"] == 1])
    assert found.dropna().isin(BOXES).all()
    for i, (fate_of_line, who) in enumerate(fates):
        if fate_of_line != "linked":
            assert found.iloc[i] == fate_of_line
        elif linked.index((i + 2, who)) != [w for _, w in linked].index(who):
            assert found.iloc[i] == ANOTHER
        else:
            expected = NO_SENTENCE if after[who] == "none found" else after[who]
            assert (found.iloc[i] == expected) if expected else pd.isna(found.iloc[i])
    held = cohort[OUTCOMES].notna().all(axis=1)
    assert (held == boxes(cohort).isna()).all()
    assert "surname" not in cohort and (cohort["group_1"] == "g").sum() == len(lines)
    assert set(cohort["submitted_age"].dropna()) <= {"what they wrote"}
    mixed = random.sample(range(len(lines)), len(lines))
    again = assembled(
        Parts(lines.iloc[mixed], links, located, people.iloc[::-1], outcomes, ())
    )
    same = again.set_index("person_id").loc[cohort["person_id"]].reset_index()
    pd.testing.assert_frame_equal(same, cohort[same.columns])


def cohort_of(line) -> pd.DataFrame:
    """The cohort of one line that is not linked."""
    lines = pd.DataFrame([{"line": 2, "left_out": None, **line}])
    links = pd.DataFrame({"line": [], "person_id": []}).astype({"person_id": "str"})
    nobody = pd.DataFrame({"person_id": [], "treatment": [], "line": [],
                           "left_out": []}).astype({"person_id": "str"})  # fmt: skip
    outcomes = nobody[["person_id"]].assign(**dict.fromkeys([*OUTCOMES, DAY_0], 1.0))
    located = links.assign(left_out=None)
    return assembled(Parts(lines, links, located, nobody, outcomes, ()))


def test_of_the_columns_of_the_list_only_groups_and_site_go_on():
    cohort = cohort_of({column.name: "x" for column in columns.COLUMNS})
    kept = set(cohort) - {"person_id", "treatment", "left_out", *OUTCOMES}
    assert kept == {"group_1", "group_2", "group_3", "site"}


def test_an_identifying_column_is_added_by_one_row(monkeypatch):
    added = (Column("tattoo", "Tattoo", "text"),
             Column("diet", "Diet", "text", identifies=False))  # fmt: skip
    monkeypatch.setattr(columns, "COLUMNS", (*columns.COLUMNS, *added))
    cohort = cohort_of({"surname": "Orme", "tattoo": "anchor", "diet": "vegan"})
    assert cohort["diet"].tolist() == ["vegan"]
    assert "tattoo" not in cohort and "anchor" not in cohort.to_csv()
    assert "surname" not in cohort


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extract")
    write(extract(TREATED + POOL), folder)
    return whole_path(folder, submitted(TREATED, OTHER))


def test_the_order_of_rows_of_the_extract_does_not_matter(found, tmp_path):
    tables = extract(TREATED + POOL)
    write({name: table.iloc[::-1] for name, table in tables.items()}, tmp_path)
    again = whole_path(tmp_path, submitted(TREATED, OTHER))
    pd.testing.assert_frame_equal(found.cohort, again.cohort)


def test_another_seed_draws_other_people_and_leaves_the_submitted_alone(
    found, tmp_path
):
    write(extract(TREATED + POOL), tmp_path)
    again = whole_path(tmp_path, submitted(TREATED, OTHER), seed=99)
    known = [c for c in OUTCOMES if c in found.cohort]
    for column in ("person_id", *known, "copas_rate"):
        treated = [c.loc[c["treatment"] == 1].set_index("person_id").drop("T27")
                   for c in (found.cohort, again.cohort)]  # fmt: skip
        assert treated[0].index.equals(treated[1].index)
        if column != "person_id":
            pd.testing.assert_series_equal(treated[0][column], treated[1][column])
    assert set(again.drawn["person_id"]) == set(found.drawn["person_id"])
    assert not again.drawn.equals(found.drawn)


def test_the_cohort_goes_on_as_a_ready_one_does(found):
    numeric = ("age", "copas_rate", "days_to_support")
    categorical = ("support_after_index", "index_quarter")
    covariates = Covariates(numeric=numeric, categorical=categorical)
    analysis = Analysis(name="All", covariates=covariates, exact=("sex",))
    cohort, key = pseudonymise(found.cohort, 1)
    going_on = matching_people(
        cohort, SimpleNamespace(analyses=[analysis], robustness=Robustness())
    )
    assert len(going_on) == boxes(found.cohort).isna().sum()
    assert not set(going_on["person_id"].astype(str)) & set(found.cohort["person_id"])
    assert going_on["days_to_support"].dtype == float
    assert going_on[["age", "support_after_index"]].notna().all(axis=None)
    assert set(key["original_id"]) == set(found.cohort["person_id"])
