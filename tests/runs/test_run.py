"""One run's folder: classes of files, seals, checks, and cells that come back whole."""

import csv
import math
import stat

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.errors import CheckFailed, RequestError
from helpers.matching.report import left_out
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum, read_cells
from helpers.publication.disclosure import rules
from helpers.request import load
from helpers.runs import safe_places
from helpers.runs.opening import open_run
from helpers.runs.run import Run


@pytest.fixture
def request_(make_request, tmp_path):
    return load(make_request(tmp_path / "mentoring.yml"))


@pytest.fixture
def run(request_, tmp_path):
    """The outcomes stage of the driver, in an empty folder."""
    folder = tmp_path / "outputs" / f".{request_.id}.part"
    folder.mkdir(parents=True)
    return Run(request_, "outcomes", folder)


@pytest.fixture
def draft(run):
    return Run(run.request, run.stage, run.folder, draft=True)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def checks(folder):
    with (folder / "audit" / "checks.csv").open(newline="") as file:
        return list(csv.DictReader(file))


# classes of files ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sensitivity", "place"),
    [
        ("restricted", "restricted/tables/x.csv"),
        ("audit", "audit/tables/x.csv"),
        ("release", "release/tables/x.csv"),
        ("published", "tables/x.csv"),
    ],
)
def test_a_file_goes_to_the_folder_of_its_class(run, sensitivity, place):
    path = run.write("tables/x.csv", "a\n1\n", sensitivity=sensitivity)
    assert path == run.folder / place
    assert path.read_text() == "a\n1\n"
    assert run.outputs[place]["class"] == sensitivity


@pytest.mark.parametrize("sensitivity", ["restricted", "audit"])
def test_what_may_not_leave_is_for_its_owner_alone(run, sensitivity):
    path = run.write("data/x.txt", "x", sensitivity=sensitivity)
    run.write("data/x.txt", "written again", sensitivity=sensitivity)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert mode(path.parent.parent) == 0o700


def test_a_run_is_private_whatever_the_umask(shared):
    for name in ("restricted", "audit"):
        for path in [shared.folder / name, *(shared.folder / name).rglob("*")]:
            assert mode(path) == (0o700 if path.is_dir() else 0o600), path
    assert mode(shared.outputs / "ledger.jsonl") == 0o600


@pytest.mark.parametrize("sensitivity", ["secret", "", None, "Restricted"])
def test_a_class_that_is_not_declared_is_an_error(run, sensitivity):
    with pytest.raises(RequestError, match="sensitivity must be one of restricted, "):
        run.write("x.csv", "1", sensitivity=sensitivity)
    assert list(run.folder.rglob("*")) == []
    with pytest.raises(TypeError, match="sensitivity"):
        run.write("x.csv", "1")


@pytest.mark.parametrize("name", ["../release/x.csv", "a/../../x.csv", "/tmp/x.csv"])
def test_a_name_does_not_lead_out_of_its_class(draft, name):
    with pytest.raises(RequestError, match="must lie in the folder of its class"):
        draft.write(name, "1", sensitivity="restricted")
    assert list(draft.folder.rglob("*")) == []


@pytest.mark.parametrize("sensitivity", ["release", "audit", "published"])
def test_a_draft_writes_restricted_files_only(draft, sensitivity):
    with pytest.raises(RequestError, match="a draft writes restricted files only"):
        draft.write("x.csv", "1", sensitivity=sensitivity)
    assert list(draft.folder.rglob("*")) == []
    draft.write("x.csv", "1", sensitivity="restricted")
    assert (draft.folder / "restricted/x.csv").exists()


def test_a_table_is_written_without_its_index_and_with_unix_lines(run):
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y,z"]}, index=[7, 8])
    path = run.write("t.csv", frame, sensitivity="release")
    assert path.read_bytes() == b'a,b\n1,x\n2,"y,z"\n'
    path = run.write("t.parquet", frame, sensitivity="restricted")
    pd.testing.assert_frame_equal(pd.read_parquet(path), frame.reset_index(drop=True))


