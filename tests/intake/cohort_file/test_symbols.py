"""Levels of a cohort that the report could not print."""

import pandas as pd

from helpers.intake.cohort_file import symbols


def test_a_level_that_is_a_symbol_or_turns_is_named_with_its_column():
    cohort = pd.DataFrame(
        {
            "region": ["North", "[ C ]", "[z]", None],
            "kind": ["a", "a\u202eb", "[low]", "مرحبا"],
            "other": ["[c]"] * 4,
            "age": [1.0, 2, 3, 4],
        }
    )
    columns = ["region", "kind", "age", "absent"]
    assert symbols.problems(cohort, columns, "cohort.csv") == [
        "cohort.csv: region has the level [c], which stands for a number that is not "
        "shown in the report; write it in words",
        "cohort.csv: region has the level [z], which stands for a number that is not "
        "shown in the report; write it in words",
        "cohort.csv: kind has a level with U+202E, a sign that changes the direction "
        "of writing; take it out, since it could turn what stands after it around",
    ]


def test_a_level_with_a_control_character_is_told_and_not_repeated():
    cohort = pd.DataFrame({"area": ["a\rQzvx", "b", "c\x07"], "kind": ["é", "b", "c"]})
    assert symbols.problems(cohort, ["area", "kind"], "cohort.csv") == [
        "cohort.csv: area has a level with a control character or a line break; write "
        "it without, in one line"
    ]
