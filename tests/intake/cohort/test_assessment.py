"""OASys: the latest assessment in time, needs from the published thresholds."""

from datetime import date, timedelta

import pandas as pd
import pytest
from support.hand_made import opened

from helpers.intake.cohort.assessment import covariates, questions

CUT_OFF = date(2021, 3, 1)


def of(rows, within=730) -> pd.Series:
    table = pd.DataFrame([{"person_id": "A"} | row for row in rows])
    table["date"] = pd.to_datetime(table["date"])
    answers = dict.fromkeys(table.columns.drop(["person_id", "date"]), "Int64")
    people = pd.DataFrame(
        {"person_id": ["B", "A"], "cut_off": pd.to_datetime([CUT_OFF] * 2)}
    )
    with opened(table.astype(answers)) as records:
        found = covariates(records, people.astype({"cut_off": "<M8[us]"}), within)
    assert (found.loc[0].drop("person_id") == "none").all()  # B has no assessment
    return found.loc[1]


def before(days, **answers) -> dict:
    return {"date": CUT_OFF - timedelta(days=days), **answers}


@pytest.mark.parametrize(("days", "counts"), [(0, False), (1, True), (730, True),
                                              (731, False)])  # fmt: skip
def test_an_assessment_counts_in_the_days_before_the_cut_off(days, counts):
    row = of([before(days, S3Q1=1)])
    assert row["S3Q1"] == ("1" if counts else "none")


def test_the_latest_counts_and_of_one_day_the_higher_answers():
    row = of([
        before(0, S3Q1=0, S3Q2=0), before(400, S3Q1=2, S3Q2=2),
        before(10, S3Q1=0, S3Q2=1), before(10, S3Q1=1, S3Q2=None),
    ])  # fmt: skip
    assert row[["S3Q1", "S3Q2", "needs_accommodation"]].tolist() == ["1", "1", "Yes"]


@pytest.mark.parametrize(
    ("section", "name", "threshold"),
    [(3, "accommodation", 2), (4, "employment", 3), (6, "relationships", 2),
     (7, "lifestyle", 2), (8, "drugs", 2), (9, "alcohol", 4), (11, "thinking", 4),
     (12, "attitudes", 2)],
)  # fmt: skip
def test_a_need_is_the_published_score_of_the_section(section, name, threshold):
    for score, need in ((threshold, "Yes"), (threshold - 1, "No")):
        low, high = divmod(score, 2)
        answers = {f"S{section}Q{i}": 2 for i in range(1, low + 1)}
        answers |= {f"S{section}Q8": high, f"S{section}Q9": None}  # one not answered
        row = of([before(5, **answers)])
        assert row[f"needs_{name}"] == need
        assert pd.isna(row[f"S{section}Q9"])


def test_a_section_without_answers_is_not_known_and_one_without_questions_not_there():
    row = of([before(5, S3Q1=None, S8Q1=2, S13Q1=1)])
    assert pd.isna(row["needs_accommodation"]) and row["needs_drugs"] == "Yes"
    assert [c for c in row.index if c.startswith("needs")] == [
        "needs_accommodation", "needs_drugs",
    ]  # fmt: skip
    assert row["S13Q1"] == "1"  # kept, though no need follows from it


def test_questions_are_in_order_of_section_and_number():
    made = {"person_id": "A", "date": CUT_OFF, "S12Q1": 1, "S3Q10": 1, "S3Q9": 1}
    table = pd.DataFrame([made]).astype({"date": "datetime64[us]"})
    with opened(table) as records:
        assert questions(records) == ["S3Q9", "S3Q10", "S12Q1"]


def test_without_the_table_there_are_no_columns():
    people = pd.DataFrame({"person_id": ["A"], "cut_off": pd.to_datetime([CUT_OFF])})
    with opened() as records:
        assert list(covariates(records, people, 730)) == ["person_id"]
