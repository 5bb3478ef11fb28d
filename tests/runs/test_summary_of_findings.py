"""The periodic summary of published results: a run of the charts alone."""

import csv
import io
import json
import os
import shutil
import subprocess
from collections import Counter
from datetime import date

import pytest
import yaml
from bs4 import BeautifulSoup
from support import in_process, viewer
from support.govspeak import NEEDS_KRAMDOWN, lead_nowhere, same_as_the_page
from support.page_checks import problems
from support.shared_runs import ROOT, driver_command

from helpers.commands import command_line
from helpers.errors import KitError, RequestError
from helpers.life_cycle import destroy, holdings
from helpers.publication.sections import OF_SUMMARY
from helpers.request import load
from helpers.runs import others, pipeline, progress, whole
from helpers.runs.carrying_out import attempt
from helpers.runs.opening import open_run

FILE = ROOT / "params/findings.yml"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """An outputs folder with the summary that params/findings.yml asks for."""
    folder = tmp_path_factory.mktemp("outputs")
    in_process.run(FILE, folder)
    return folder


@pytest.fixture(scope="module")
def page(outputs):
    return BeautifulSoup((outputs / "findings/report.html").read_text(), "html.parser")


def asked(folder, **keys):
    """A request like that of params/findings.yml in a file of its own."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    content["request"] |= keys
    path = folder / "asked.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


@NEEDS_KRAMDOWN
def test_its_govspeak_edition_holds_what_its_page_holds(outputs):
    body = (outputs / "findings/release/govspeak/report.md").read_text("utf-8")
    same_as_the_page((outputs / "findings/report.html").read_text("utf-8"), body)
    assert lead_nowhere(body) == []


# the page --------------------------------------------------------------------------


def test_its_sections_are_numbered_in_order_and_listed(page):
    heads = [head.get_text() for head in page.select("h2[id]:not([data-toc])")]
    titles = [head.split(". ", 1)[1] for head in heads]
    assert heads == [f"{n}. {title}" for n, title in enumerate(titles, 1)]
    assert titles == [title for title in OF_SUMMARY.values() if title in titles]
    needed = ("main-points", "so-far", "by-intervention", "limits", "method",
              "data-sharing", "glossary", "about")  # fmt: skip
    assert {OF_SUMMARY[key] for key in needed} <= set(titles)
    assert [item.get_text() for item in page.select(".jdl-toc li")] == heads


def test_its_first_screen_says_how_findings_divide_and_up_to_when(page):
    lead = page.select_one(".jdl-lead").get_text()
    # the counts of the Ministry of Justice, September 2015
    assert lead.startswith("Of 134 analyses completed by September 2015, ")
    assert "37 found" in lead and "90 did not" in lead and "7 found" in lead
    assert page.select_one("meta[name=description]")["content"][:40] == lead[:40]
    facts = {dt.get_text(): dt.find_next("dd").get_text()
             for dt in page.select(".jdl-meta dt")}  # fmt: skip
    # June 2026 had not ended
    assert facts["Published"] == "25 June 2026"
    assert facts["Results up to"] == "the end of May 2026"
    status = page.select_one(".jdl-header__status").get_text()
    assert status == "Not an official statistic."


def test_it_has_no_one_finding_and_tells_of_nobodys_data(page, outputs):
    assert len(page.select('[data-verdict="withheld"]')) == 1
    assert problems((outputs / "findings/report.html").read_text()) == []
    text = page.get_text(" ")
    for said in ("data sharing agreement", "Five Safes", "treatment group was matched",
                 "this study", "This study"):  # fmt: skip
        assert said not in text


def test_it_names_the_files_it_was_made_from_with_their_hashes(page, outputs):
    manifest = json.loads((outputs / "findings/audit/manifest.json").read_text())
    about = page.get_text()
    assert len(manifest["inputs"]) == 3
    for path, sha in manifest["inputs"].items():
        assert f"{os.path.basename(path)}: {sha}" in about


# the files -------------------------------------------------------------------------


def test_it_leaves_what_a_run_leaves_and_nothing_of_an_analysis(outputs):
    folder = outputs / "findings"
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {
        "report.html",
        "release/result.json",
        "restricted/report-reviewers.html",
        "audit/checks.csv",
        "audit/disclosure.csv",
        "audit/manifest.json",
        "audit/packages.txt",
        "audit/request.yml",
        "audit/run.log",
    } <= names
    assert "release/reporting.csv" not in names
    records = viewer.load(folder / "release/checker")  # published numbers need no check
    assert {one["status"] for uid, one in records.items() if uid != "outputs"} == {
        "pass"
    }
    books = {name for name in names if name.endswith(".ipynb")}
    assert books == {"restricted/notebooks/04_charts.ipynb"}
    data = {p.name for p in (folder / "restricted/data").iterdir()}
    assert data == {"cells_charts.parquet", "sums_charts.json", "who_charts.parquet",
                    "stage_charts.json", "result_recipe.json"}  # fmt: skip
    # no outcomes were opened, so there is no ledger
    locks = {".findings.lock", attempt.DECIDING}
    assert {p.name for p in outputs.iterdir()} == {"findings", *locks}
    own = load(folder / "audit/request.yml")
    assert own.completed() == load(FILE).completed()
    assert (folder / "audit/run.log").read_text() == "charts: done\n"


def test_its_result_counts_what_the_catalogue_holds(outputs):
    result = json.loads((outputs / "findings/release/result.json").read_text())
    assert list(result)[:3] == ["request_id", "kit_version", "as_of"]
    assert result["as_of"] == "2026-06-25"
    last = result["last_full_count"]
    assert (last["total"], last["decrease"], last["increase"]) == (134, 37, 7)
    with (ROOT / "params/catalogue/results.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert result["collected"]["all"] == len(rows)
    reduced = [row["sig_rate"] == "Y" and row["dir_rate"] == "down" for row in rows]
    assert result["collected"]["decrease"] == sum(reduced)
    by_type = {name: counts["all"]
               for name, counts in result["by_intervention_type"].items()}  # fmt: skip
    assert Counter(row["intervention_type"] for row in rows) == +Counter(by_type)
    assert result["numbers"]["findings.all.all"] == len(rows)


def test_its_reviewers_copy_has_the_code_and_where_numbers_come_from(outputs):
    copy = (outputs / "findings/restricted/report-reviewers.html").read_text()
    # as code says that nothing was chosen
    assert [line for line in problems(copy) if line != "leaks None"] == []
    page = BeautifulSoup(copy, "html.parser")
    titles = {head.get_text().split(". ", 1)[-1] for head in page.select("h2[id]")}
    assert {"Checks of this run", "The code of every stage",
            "Where each number comes from"} <= titles  # fmt: skip
    assert "periodic.main_points(run, published)" in page.get_text()


@pytest.mark.slow
def test_the_driver_makes_the_same_bytes_and_then_finds_them_up_to_date(
    outputs, tmp_path
):
    command = driver_command(FILE, tmp_path / "runs")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Of 134 analyses" in done.stdout
    made, before = tmp_path / "runs/findings", outputs / "findings"
    names = [path.relative_to(before) for path in [before / "report.html",
             *(before / "release").rglob("*.*")]
             if ".png" not in path.name]  # fmt: skip  # drawn by the driver alone
    assert len(names) > 5
    for name in names:
        assert (made / name).read_bytes() == (before / name).read_bytes(), name
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert again.stdout.startswith("Up to date: nothing has changed")


@pytest.mark.slow
def test_the_driver_refuses_a_choice_that_was_left_in_the_notebook(tmp_path):
    """In a checkout of its own, whose notebook was saved with a type chosen."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("helpers", "notebooks", "params"):
        shutil.copytree(ROOT / name, tmp_path / "kit" / name, ignore=leave)
    for name in ("environment.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / "kit")
    book = tmp_path / "kit/notebooks/04_charts.ipynb"
    text = book.read_text(encoding="utf-8")
    line = "intervention_type = None"
    assert text.count(line) == 1
    book.write_text(text.replace(line, "intervention_type = 'Mentoring'"))
    command = driver_command("params/findings.yml", tmp_path / "runs")
    done = subprocess.run(command, cwd=tmp_path / "kit", capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    [told] = [line for line in done.stderr.splitlines() if "were chosen" in line]
    assert "were chosen (intervention type Mentoring)" in told
    assert not (tmp_path / "runs/findings").exists()


# beside other runs -----------------------------------------------------------------


def test_another_runs_disclosure_passes_it_by(outputs):
    assert list(others.releases(outputs, "another")) == []


def test_it_is_never_overdue_and_has_no_people(outputs, capsys):
    late = date(2099, 1, 1)
    assert holdings.overdue(outputs, ROOT / "params", late) == []
    options = ["match-data", "findings", "--outputs", str(outputs)]
    assert command_line.main(options) == 1
    assert capsys.readouterr().err == (
        "findings: summarises published results and has no people; name a request "
        "with an analysis\n"
    )


def test_destroy_takes_its_restricted_files_and_says_nothing_of_people(tmp_path):
    folder = in_process.run(asked(tmp_path, id="gone"), tmp_path / "runs", whole=False)
    (line,) = destroy.destroy("gone", tmp_path / "runs")
    assert "files destroyed; " in line and "people" not in line
    assert not (folder / "restricted").exists()
    assert (folder / "report.html").exists() and whole.is_summary(folder)


def test_it_is_replaced_only_where_that_is_asked_for(outputs, tmp_path):
    place = tmp_path / "runs"
    place.mkdir()
    shutil.copytree(outputs / "findings", place / "findings")
    source = asked(tmp_path, title="Another title")
    told = progress.Lines(io.StringIO())
    with pytest.raises(RequestError, match="write --overwrite to replace it"):
        pipeline.run(source, outputs=place, progress=told)


def test_its_id_is_taken_where_an_analysis_has_a_finished_run(tmp_path):
    taken = tmp_path / "runs/findings/audit"
    taken.mkdir(parents=True)
    (taken / "manifest.json").write_text('{"status": "finished", "hash": "x"}')
    told = progress.Lines(io.StringIO())
    with pytest.raises(RequestError, match="does not replace; give .* another id"):
        pipeline.run(FILE, outputs=tmp_path / "runs", force=True, progress=told)
    assert (taken / "manifest.json").exists()


# bad input -------------------------------------------------------------------------


def test_every_problem_of_a_catalogue_is_told_before_anything_is_made(tmp_path):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for name in ("counts.csv", "types.csv", "results.csv"):
        text = (ROOT / "params/catalogue" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "results.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rate, kind = rows[0].index("rate_treat"), rows[0].index("intervention_type")
    rows[1][rate], rows[2][kind] = "190", "Mentorin"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    source = asked(tmp_path, findings={"catalogue": str(folder)})
    command = ["run", str(source), "--outputs", str(tmp_path / "runs")]
    with pytest.raises(KitError) as error:
        command_line.parse(command).action(command_line.parse(command))
    told = str(error.value).splitlines()
    assert len(told) == 2
    assert "190" in told[0] and "Mentorin" in told[1]
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("stage", ["intake", "matching", "outcomes"])
def test_a_notebook_of_an_analysis_refuses_it_in_one_line(stage, tmp_path):
    with pytest.raises(RequestError) as error:
        open_run(stage, FILE, tmp_path / "findings.draft")
    assert str(error.value) == (
        f"params/findings.yml: stages has no {stage}: a summary of published results "
        "has no analysis; open 04_charts"
    )
    assert not (tmp_path / "findings.draft").exists()


def test_a_draft_tries_another_day_and_nothing_of_an_analysis(tmp_path):
    folder = tmp_path / "findings.draft"
    run = open_run("charts", FILE, folder, {"findings.as_of": "2015-09-30"})
    assert run.request.as_of == date(2015, 9, 30)
    assert run.banner.endswith("Changed: findings.as_of = 2015-09-30.")
    with pytest.raises(RequestError, match="has no effect in 04_charts; edit the"):
        open_run("charts", FILE, folder, {"matching.caliper": 0.2})
