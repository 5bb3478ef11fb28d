"""A batch as it is: processes, kernels, one that fails, one that is about nobody."""

import re
import subprocess

import pytest
import yaml
from bs4 import BeautifulSoup
from support.made_up_cohort import make
from support.shared_runs import ROOT, driver_command, write_request

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A small request, one that fails and a summary of published results."""
    folder = tmp_path_factory.mktemp("batch")
    simple = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}
    make(900, 200).to_csv(folder / "cohort.csv", index=False)
    write_request(
        folder / "small.yml",
        inputs={"cohort": str(folder / "cohort.csv")},
        outcomes=["reoffending_rate"],
        analyses=[{"name": "All people mentored", "covariates": simple}],
        robustness=None,
    )
    write_request(folder / "fails.yml", inputs={"cohort": str(folder / "none.csv")})
    findings = yaml.safe_load((ROOT / "params/findings.yml").read_text())
    (folder / "findings.yml").write_text(yaml.safe_dump(findings))
    (folder / "notes.yml").write_text("no: request\n")
    command = driver_command(folder, folder / "out", "--jobs", "2")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return folder / "out", done


def test_one_that_fails_is_named_and_the_others_have_their_reports(batch):
    outputs, done = batch
    assert done.returncode == 1
    last = "2 of 3 requests have a report; 1 not carried out: fails."
    assert done.stderr.splitlines()[-1] == last
    assert "Traceback" not in done.stderr
    for name in ("small", "findings"):
        assert (outputs / name / "report.html").is_file()
        assert f"{name}: {outputs}/{name}/report.html" in done.stdout.splitlines()
    assert not (outputs / "fails").exists()


def test_each_line_of_the_log_names_its_request(batch):
    lines = re.findall(r"^ +\d+ s  (.+)$", batch[1].stderr, re.MULTILINE)
    assert {line.partition(": ")[0] for line in lines} == {"small", "fails", "findings"}
    assert any(line.startswith("small: outcomes: ") for line in lines)


def test_the_page_says_what_each_came_to(batch):
    outputs, _ = batch
    page = BeautifulSoup((outputs / "index.html").read_text(), "html.parser")
    report = BeautifulSoup((outputs / "small/report.html").read_text(), "html.parser")
    headline = report.select_one(".jdl-lead").get_text()
    said = page.select_one("#table-batch-reports").get_text()
    assert headline in said
    assert re.search(r"Matched (well|reasonably|poorly)", said)
    assert re.search(r"\d+ (seconds|minutes?), \d\.\d GB", said)
    why = page.select_one("#table-batch-failed").get_text()
    assert "there is no file" in why
