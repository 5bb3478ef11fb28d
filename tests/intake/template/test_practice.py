"""The filled template of a made-up provider holds what its CSV list holds."""

import pandas as pd
from support.submission_lists import FINE, check, write_csv

from helpers.intake.template import practice
from helpers.intake.template.words import QUESTIONS
from helpers.synthetic import records


def test_the_template_and_the_list_are_read_alike(tmp_path):
    """Slips included: a day that is none, names with spaces, short ids."""
    made = records.write(tmp_path, 2000, 100, seed=3)
    practice.write(tmp_path / practice.NAME, made.submission)
    template, listed = check(tmp_path / practice.NAME), check(made.submission)
    pd.testing.assert_frame_equal(template.lines, listed.lines)
    assert listed.errors
    told = ["row", "level", "rule", "to_do"]
    pd.testing.assert_frame_equal(template.problems[told], listed.problems[told])


def test_days_are_days_and_what_is_none_is_text(tmp_path):
    rows = [FINE, {**FINE, "surname": "Other", "intervention_end": "ongoing"},
            {**FINE, "surname": "Third", "date_of_birth": "31/02/1990"}]  # fmt: skip
    path = tmp_path / practice.NAME
    practice.write(path, write_csv(tmp_path, rows))
    read = check(path)
    # text, which is all that a CSV file has, would say so in `found`
    errors = read.problems[read.problems["level"] == "error"]
    assert errors["found"].tolist() == ["text, 10 characters"]
    assert read.lines["index_date"].eq(pd.Timestamp(2022, 2, 14)).all()


def test_every_question_that_needs_an_answer_has_one():
    asked = {question.key: question for question in QUESTIONS}
    assert set(practice.ANSWERS) <= set(asked)
    assert {key for key, one in asked.items() if one.needed} <= set(practice.ANSWERS)
