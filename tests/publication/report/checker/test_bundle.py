"""The bundle for checkers: as SACRO-Viewer and ACRO open it, never a hidden value."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from support import viewer
from support.small_report import cells_of_every_kind, content, every_block

from helpers.publication.cells import by_ref
from helpers.publication.disclosure import release
from helpers.publication.disclosure.rules import RULES
from helpers.publication.report import assembly
from helpers.publication.report.checker import bundle, inside
from helpers.publication.report.checker.output import tables_and_figures
from helpers.publication.report.checker.sheet import Study
from helpers.publication.report.forms import pictures
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part

#: a number that stands in result.json, and in no table
IN_RESULT = "all.n_comparison"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def make(make_run, study):
    """The bundle of the small study as {name: bytes}, with what it was made from."""

    def files(hidden=0, *, profile="default", earlier=None, **changes):
        request = study(disclosure=PROFILES[profile], **changes)
        cells, sums = cells_of_every_kind(hidden)
        decision = release(cells, sums, profile=profile, threshold=10)
        blocks_ = every_block(make_run(request, hidden))
        found = [Part(section, block.recipe) for section, block in blocks_]
        made = content(found, request, decision)
        written = assembly.files(made.released, made.decision, made.drawn)
        outputs = tables_and_figures(made, written)
        if hidden:  # how a hidden number was rounded tells of it too
            cells = [
                replace(cell, rounding="first figure", numerator=hidden)
                if cell.ref in decision.withheld
                else cell
                for cell in cells
            ]
        given = Study(
            request, by_ref(cells), made.decision.released, frozenset({IN_RESULT}),
            made.decision.coarsened, earlier or {},
        )  # fmt: skip
        split = inside.as_csv(outputs, by_ref(cells), decision, {})
        pixels = pictures.pictures(made.released, made.decision.released)
        report = Written(made, written, pixels)
        return bundle.files(outputs, report, sums, given), written, split

    return files


PROFILES = {
    "default": {},
    "ministry": {"profile": "ministry"},
    "rounded": {"profile": "rounded"},
    "none": {"profile": "none", "reason": "made-up people"},
}


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def sheet(files):
    text = files[bundle.SHEET].decode()
    return {row["output"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_in_the_layout_of_acro_and_the_viewer_opens_it(make, tmp_path, profile):
    files, written, _ = make(profile=profile)
    folder = put(tmp_path / "checker", files)
    records = viewer.load(folder)
    for uid, record in records.items():
        assert record["uid"] == uid
        table, *pictures = record["files"]
        marked, rows = viewer.marked(folder, table)
        if uid == "outputs":
            continue
        hidden = {
            (row, column)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells[1:])
            if "[c]" in cell
        }
        assert marked == hidden
        assert not any("[c]" in cells[0] for cells in rows)
        assert record["status"] == ("review" if hidden else "pass")
        assert table["sdc"]["summary"]["threshold"] == len(hidden)
        outcome = pd.DataFrame.from_dict(record["outcome"])  # as ACRO loads it
        assert outcome.shape == (len(rows), len(rows[0]) - 1)
        assert (outcome.to_numpy() != "ok").sum() == len(hidden)
        assert all(name["name"].endswith(".png") for name in pictures)
    found = {r["status"] for r in records.values() if r["type"] == "table"}
    assert found == ({"pass"} if profile == "none" else {"pass", "review"})
    # every file has a checksum, and no other file is there
    assert {f"checksums/{name}.txt" for name in files if "/" not in name} == {
        name for name in files if "/" in name
    }
    named = {file["name"] for record in records.values() for file in record["files"]}
    assert named | {"results.json"} == {name for name in files if "/" not in name}
    # the tables are those of release/, byte by byte
    tables = {name: data for name, data in files.items() if name.startswith("table_")}
    assert {data.decode() for data in tables.values()} <= set(written.values())


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_it_does_not_change_with_hidden_numbers(make, hidden):
    assert make(hidden)[0] == make(0)[0]
    assert make(hidden)[2] == make(0)[2]


def test_the_rule_of_a_single_number_stands_in_the_audit_alone(make):
    files, _, split = make()
    records = json.loads(files["results.json"])["results"]
    cells = records["table_1"]["files"][0]["sdc"]["cells"]
    assert {check for check, places in cells.items() if places} == {"threshold"}
    assert not set(sheet(files)["Table 1"].values()) & set(RULES)
    rows = list(csv.DictReader(io.StringIO(split)))
    flow = {row["which"]: row["numbers"] for row in rows if row["output"] == "Table 1"}
    # of the boxes 4 and 23 the first is small itself, the second would tell it
    assert flow == {"": "4", "few people": "1", "sum": "1"}


def test_the_sheet_says_what_each_output_is(make):
    rows = sheet(make()[0])
    flow = rows["Table 1"]
    assert flow["caption"] == "Where everyone went"
    assert flow["files"] == "table_1_flow.csv"
    assert flow["analysis"] == "All"
    assert flow["counts"] == "All: treatment 100, comparison 300"
    assert flow["smallest_count"] == "16"
    assert flow["statbarns"] == "Frequencies"
    assert (flow["shown"], flow["hidden"]) == ("4", "2")
    assert flow["rule"].startswith("default: no number about fewer than 10 people")
    assert "a total and its parts: within itself" in flow["could_be_subtracted_from"]
    assert flow["what_was_done"].startswith("All of them were decided on together")
    summary = rows["Figure 2"]
    assert summary["rule"].startswith("none needed")
    assert summary["could_be_subtracted_from"] == summary["what_was_done"] == ""


def test_an_earlier_edition_is_named_where_it_has_the_same_output(make, tmp_path):
    (tmp_path / "release" / "tables").mkdir(parents=True)
    (tmp_path / "release" / "tables" / "flow.csv").write_text("Box,People\n")
    rows = sheet(make(earlier={1: tmp_path})[0])
    told = rows["Table 1"]["could_be_subtracted_from"]
    assert "edition 1: release/tables/flow.csv" in told
    assert "those of edition 1, this one gives way" in rows["Table 1"]["what_was_done"]
    assert "edition" not in rows["Table 2"]["could_be_subtracted_from"]


def test_words_of_the_request_are_no_script_and_no_formula(make):
    # the viewer puts comments into its page as they are
    files = make(analyses=[{"name": "All", "covariates": {"numeric": ["age"]}}],
                 title=SCRIPT)[0]  # fmt: skip
    assert b"<script" not in files["results.json"]


def test_a_figure_has_a_picture_of_its_own(make):
    pictures = {n: d for n, d in make()[0].items() if n.endswith(".png")}
    assert list(pictures) == ["figure_1_love.png", "figure_2_summary.png"]
    assert pictures == {n: d for n, d in make()[0].items() if n.endswith(".png")}
