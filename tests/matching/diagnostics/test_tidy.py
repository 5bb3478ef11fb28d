"""The tidy form: every number of the balance table, and those before matching."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.matching import balance
from helpers.matching.diagnostics.tidy import tidy

EXPECTED = Path(__file__).parents[2] / "expected"
KEYS = ["variable", "level", "sample", "statistic"]


@pytest.fixture(scope="module")
def both():
    people = pd.read_csv(EXPECTED / "people.csv", index_col="person_id")
    of = people, people["treatment"], people["weight"], ["age", "priors", "sex"]
    return balance.table(*of), tidy(*of)


def test_a_row_holds_one_number_and_none_is_there_twice(both):
    table, rows = both
    assert list(rows.columns) == [*KEYS, "value"]
    assert not rows.duplicated(KEYS).any()
    numbers = (table["level"] == "").sum()
    # two samples of five statistics for a number, and of three for a level
    assert len(rows) == 10 * numbers + 6 * (len(table) - numbers)
    assert rows["variable"].drop_duplicates().tolist() == ["age", "priors", "sex"]


def test_its_numbers_are_those_of_the_balance_table_and_of_r(both):
    table, rows = both
    value = rows.set_index(KEYS)["value"]
    for row in table.itertuples():
        of = value[row.variable, row.level]
        assert of["unadjusted", "smd"] == row.smd_before
        assert of["adjusted", "smd"] == row.smd_after
        assert of["unadjusted", "mean_treatment"] == row.mean_treatment_before
        assert of["adjusted", "mean_comparison"] == row.mean_comparison_after
    known = pd.read_csv(EXPECTED / "people_cobalt.csv").set_index("column")
    of = value["priors", ""]
    for ours, theirs in (("variance_ratio", "V.Ratio"), ("ks", "KS")):
        for sample, name in (("unadjusted", "Un"), ("adjusted", "Adj")):
            r = float(known.loc["priors", f"{theirs}.{name}"])
            assert of[sample, ours] == pytest.approx(r, abs=1e-10)