# seals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["outcomes.parquet", "estimates.parquet", "cells_outcomes.parquet"]
)
def test_matching_reads_nothing_that_tells_of_outcomes(copied, name):
    # all of them are there: the run is finished
    whole = Run(load(copied.request), "matching", copied.folder)
    with pytest.raises(RequestError, match="outcomes stay sealed"):
        whole.read(name)
    draft = open_run("matching", copied.request, copied.outputs / f"{copied.id}.draft")
    with pytest.raises(RequestError, match="open them in 03_outcomes"):
        draft.read(name)
    assert len(draft.read("people.parquet")) > 0


def test_what_matching_reads_holds_no_outcome(shared):
    outcomes = {"reoffended", "reoffences", "days_to_first_reoffence"}
    outcomes |= set(shared.data("outcomes")) - {"person_id"}
    assert {"reoffending_rate", "reoffending_frequency"} < outcomes
    for name in ("people", "matched", "balance"):
        assert not outcomes & set(shared.data(name)), name


def test_a_table_that_no_stage_writes_is_named_with_the_nearest_or_all(run):
    with pytest.raises(RequestError, match=r"you mean people\.parquet\?"):
        run.read("poeple.parquet")
    with pytest.raises(RequestError, match="no stage writes it; a run has people"):
        run.read("a.csv")


def test_the_ids_that_came_in_are_in_the_key_alone(shared):
    # the made-up people came as MADE-UP-0000001 …, lines without a record as "line 9"
    ids = shared.data("key")["original_id"]
    assert ids.str.contains(r"^(?:MADE-UP-\d+|line \d+)$").all()
    for name in ("people", "outcomes", "matched"):
        ids = shared.data(name)["person_id"]
        assert ids.between(1, 15_000).all(), name
    for path in (shared.folder / "release").rglob("*.*"):
        assert b"MADE-UP-" not in path.read_bytes(), path
    assert "MADE-UP-" not in shared.report


# checks ----------------------------------------------------------------------------


def test_a_check_passes_or_warns_and_goes_on(run):
    assert run.check("sizes", expected=3, found=3, passed=True) == "pass"
    assert run.check("largest SMD, %", expected="<5", found=7, passed=False) == "warn"
    assert (run.folder / "audit/checks.csv").read_text() == (
        "stage,check,expected,found,result\n"
        "outcomes,sizes,3,3,pass\n"
        'outcomes,"largest SMD, %",<5,7,warn\n'
    )
    assert mode(run.folder / "audit/checks.csv") == 0o600
    assert mode(run.folder / "audit") == 0o700


def test_a_gate_that_fails_stops_the_stage_after_it_is_written_down(run):
    assert run.check("sum", expected=4, found=4, passed=True, gate=True) == "pass"
    with pytest.raises(CheckFailed) as stopped:
        run.check("boxes add up", expected=150, found=149, passed=False, gate=True)
    assert str(stopped.value).endswith("boxes add up: expected 150; found 149")
    assert [row["result"] for row in checks(run.folder)] == ["pass", "fail"]


def test_a_gate_stops_a_draft_too_and_leaves_no_audit(draft):
    assert draft.check("sizes", expected=1, found=2, passed=False) == "warn"
    with pytest.raises(CheckFailed):
        draft.check("sizes", expected=1, found=2, passed=False, gate=True)
    assert list(draft.folder.rglob("*")) == []


def test_the_checks_of_a_run_say_what_held(shared):
    rows = {row["check"]: row for row in checks(shared.folder)}
    score = rows["All people mentored: mean propensity score is the treated share"]
    assert (score["stage"], score["found"]) == ("matching", "equal")
    assert {row["result"] for row in rows.values()} <= {"pass", "warn"}
    opened = rows["these outcomes were first opened by this request, on this matching"]
    assert (opened["stage"], opened["result"]) == ("outcomes", "pass")


# cells -----------------------------------------------------------------------------

values = st.one_of(
    st.floats(-1e15, 1e15),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.none(),
)
counts = st.one_of(st.none(), st.integers(0, 10**9))
names = st.text("abc.-", min_size=1, max_size=6)
kinds = st.sampled_from(["count", "rate", "mean", "derived", "setting", "public"])
cells = st.builds(
    Cell, names, values, kinds, counts, counts, st.lists(names, max_size=3), names,
    st.sampled_from(list(rules.PRECISIONS)),
)  # fmt: skip


