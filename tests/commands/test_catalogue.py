"""A finished run among the published results: what is added, what is refused."""

import errno
import json
import os
import re
import shutil
from datetime import date, timedelta

import pandas as pd
import pytest
import yaml
from support import in_process, ready_cohort
from support.made_up_cohort import make

from helpers.charts.catalogue import read
from helpers.commands import command_line
from helpers.commands.command_line import parse
from helpers.files import ROOT, sha256

ID = "garden-work"
ROW = "garden_work"
DESIGN = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """People of a ready cohort; the test knows them, the kit does not know them so."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    make(3000, 260, -0.15).to_csv(path, index=False)
    return path


def request_of(cohort, **changes):
    """A request on it, of a programme of 2020 to 2022, published in June 2025."""
    return ready_cohort.raw(
        cohort,
        **{
            "id": ID,
            "analyses": [{"name": "Everyone", "covariates": DESIGN}],
            "programme": {
                "name": "Garden work",
                "intervention_type": "Mentoring",
                "period": "January 2020 to June 2022",
            },
            "publication": {"date": "2025-06-25", "contact": "lab@example.org"},
            **changes,
        },
    )


@pytest.fixture(scope="module")
def finished(cohort, tmp_path_factory):
    """The outputs folder with a finished run of it."""
    outputs = tmp_path_factory.mktemp("outputs")
    in_process.run(request_of(cohort), outputs, whole=False)
    return outputs


@pytest.fixture
def outputs(finished, tmp_path):
    """A copy of what destroy leaves of the run: report, release/ and audit/."""
    for name in ("release", "audit"):
        shutil.copytree(finished / ID / name, tmp_path / "runs" / ID / name)
    return tmp_path / "runs"


@pytest.fixture
def folder(tmp_path):
    """A catalogue of the test's own."""
    return shutil.copytree(ROOT / "params/catalogue", tmp_path / "catalogue")


def added(outputs, folder, *options, run_id=ID):
    """The exit status of adding a run to a catalogue."""
    where = ["--outputs", str(outputs), "--catalogue", str(folder)]
    return command_line.main(["catalogue", "add", run_id, *where, *options])


def refusal(capsys):
    """The one line with which a command stopped."""
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


def rewritten(outputs, change):
    """Change the result of a run and its manifest alike, as if it had made it so."""
    path, manifest = (outputs / ID / name for name in
                      ("release/result.json", "audit/manifest.json"))  # fmt: skip
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    told = json.loads(manifest.read_text())
    told["outputs"]["release/result.json"]["sha256"] = sha256(path)
    manifest.write_text(json.dumps(told))


def test_without_a_verb_the_help_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["catalogue"])
    assert ended.value.code == 2
    assert "add a finished run to the published results" in capsys.readouterr().err


def test_a_row_has_the_numbers_of_the_page(finished, folder, capsys):
    assert added(finished, folder, "--source", "https://example.org/report") == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0].endswith(f"({ROW}): added")
    last = (folder / "results.csv").read_text().splitlines()[-1]
    assert last.startswith(f"{ROW},A provider,Garden work,Mentoring,Voluntary,2025-06,")
    assert last.endswith(f",{ID}")
    row = pd.read_csv(folder / "results.csv", dtype=str).fillna("").iloc[-1]
    page = (finished / ID / "report.html").read_text(encoding="utf-8")
    shown = dict(
        re.findall(r'data-ref="everyone\.([a-z_.0-9]+)"[^>]*>\s*([^<\s]+)', page)
    )
    for column, ref in {
        "n_treat": "reoffending_rate.n_treatment",
        "rate_treat": "reoffending_rate.value_treatment",
        "rate_comp": "reoffending_rate.value_comparison",
        "ci_low": "reoffending_rate.ci_low",
        "ci_high": "reoffending_rate.ci_high",
        "freq_treat_per100": "reoffending_frequency.per_100.value_treatment",
        "freq_ci_low": "reoffending_frequency.per_100.ci_low",
        "days_treat": "time_to_first_reoffence.value_treatment",
    }.items():
        printed = shown[ref].replace("−", "-").rstrip("%")
        assert row[column].lstrip("-") == printed.lstrip("-"), column
    assert (row["cohort_from"], row["cohort_to"]) == ("2020", "2022")
    assert row["source_url"] == "https://example.org/report"


def test_what_destroy_leaves_is_enough(outputs, folder):
    (outputs / ID / "audit/destroyed.json").write_text("{}")
    assert added(outputs, folder) == 0


@pytest.mark.parametrize(
    ("run_id", "words"),
    [
        ("garden-wor", "did you mean garden-work?"),
        ("zebra", "python3 -m helpers run zebra makes it"),
        ("garden-work.draft", "is a draft"),
        ("../garden-work", "holds no finished run with this id"),
        ("", "'': "),
        ("garden-work\n", r"'garden-work\n'"),
        ("garden-work\n", "did you mean garden-work?"),
        ("Zebra?", "an id has small letters, digits and hyphens"),
    ],
)
def test_only_a_finished_run_is_added(outputs, folder, capsys, run_id, words):
    assert added(outputs, folder, run_id=run_id) == 1
    assert words in refusal(capsys)


def unfinished(outputs):
    (outputs / ID / "audit/manifest.json").unlink()


