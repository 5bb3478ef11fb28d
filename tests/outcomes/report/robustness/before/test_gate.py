"""The gate in a whole run: what the page says of it, and what leaves with it."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import in_process, ready_cohort
from support.small_report import plain

from helpers.outcomes import gate
from helpers.publication.cells import read_cells
from helpers.runs.written import ledger

# a whole run takes some seconds
pytestmark = pytest.mark.slow

#: a year that stands nowhere in the request: the ledger's clock
YEAR = "2041"
COLUMNS = ["What was asked", "Threshold", "Value", "Verdict", "Why"]
PRECISION = "gate.precision"
HEADLINES, ALL = ("Men", "Women"), ("Men", "Women", "Those in area A")


def cohort():
    """1,200 people, 400 of them in the programme, which makes no difference."""
    draw, n = np.random.default_rng(3), 1200
    return pd.DataFrame(
        {
            "person_id": range(n),
            "treatment": (np.arange(n) < 400).astype(int),
            "age": draw.integers(20, 60, n),
            "area": draw.choice(list("AB"), n),
            "sex": draw.choice(["M", "F"], n),
            "reoffended": draw.binomial(1, 0.4, n),
        }
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run with two headlines and another analysis, whose gate warns."""
    folder = tmp_path_factory.mktemp("gate")
    cohort().to_csv(folder / "cohort.csv", index=False)
    covariates = {"numeric": ["age"], "categorical": ["area"]}
    filters = ({"sex": ["M"]}, {"sex": ["F"]}, {"area": ["A"]})
    analyses = [
        {"name": name, "headline": name in HEADLINES, "filter": kept,
         "covariates": covariates if "sex" in kept
         else {"numeric": ["age"], "categorical": ["sex"]}}
        for name, kept in zip(ALL, filters, strict=True)
    ]  # fmt: skip
    raw = ready_cohort.raw(
        folder / "cohort.csv",
        analyses=analyses,
        outcomes=["reoffending_rate"],
        robustness={"smallest_effect": 2},
    )
    written = ledger.record

    def in_another_year(outputs, event, run_id, **details):
        at = f"{YEAR}-03-04T05:06:07+00:00"
        written(outputs, event, run_id, **{"at": at, **details})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "record", in_another_year)
        done = in_process.run(raw, folder / "outputs")
    return SimpleNamespace(
        folder=done,
        page=(done / "report.html").read_text(encoding="utf-8"),
        copy=(done / "restricted/report-reviewers.html").read_text(encoding="utf-8"),
        cells={
            cell.ref: cell
            for stage in ("matching", "outcomes")
            for cell in read_cells(done / f"restricted/data/cells_{stage}.parquet")
        },
    )


def test_each_headline_has_three_lines_with_its_warning(run):
    shown = plain(run.page)
    assert shown.count("How sure can we be?") == len(HEADLINES)
    assert shown.count("Warning: 2 in every 100 people would already") == len(HEADLINES)
    assert shown.count("Did they differ before?") == len(HEADLINES)


def test_the_ledger_has_the_rows_of_every_analysis(run):
    text = (run.folder.parent / "ledger.jsonl").read_text()
    [line] = [x for x in map(json.loads, text.splitlines()) if "rows" in x]
    rows = {(row["analysis"], row["criterion"]) for row in line["rows"]}
    by_match = {(name, criterion) for name in ALL for criterion in gate.CRITERIA[:3]}
    assert rows == by_match | {
        (name, criterion) for name in HEADLINES for criterion in gate.CRITERIA
    }


def test_no_time_of_the_ledger_leaves_with_the_report(run):
    assert YEAR not in run.page
    for path in (run.folder / "release").rglob("*.*"):
        # pictures, hashes of any digits, and workbooks of the same tables
        if path.suffix not in (".png", ".txt", ".xlsx", ".ods"):
            assert YEAR not in path.read_text(encoding="utf-8"), path
    for path in (run.folder / "audit").glob("*.csv"):
        assert YEAR not in path.read_text(encoding="utf-8"), path
    assert f"Every row has stood in the ledger since 4 March {YEAR} at 05:06 UTC" in (
        plain(run.copy)
    )


def test_reviewers_have_the_table_and_release_its_numbers(run):
    assert "The design gate" not in run.page
    table = pd.read_csv(run.folder / "release/tables/design-gate.csv")
    assert [name for name in table if "printed" not in name] == ["Group", *COLUMNS]
    precise = table[table["What was asked"].str.startswith("Precision")]
    assert list(precise["Verdict"]) == ["warning"] * len(HEADLINES)
    assert list(precise["Threshold"].astype(float)) == [2.0] * len(HEADLINES)
    # nobody of the main points could be there without it: it is told with them
    matched = run.cells["men.gate.matched.verdict"]
    assert (matched.value, matched.needs) == ("passed", ("men.n_treatment",))
    near = table[
        table["What was asked"].str.startswith(
            "Overlap: share of the treatment group with"
        )
    ]
    assert set(near["Verdict"]) == {"–"}
    alike = table[table["What was asked"].str.startswith("Balance")]
    assert len(alike) == len(ALL)
    assert "The analyst held the outcomes all along" in plain(run.copy)


def test_each_number_of_the_three_lines_stands_in_a_table_of_the_page(run):
    page = BeautifulSoup(run.page, "html.parser")
    said = {n["data-ref"] for n in page.select(".jdl-sure data")}
    shown = {n["data-ref"] for n in page.select("table data")}
    assert f"men.{PRECISION}.value" in said and f"men.{PRECISION}.threshold" in said
    assert said <= shown


def test_a_warning_stands_in_the_checks(run):
    checks = pd.read_csv(run.folder / "audit/checks.csv").set_index("check")["result"]
    assert checks["Men: design gate, precision"] == "warn"
    assert checks["Men: design gate, matched"] == "pass"


def test_what_could_be_found_goes_with_both_rates(run):
    for name in ("value", "verdict"):
        cell = run.cells[f"men.{PRECISION}.{name}"]
        assert cell.needs == (
            "men.reoffending_rate.value_treatment",
            "men.reoffending_rate.value_comparison",
        )
    # the largest difference would tell one that is hidden
    rows = {ref for ref in run.cells if ref.startswith("men.balance.")
            and ref.endswith(".smd_after")}  # fmt: skip
    assert set(run.cells["men.gate.balance.value"].needs) == rows
    near = run.cells["men.gate.near.value"]
    assert near.kind == "rate" and near.numerator <= near.denominator