@settings(
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(found=st.lists(cells, max_size=6, unique_by=lambda cell: cell.ref))
def test_cells_come_back_from_parquet_as_they_were_registered(run, found):
    run.registered = found
    run.save()
    path = run.folder / "restricted/data/cells_outcomes.parquet"
    assert read_cells(path) == found


def test_a_number_that_does_not_exist_is_none_and_comes_back_as_none(run):
    numbers = {"a": math.nan, "b": math.inf}
    run.register(Cell(r, n, "derived", rounding="whole") for r, n in numbers.items())
    run.save()
    path = run.folder / "restricted/data/cells_outcomes.parquet"
    assert [cell.value for cell in read_cells(path)] == [None, None]


def test_a_cell_run_again_registers_its_number_anew(run):
    total = Sum("all", ("x", "y"))
    run.register([Cell("x", 1, "count"), Cell("y", 2, "count")], [total])
    run.register([Cell("x", 5, "count")], [total])
    assert {cell.ref: cell.value for cell in run.registered} == {"x": 5, "y": 2}
    assert run.sums == [total]


def test_a_number_about_people_is_rounded_when_it_is_registered(run):
    run.register([Cell("x", 34.4567, "rate", 34, 100, rounding="whole")])
    assert run.registered[0].value == 34
    with pytest.raises(ValueError, match="cell y: it would be published with all"):
        run.register([Cell("y", 34.4567, "rate", 34, 100)])


def test_one_ref_is_not_two_numbers(run):
    with pytest.raises(ValueError, match="cell x is registered twice"):
        run.register([Cell("x", 1, "count"), Cell("x", 2, "count")])


def test_a_stage_shows_its_own_cells_and_those_of_earlier_stages(copied):
    part = Run(load(copied.request), "matching", copied.folder)
    part.register([Cell("mine", 1, "count")])
    assert {"mine", "intake.submitted"} <= set(part.cells)
    assert not [ref for ref in part.cells if ".reoffending_rate." in ref]
    later = Run(load(copied.request), "charts", copied.folder)
    assert [ref for ref in later.cells if ".reoffending_rate." in ref]


# opening a run ---------------------------------------------------------------------


def test_only_the_four_stages_can_be_opened(copied):
    with pytest.raises(RequestError, match="stage must be one of intake, matching, "):
        open_run("report", copied.request)


def test_a_finished_run_is_not_opened_for_work(copied):
    with pytest.raises(RequestError, match="is a finished run; leave run_dir out"):
        open_run("matching", copied.request, copied.folder)


def test_the_drivers_folder_takes_no_changes(copied, monkeypatch):
    monkeypatch.setenv(safe_places.DRIVEN, "1")
    part = copied.outputs / f".{copied.id}.part"
    part.mkdir()
    assert not open_run("matching", copied.request, part).draft
    # they may stand in a notebook that JupyterLab saved: that is what is named
    with pytest.raises(RequestError, match="^notebooks/02_matching.ipynb: changes are"):
        open_run("matching", copied.request, part, {"matching.caliper": 0.02})


# analyses left out -----------------------------------------------------------------


def test_a_draft_goes_on_where_matching_left_an_analysis_out(make_request, tmp_path):
    analyses = [
        {"name": name, "headline": name == "All", "covariates": {"numeric": ["age"]}}
        for name in ("All", "Some")
    ]
    path = make_request(tmp_path / "two.yml", analyses=analyses)
    matching = open_run("matching", path, tmp_path / "two.draft")
    widths = [Cell(refs.of(name, "widest"), 2, "setting") for name in ("All", "Some")]
    matching.register(widths)
    matching.leave_out({"Some": ["nobody is left"]})
    assert [cell.ref for cell in matching.registered] == ["all.widest"]
    table = left_out.table(matching)
    matching.write("data/left_out_analyses.parquet", table, sensitivity="restricted")
    matching.save()
    # its files are held against the request as it was written
    outcomes = open_run("outcomes", path, tmp_path / "two.draft")
    assert [analysis.name for analysis in outcomes.request.analyses] == ["All"]
    assert outcomes.left_out == {"Some": ["nobody is left"]}
    assert len(outcomes.asked.analyses) == 2