def broken(outputs):
    (outputs / ID / "audit/manifest.json").write_text("{")


def of_another_version(outputs):
    path = outputs / ID / "audit/manifest.json"
    told = json.loads(path.read_text()) | {"kit_version": "9.9.9"}
    path.write_text(json.dumps(told))


def edited(outputs):
    path = outputs / ID / "release/result.json"
    path.write_text(path.read_text().replace("0.", "1.", 1))


def without_a_result(outputs):
    (outputs / ID / "release/result.json").unlink()


def without_outcomes(outputs):
    def change(content):
        content["analyses"][0] |= {"outcomes": [], "could_not_be_analysed": "few"}

    rewritten(outputs, change)


def poorly_matched(outputs):
    rewritten(outputs, lambda content: content["analyses"][0].update(
        match_quality="poorly", headlined="no"))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (unfinished, "holds no finished run"),
        (broken, "is not that of a finished run; run it again with --overwrite"),
        (of_another_version, "was made with version 9.9.9 of the kit"),
        (edited, "is not as the run wrote it"),
        (without_a_result, "there is no result to add"),
        (without_outcomes, "it could not be analysed"),
        (poorly_matched, "its groups could not be made alike"),
    ],
)
def test_a_run_without_a_result_to_rely_on_is_refused(
    outputs, folder, capsys, contents, change, words
):
    change(outputs)
    before = contents(folder)
    assert added(outputs, folder) == 1
    assert words in refusal(capsys)
    assert contents(folder) == before


def with_request(outputs, change):
    """Change a run's own request and its manifest alike."""
    path = outputs / ID / "audit/request.yml"
    content = yaml.safe_load(path.read_text())
    change(content["request"])
    path.write_text(yaml.safe_dump(content))
    manifest = outputs / ID / "audit/manifest.json"
    told = json.loads(manifest.read_text())
    told["outputs"]["audit/request.yml"]["sha256"] = sha256(path)
    manifest.write_text(json.dumps(told))


def test_made_up_people_go_into_a_catalogue_of_ones_own_alone(outputs, folder, capsys):
    def change(request):
        request["inputs"] = {"made_up": {"people": 20000, "submitted": 600}}

    with_request(outputs, change)
    assert command_line.main(["catalogue", "add", ID, "--outputs", str(outputs)]) == 1
    assert "made-up results do not belong among published ones" in refusal(capsys)
    assert added(outputs, ROOT / "params/catalogue") == 1
    assert "copy params/catalogue" in refusal(capsys)
    assert added(outputs, folder) == 0
    assert ",Made-up people,Garden work," in (folder / "results.csv").read_text()


def test_a_summary_of_published_results_has_none_of_its_own(outputs, folder, capsys):
    with_request(outputs, lambda request: request.pop("analyses"))
    assert added(outputs, folder) == 1
    assert "is a summary of published results" in refusal(capsys)


@pytest.mark.parametrize(
    "source", ["report.html", "http://", "ftp://example.org/x", "https://a.org/\u202ex"]
)
def test_a_source_is_an_address(outputs, folder, capsys, source):
    assert added(outputs, folder, "--source", source) == 1
    assert "--source must be an address" in refusal(capsys)


def test_a_run_in_a_folder_of_another_name_is_refused(outputs, folder, capsys):
    (outputs / ID).rename(outputs / "other")
    assert added(outputs, folder, run_id="other") == 1
    assert f"other: the folder of this name holds the run of {ID}" in refusal(capsys)


def test_a_catalogue_that_is_none_is_refused(outputs, tmp_path, capsys):
    assert added(outputs, tmp_path / "nowhere") == 1
    assert "is no folder" in refusal(capsys)


def test_a_folder_that_may_not_be_written_to_stays_as_it_was(
    outputs, folder, capsys, contents, monkeypatch
):
    def refused(partial, path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    before = contents(folder)
    monkeypatch.setattr(os, "replace", refused)  # root may write anywhere
    assert added(outputs, folder) == 1
    assert refusal(capsys) == f"{folder}/results.csv: Permission denied\n"
    assert contents(folder) == before


def test_the_run_itself_never_shows_its_row(finished, cohort, folder, tmp_path):
    assert added(finished, folder) == 0
    again = request_of(
        cohort,
        findings={"catalogue": str(folder)},
        publication={
            "date": "2025-08-01",
            "edition": 2,
            "contact": "lab@example.org",
        },
    )
    made = in_process.run(again, tmp_path, whole=False)
    assert f"findings.result.{ROW}." not in (made / "report.html").read_text()


def test_another_report_shows_it_from_the_end_of_its_month(
    finished, cohort, folder, tmp_path
):
    assert added(finished, folder) == 0
    at_end = date(2025, 6, 30)
    for day, there in ((at_end - timedelta(days=1), False), (at_end, True)):
        known = read.read(folder, day, "other-work").results
        assert (ROW in set(known["id"])) is there
    other = request_of(
        cohort,
        id="other-work",
        findings={"catalogue": str(folder)},
        publication={"date": str(at_end), "contact": "lab@example.org"},
    )
    made = in_process.run(other, tmp_path, whole=False)
    assert f"findings.result.{ROW}.difference" in (made / "report.html").read_text()
