"""The table of people for R or Stata: where it lies, when it is refused."""

import numpy as np
import pandas as pd
import pytest

from helpers.commands import command_line
from helpers.life_cycle.destroy import destroy


def match_data(run_id, outputs):
    return command_line.main(["match-data", run_id, "--outputs", str(outputs)])


def test_the_table_of_a_run_gives_its_estimates_back(copied, capsys):
    assert match_data(copied.id, copied.outputs) == 0
    path = copied.folder / "restricted/data/match_data.csv"
    told = capsys.readouterr().out
    assert told.startswith(f"{path}: ")
    assert "people's records" in told
    assert f"python3 -m helpers destroy {copied.id} --outputs {copied.outputs}" in told
    assert path.stat().st_mode & 0o777 == 0o600
    people = pd.read_csv(path)
    assert not people.duplicated(["analysis", "person_id"]).any()
    assert people["set"].isna().all()
    assert set(copied.data("people")) <= set(people)
    found = copied.data("estimates").query("variant == 'main'")
    found = found.set_index(["analysis", "outcome"])
    for (analysis, outcome), row in found.iterrows():
        rows = people[(people["analysis"] == analysis) & people[outcome].notna()]
        for side, name in ((1, "treatment"), (0, "comparison")):
            group = rows[(rows["treatment"] == side) & (rows["weight"] > 0)]
            mean = np.average(group[outcome], weights=group["weight"])
            assert mean == pytest.approx(row[f"value_{name}"], rel=1e-9)
            assert len(group) == row[f"n_{name}"]


def test_the_table_goes_with_what_else_is_held(copied, capsys):
    match_data(copied.id, copied.outputs)
    destroy(copied.id, copied.outputs)
    assert not (copied.folder / "restricted").exists()
    capsys.readouterr()
    assert match_data(copied.id, copied.outputs) == 1
    assert "its data about people were destroyed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("run_id", "words"),
    [
        ("nobody", "holds no finished run with this id"),
        ("tried", "holds no finished run with this id"),
        ("tried.draft", "is a draft"),
    ],
)
def test_only_a_finished_run_has_a_table(tmp_path, capsys, run_id, words):
    (tmp_path / "tried.draft/restricted/data").mkdir(parents=True)
    assert match_data(run_id, tmp_path) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert words in told
    assert not list(tmp_path.rglob("*.csv"))


def test_a_run_of_an_older_kit_is_to_be_made_again(copied, capsys):
    (copied.folder / "restricted/data/sets.parquet").unlink()
    assert match_data(copied.id, copied.outputs) == 1
    assert "has no sets.parquet" in capsys.readouterr().err
