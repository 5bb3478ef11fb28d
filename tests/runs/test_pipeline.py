"""Whole runs of the real driver: what they publish, and how they fail.

Every number of result.json is computed a second time here, by the formulas of the
method, from the tables in restricted/data alone: to all digits for the run `few`, which
hides nothing, and as printed for the others, of which some numbers may be hidden.
"""

import html
import json
import math
import re
import shutil
from html.parser import HTMLParser
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd
import pytest
from scipy import stats
from support.made_up_cohort import make

from helpers.errors import RunFailed
from helpers.intake.cohort.kinds import DELAY
from helpers.jupyter import ahead
from helpers.request import load
from helpers.runs import pipeline
from helpers.runs.carrying_out import execute as carried

#: what lies beside the ledger
LEDGER = (".ledger.head", ".ledger.key", ".ledger.jsonl.lock")
#: held while it is decided what a run shows
DECIDING = ".what_is_shown.lock"
LEVELS = "value_treatment value_comparison difference ci_low ci_high".split()
MAIN_POINTS = "reoffending_rate reoffending_frequency time_to_first_reoffence".split()
close = pytest.approx


def analysis(run):
    (only,) = run.result["analyses"]
    return only


def outcomes(run):
    return {outcome["outcome"]: outcome for outcome in analysis(run)["outcomes"]}


def joined(run):
    """The people of the analysis with weight, outcomes and characteristics."""
    matched = run.data("matched")
    people = run.data("people").drop(columns="treatment")
    return matched.merge(run.data("outcomes"), on="person_id", how="left").merge(
        people, on="person_id", how="left", validate="one_to_one"
    )


def groups(run, outcome):
    """Values of an outcome in each group, and the comparison group's weights."""
    people = joined(run)
    used = people[(people["weight"] > 0) & people[outcome].notna()]
    treated = used["treatment"] == 1
    pool = used[~treated]
    return (
        used.loc[treated, outcome].to_numpy(),
        pool[outcome].to_numpy(),
        (pool["weight"].to_numpy()),
    )


def as_printed(value, digits):
    """What equals a value that was rounded; nothing else about people is released."""
    return close(value, rel=1e-12, abs=0.5 * 10**-digits + 1e-9)


# result.json -----------------------------------------------------------------------


def test_result_json_has_the_shape_that_other_programs_rely_on(shared):
    result = shared.result
    assert list(result) == ["request_id", "kit_version", "analyses"]
    assert result["request_id"] == "shared"
    found = analysis(shared)
    assert list(found) == [
        "name", "headline", "n_submitted", "n_treatment", "n_comparison",
        "effective_comparison", "match_quality", "headlined", "outcomes", "balance",
    ]  # fmt: skip
    assert found["name"] == "All people mentored"
    assert found["headline"] is True
    for outcome in found["outcomes"]:
        assert list(outcome) == [
            "outcome", "n_treatment", "n_comparison", *LEVELS, "p_value", "significant",
        ]  # fmt: skip
    for row in found["balance"]:
        assert list(row) == [
            "variable", "level", "mean_treatment", "mean_comparison_before",
            "mean_comparison_after", "smd_before", "smd_after",
        ]  # fmt: skip
    # the eleven of the Ministry's report (method, section 4 of the design)
    assert [outcome["outcome"] for outcome in found["outcomes"]] == [
        "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence",
        "first_reoffence_indictable", "first_reoffence_either_way",
        "first_reoffence_summary", "reoffences_indictable", "reoffences_either_way",
        "reoffences_summary", "custody_for_first_reoffence", "custodial_reoffences",
    ]  # fmt: skip


def test_every_submitted_line_is_in_one_box(few, shared):
    for run, submitted, hides in ((few, 60, False), (shared, 250, True)):
        matched, found = run.data("matched"), analysis(run)
        treated = matched[matched["treatment"] == 1]
        losses = run.data("losses").set_index("box")["treatment"]
        used = (treated["weight"] > 0).sum()
        assert losses["submitted"] == submitted
        assert len(treated) == losses["available for matching"]
        boxes = losses.drop(["submitted", "available for matching"])
        assert boxes.sum() + (treated["weight"] == 0).sum() + used == submitted
        hidden = [None] if hides else []
        assert found["n_submitted"] in (submitted, *hidden)
        assert found["n_treatment"] in (used, *hidden)


def test_the_losses_are_those_that_were_planted(shared):
    planted = shared.data("made_up/truth")["kind"].value_counts()
    losses = shared.data("losses").set_index("box")["treatment"]
    assert losses["line that cannot be used"] == planted["cannot be used"]
    assert losses["duplicate line"] == planted["sent twice"]
    # who is not in the records is not found, and some others are not
    assert 0 <= losses["not linked"] - planted["not in the records"] < 10
    assert losses["outside the age limits"] <= planted["under age"]
    assert losses["another line of a person already counted"] > 0
    assert losses["no suitable sentence"] > 0
    assert losses["reoffended before support"] > 0


def test_the_groups_are_those_with_a_weight(few):
    found, matched = analysis(few), few.data("matched")
    used = matched[matched["weight"] > 0]
    pool = used[used["treatment"] == 0]
    assert found["n_comparison"] == len(pool)
    n_e = pool["weight"].sum() ** 2 / (pool["weight"] ** 2).sum()
    assert found["effective_comparison"] == close(n_e, rel=1e-9)
    # every matched person weighs one, and the pool people together as much as they
    assert set(used.loc[used["treatment"] == 1, "weight"]) == {1.0}
    assert pool["weight"].sum() == close(found["n_treatment"], rel=1e-12)


#: decimals in result.json: a rate in whole per cent, whole days
DECIMALS = {
    "reoffending_rate": 2,
    "reoffending_frequency": 2,
    "time_to_first_reoffence": 0,
}


@pytest.mark.parametrize("name", DECIMALS)
def test_the_estimates_are_welchs_on_the_people_matched(shared, name):
    every = shared.data("estimates")
    exact = every[every["variant"] == "main"].set_index("outcome").loc[name]
    found = outcomes(shared)[name]
    y, x, w = groups(shared, name)
    n, n_e, mean = len(y), w.sum() ** 2 / (w**2).sum(), np.average(x, weights=w)
    of_y = y.var(ddof=1) / n
    of_x = n_e / (n_e - 1) * (w**2 * (x - mean) ** 2).sum() / w.sum() ** 2
    error = math.sqrt(of_y + of_x)
    df = (of_y + of_x) ** 2 / (of_y**2 / (n - 1) + of_x**2 / (n_e - 1))
    gap = y.mean() - mean
    low, high = stats.t.interval(0.95, df, gap, error)
    p = 2 * stats.t.sf(abs(gap) / error, df)
    assert (found["n_treatment"], found["n_comparison"]) == (n, len(x))
    for key, value in zip(LEVELS, (y.mean(), mean, gap, low, high), strict=True):
        assert exact[key] == close(value, rel=1e-8, abs=1e-12), key
        assert found[key] == as_printed(value, DECIMALS[name]), key
    assert exact["p_value"] == close(p, rel=1e-7)
    assert found["p_value"] == as_printed(p, 2)
    assert found["significant"] is bool(p <= 0.05)


def characteristic(people, row):
    """A row of the balance table by hand: means of both groups, SMD in per cent."""
    x = people[row["variable"]]
    if row["level"]:
        x = (x.isna() if row["level"] == "missing" else x == row["level"]).astype(float)
    people = people.assign(x=x)[x.notna()]
    treated, pool = (people[people["treatment"] == group] for group in (1, 0))
    spread = math.sqrt((treated["x"].var(ddof=1) + pool["x"].var(ddof=1)) / 2)
    mean = treated["x"][treated["weight"] > 0].mean()
    after = np.average(pool["x"], weights=pool["weight"])
    return {
        "mean_treatment": mean,
        "mean_comparison_before": pool["x"].mean(),
        "mean_comparison_after": after,
        "smd_before": 100 * (treated["x"].mean() - pool["x"].mean()) / spread,
        "smd_after": 100 * (mean - after) / spread,
    }


@pytest.mark.parametrize("name", ["shared", "poor", "few"])
def test_the_balance_is_that_of_the_people_matched(name, request):
    run = request.getfixturevalue(name)
    people = joined(run)
    # people at a level that one group lacks have no score and were set aside
    people = people[people["propensity"].notna()]
    rows = analysis(run)["balance"]
    request_ = load(run.request)
    covariates = set(request_.analyses[0].covariates.names)
    if request_.inputs.from_records:  # the time before support is one of them
        covariates |= set(DELAY)
    assert {row["variable"] for row in rows} == covariates
    shown = 0
    for row in rows:
        for key, value in characteristic(people, row).items():
            if row[key] is None:  # withheld: fewer than ten people
                continue
            shown += 1
            # shares in whole per cent, all else with one decimal
            digits = 2 if row["level"] and key.startswith("mean") else 1
            if name == "few":
                assert row[key] == close(value, rel=1e-8, abs=1e-9), (row, key)
                continue
            assert row[key] == as_printed(value, digits), (row, key)
            assert row[key] == round(row[key], digits)
    assert shown > (30 if name == "few" else 60)  # it has five characteristics


def test_a_level_with_fewer_than_ten_people_is_withheld(shared):
    people = joined(shared)
    used = people[(people["weight"] > 0) & (people["treatment"] == 1)]
    hidden = 0
    for row in analysis(shared)["balance"]:
        if row["level"] and row["level"] != "missing":
            having = (used[row["variable"]] == row["level"]).sum()
            if min(having, len(used) - having) < 10:
                hidden += 1
                values = [row[key] for key in list(row)[2:]]
                assert values == [None] * 5, (row, having)
    assert hidden > 0


def test_the_verdict_on_the_match_follows_from_its_balance(shared, poor, few):
    for run in (shared, poor, few):
        worst = run.data("balance")["smd_after"].abs().max()
        verdict = "well" if worst <= 5 else "reasonably" if worst <= 10 else "poorly"
        # where a size is hidden, so is what follows from it
        hidden = [None] if run is shared else []
        assert analysis(run)["match_quality"] in (verdict, *hidden)
    assert analysis(poor)["match_quality"] == "poorly"


# the page --------------------------------------------------------------------------


class Page(HTMLParser):
    """The text, tags, ids and numbers of a page."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.ids, self.fetched, self.numbers = [], [], [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        fetches = {"src", "srcset", "poster", "background"}
        fetches |= {"href", "xlink:href"} if tag in ("link", "image", "use") else set()
        self.fetched += [given[name] for name in sorted(fetches & set(given))]
        if tag == "data" and "data-ref" in given:
            self.numbers.append((given["data-ref"], float(given["value"])))


def test_the_report_stands_by_itself(shared):
    page = Page(shared.report)
    away = [url for url in page.fetched if not url.startswith(("data:", "#"))]
    assert away == []
    assert not re.search(r"@import|url\((?!['\"]?(data:|#))", shared.report)
    policy = [a["content"] for t, a in page.tags if "http-equiv" in a and t == "meta"]
    assert policy and policy[0].startswith("default-src 'none'")
    scripts = [a for tag, a in page.tags if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "report-results"}]
    assert not any(name.startswith("on") for _, a in page.tags for name in a)
    assert len(page.ids) == len(set(page.ids))
    assert len(shared.report.encode()) < 5_000_000


def test_the_report_has_one_title_and_its_headline(shared):
    title = "Example Mentoring Trust: made-up people, real method"
    assert re.search(r"<title>(.*?)</title>", shared.report)[1] == title
    [h1] = re.findall(r"<h1[^>]*>(.*?)</h1>", shared.report)
    assert re.sub(r"<[^>]+>", "", h1) == title
    lead = re.search(r'<p class="jdl-lead">(.*?)</p>', shared.report, re.DOTALL)[1]
    text = html.unescape(re.sub(r"<[^>]+>", "", lead))
    assert text == shared.said.splitlines()[0]
    rate = outcomes(shared)["reoffending_rate"]
    assert f"{100 * rate['value_treatment']:.0f} in every 100" in text
    assert f"{100 * rate['value_comparison']:.0f} in every 100" in text


def test_the_report_shows_no_trace_of_its_making(shared):
    for word in ("Traceback", "DRAFT", "/tmp/", "papermill", "run.register", "nan"):
        assert not re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", shared.report), word


def test_each_number_of_the_page_is_that_of_result_json(shared):
    numbers = Page(shared.report).numbers
    block = re.search(
        r'<script type="application/json" id="report-results">(.*?)</script>',
        shared.report,
        re.DOTALL,
    )[1]
    block = json.loads(block)
    assert len(numbers) > 100
    for ref, value in numbers:
        assert block[ref] == value, ref
    shown = dict(numbers)
    found, base = analysis(shared), "all-people-mentored"
    assert shown.get("intake.submitted") == found["n_submitted"]
    assert shown.get(f"{base}.n_treatment") == found["n_treatment"]
    for name, outcome in outcomes(shared).items():
        if name not in MAIN_POINTS:
            continue
        # rates are printed in per cent, frequencies for every 100 people
        scale = 1 if name.startswith("time") else 100
        levels = f"{base}.{name}" + (".per_100" if "frequency" in name else "")
        for key in LEVELS:
            value = shown[f"{levels}.{key}"]
            assert value == close(scale * outcome[key], rel=1e-9), (name, key)
        assert shown[f"{base}.{name}.p_value"] == close(outcome["p_value"], rel=1e-9)


def test_the_tables_of_release_print_the_same_numbers(shared):
    for name, outcome in outcomes(shared).items():
        if name not in MAIN_POINTS:
            continue  # those of one whole share a table
        table = pd.read_csv(
            shared.folder / f"release/tables/results-{name}.csv", dtype=str
        )
        [row] = table.to_dict("records")
        scale = 100 if name.endswith("rate") else 1
        decimals = 2 if "frequency" in name else 0
        values = [scale * outcome[key] for key in LEVELS]
        less, more = ("shorter", "longer") if "time" in name else ("fewer", "more")
        gap = f"{abs(values[2]):.{decimals}f} {less if values[2] < 0 else more}"
        # a printed size without a comma is its number, and needs no second column
        size = "Number in {} group"
        printed = [
            row.get(f"{name}, as printed", row[name])
            for name in (size.format("treatment"), size.format("comparison"))
        ]
        sizes = [f"{outcome[f'n_{g}']:,}" for g in ("treatment", "comparison")]
        assert printed == sizes
        numbers = [f"{group} group" for group in ("Treatment", "Comparison")]
        held = [
            float(value)
            for name, value in row.items()
            if name.startswith((*numbers, "Difference")) and "printed" not in name
        ]
        assert held == [round(value, decimals) for value in values[:3]]
        assert row["Difference, as printed"] == gap


# what may not be shown -------------------------------------------------------------


def open_files(run):
    """Every file of a run outside restricted/, as text."""
    for path in sorted(run.folder.rglob("*")):
        inside = path.relative_to(run.folder).parts[0]
        if path.is_file() and inside != "restricted":
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_a_poor_match_shows_no_estimate_outside_restricted(poor):
    hidden = poor.data("estimates").set_index("outcome")
    main = hidden[hidden["variant"] == "main"]
    assert main[LEVELS].notna().all(axis=None)  # they were estimated all the same
    assert len(outcomes(poor)) == 3
    for name, outcome in outcomes(poor).items():
        for key in (*LEVELS, "p_value", "significant"):
            assert outcome[key] is None, (name, key)
    ends = tuple(f".{key}" for key in (*LEVELS, "p_value", "standard_error"))
    shown = [ref for ref, _ in Page(poor.report).numbers]
    # published results have intervals, whatever this study's are
    own = [ref for ref in shown if not ref.startswith("findings.")]
    assert [ref for ref in own if ref.endswith(ends)] == []
    for table in sorted((poor.folder / "release/tables").glob("results-*.csv")):
        frame = pd.read_csv(table)
        names = ("Group", "Analysis", "Measure", "Number in ")
        told = [column for column in frame if not column.startswith(names)]
        assert told and (frame[told] == "[z]").all(axis=None), table
    # seven digits of a number are a fingerprint: none is in any open file
    values = [*hidden[[*LEVELS, "p_value"]].to_numpy(dtype=float).ravel()]
    prints = {f"{abs(v) * s:.7g}"[:8] for v in values if v == v for s in (1, 100)}
    prints = {text for text in prints if len(text.replace(".", "").lstrip("0")) > 5}
    assert len(prints) > 20
    for path, text in open_files(poor):
        assert [found for found in prints if found in text] == [], path


def test_a_poor_match_says_so_and_shows_sizes_and_balance(poor):
    found = analysis(poor)
    assert found["n_submitted"] == 400
    assert found["n_treatment"] == (
        poor.data("matched").query("treatment == 1")["weight"].gt(0).sum()
    )
    assert found["balance"][0]["smd_after"] is not None
    said = poor.said.splitlines()[0]
    assert "could not be made alike enough to compare" in said
    assert "says nothing about whether the programme made a difference" in said
    assert found["could_not_be_analysed"] == "poor_match"
    assert html.escape(said) in re.sub(r"<[^>]+>", "", poor.report)
    checks = pd.read_csv(poor.folder / "audit/checks.csv")
    alike = checks[checks["check"].str.contains("groups are alike")]
    assert alike["result"].tolist() == ["warn"]


def newcombe(p1, n1, p2, n2, z=1.959964):
    """Newcombe's hybrid score interval (Statistics in Medicine 1998, method 10)."""

    def wilson(p, n):
        root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        return [(p + z**2 / (2 * n) + s * root) / (1 + z**2 / n) for s in (-1, 1)]

    (l1, u1), (l2, u2) = wilson(p1, n1), wilson(p2, n2)
    low = p1 - p2 - math.hypot(p1 - l1, u2 - p2)
    return low, p1 - p2 + math.hypot(u1 - p1, p2 - l2)


def test_few_events_are_not_tested_and_have_newcombes_interval(few):
    found = outcomes(few)["reoffending_rate"]
    y, x, w = groups(few, "reoffending_rate")
    assert 0 < y.sum() < 10
    n_e, mean = w.sum() ** 2 / (w**2).sum(), np.average(x, weights=w)
    low, high = newcombe(y.mean(), len(y), mean, n_e)
    assert found["value_treatment"] == close(y.mean(), rel=1e-9)
    assert (found["ci_low"], found["ci_high"]) == close((low, high), rel=1e-6)
    assert found["p_value"] is None
    assert found["significant"] is None
    assert "Too few people" in few.report
    assert "statistically significant" not in few.said


def test_fewer_than_thirty_reoffenders_have_no_time(few):
    y, _, _ = groups(few, "time_to_first_reoffence")
    assert 0 < len(y) < 30
    found = outcomes(few)["time_to_first_reoffence"]
    assert [found[key] for key in (*LEVELS, "p_value", "significant")] == [None] * 7
    estimates = few.data("estimates").set_index("outcome")
    value = estimates.loc["time_to_first_reoffence", "value_treatment"]
    assert value == close(y.mean(), rel=1e-9)
    assert "fewer than thirty people in the programme group" in few.report


# a run that fails ------------------------------------------------------------------


def fail(driver, request, outputs, *options):
    """A run that must fail; gives its last line."""
    process = driver(request, outputs, *options)
    said, problems = process.communicate(timeout=300)
    assert process.returncode == 1, problems
    assert said == ""
    return problems.splitlines()[-1]


def test_a_failure_inside_a_stage_is_one_line_and_touches_nothing(
    copied, driver, make_request, tmp_path, contents
):
    # a small cohort: where it fails, its first stage is done sooner than linkage is
    make(600, 120).to_csv(tmp_path / "cohort.csv", index=False)
    inputs = {"cohort": str(tmp_path / "cohort.csv")}
    wide = make_request(tmp_path / "shared.yml", inputs=inputs, matching={"caliper": 3})
    before = contents(copied.folder)
    line = fail(driver, wide, copied.outputs, "--overwrite")
    part = copied.outputs / ".shared.part"
    executed = part / "restricted/notebooks/02_matching.ipynb"
    assert line.startswith("shared: matching stopped at “Choose how people are matched")
    assert "matching.caliper" in line
    assert "above" in line
    assert f"the executed notebook is {executed}; {part} is kept" in line
    assert line.endswith(
        f"{part} is kept and holds people's records, which python3 -m helpers destroy "
        f"shared --outputs {copied.outputs} destroys: mend the cause and run again, "
        "which goes on after the last stage that is done"
    )
    assert contents(copied.folder) == before
    # the attempt is there to be read, and is no report
    cells = nbformat.read(executed, as_version=4).cells
    errors = [
        o for c in cells for o in c.get("outputs", []) if o.output_type == "error"
    ]
    assert len(errors) == 1
    assert (part / "restricted/data/people.parquet").exists()
    assert not list(part.rglob("report.html")) + list(part.rglob("manifest.json"))
    assert not (part / "release").exists()
    assert "matching stopped" in (part / "audit/run.log").read_text()


@pytest.mark.slow
def test_what_is_wrong_with_a_cohort_is_told_without_a_persons_value(
    driver, make_request, tmp_path
):
    cohort = make(300, 60)
    cohort["previous_offences"] = cohort["previous_offences"].astype(object)
    cohort.loc[[4, 9], "previous_offences"] = "HENRY SMITH 1980"
    cohort.loc[7, "person_id"] = cohort.loc[8, "person_id"] = "SMITH-1980"
    cohort.to_csv(tmp_path / "cohort.csv", index=False)
    path = make_request(
        tmp_path / "x.yml", inputs={"cohort": str(tmp_path / "cohort.csv")}
    )
    process = driver(path, tmp_path / "outputs")
    said, problems = process.communicate(timeout=300)
    assert (process.returncode, said) == (1, "")
    unlike, ids = sorted(problems.splitlines(), key=lambda line: "person_id" in line)
    assert "previous_offences must be a number; found otherwise in 2 rows" in unlike
    assert "the first of them data row 5" in unlike
    assert "person_id must be different in every row" in ids
    assert "SMITH" not in problems
    assert not (tmp_path / "outputs").exists()  # no stage was begun


def notebook(folder, *cells):
    """A stage 01 of the test's own."""
    book = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        }
    )
    parameters = nbformat.v4.new_code_cell("request = run_dir = None")
    parameters.metadata["tags"] = ["parameters"]
    heading = nbformat.v4.new_markdown_cell("# A stage\n\n## Read the people")
    book.cells = [parameters, heading, *map(nbformat.v4.new_code_cell, cells)]
    path = folder / "notebooks" / "01_intake.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(book, path)


@pytest.fixture
def own_stage(tmp_path, monkeypatch, make_request, quiet):
    """Run a stage 01 made of these cells; gives the line that it stops with."""

    def run(*cells):
        notebook(tmp_path / "kit", *cells)
        monkeypatch.setattr(carried, "ROOT", tmp_path / "kit")
        monkeypatch.setattr(ahead, "ROOT", tmp_path / "kit")
        with pytest.raises(RunFailed) as stopped:
            path = make_request(tmp_path / "own.yml")
            pipeline.run(path, outputs=tmp_path / "outputs", progress=quiet)
        assert not (tmp_path / "outputs/own").exists()
        return str(stopped.value), tmp_path / "outputs/.own.part"

    return run


def test_an_error_that_nobody_foresaw_keeps_its_text_in_the_notebook(own_stage):
    line, part = own_stage("x = 1", "int('HENRY SMITH')")
    assert line.startswith("own: intake stopped at “Read the people”: ValueError")
    assert "\n" not in line
    assert "SMITH" not in line
    assert "SMITH" not in (part / "audit/run.log").read_text()
    executed = part / "restricted/notebooks/01_intake.ipynb"
    assert str(executed) in line
    assert "HENRY SMITH" in executed.read_text()
    assert executed.stat().st_mode & 0o777 == 0o600


def test_a_stage_that_does_not_save_stops_the_run(own_stage):
    line, _ = own_stage("x = 1")
    assert line.startswith("own: 01_intake did not save its stage; ")


def test_a_kernel_that_dies_is_one_line(own_stage):
    line, _ = own_stage("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    said = "own: intake stopped at “Read the people”: its Python was killed"
    assert line.startswith(said)
    assert "\n" not in line


# the driver with the stages of the shared run replayed --------------------------------


@pytest.fixture
def replayed(copied, shared, monkeypatch, quiet):
    """Runs whose notebooks are not executed: their files are the shared run's."""
    manifest = json.loads((shared.folder / "audit/manifest.json").read_text())

    def execute(stage, name, work, progress):
        if stage == "intake":
            for file in ("audit/checks.csv", *manifest["outputs"]):
                if file.startswith("restricted/") or file == "audit/checks.csv":
                    (work.folder / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(shared.folder / file, work.folder / file)
                    work.declare(work.folder / file, file.split("/")[0])
        return ""

    monkeypatch.setattr(carried, "carry_out", execute)
    monkeypatch.setattr(ahead.Ahead, "_start", lambda _: None)

    def run(source=copied.request, **options):
        return pipeline.run(source, outputs=copied.outputs, progress=quiet, **options)

    return SimpleNamespace(run=run, execute=execute)


@pytest.mark.slow
def test_overwrite_puts_the_changed_run_in_the_place_of_the_last(
    replayed, copied, make_request, tmp_path
):
    made_up = load(copied.request).inputs.made_up.model_dump()
    changed = make_request(
        tmp_path / "shared.yml", inputs__made_up=made_up, title="Another title"
    )
    (copied.folder / "left over.txt").write_text("of the last run")
    result = replayed.run(changed, overwrite=True)
    assert result.status == "done"
    assert "Another title</span></h1>" in result.report.read_text()
    assert not (copied.folder / "left over.txt").exists()
    hidden = {path.name for path in copied.outputs.glob(".*")}
    assert hidden == {*LEDGER, DECIDING, ".shared.lock"}
    assert replayed.run(changed).status == "up to date"


def test_the_remains_of_an_attempt_do_not_get_into_the_next(replayed, copied):
    remains = copied.outputs / ".shared.part/restricted/data/people.csv"
    remains.parent.mkdir(parents=True)
    remains.write_text("of a run that was killed")
    assert replayed.run(force=True).status == "done"
    assert not list(copied.folder.rglob("people.csv"))


def test_an_undeclared_file_stops_the_run_with_one_line(
    replayed, copied, contents, monkeypatch
):
    def execute(stage, name, work, progress):
        replayed.execute(stage, name, work, progress)
        (work.folder / "restricted/data/people.csv").write_text("row by row")
        return ""

    monkeypatch.setattr(carried, "carry_out", execute)
    before = contents(copied.folder)
    with pytest.raises(RunFailed) as stopped:
        replayed.run(force=True)
    line = str(stopped.value)
    assert line.startswith("shared: restricted/data/people.csv: written without a sens")
    assert "\n" not in line
    assert contents(copied.folder) == before
    assert not (copied.outputs / ".shared.part/audit/manifest.json").exists()


# slow: the same bytes ----------------------------------------------------------------


@pytest.mark.slow
def test_the_same_request_gives_the_same_bytes(copied, shared, driver, contents):
    process = driver(copied.request, copied.outputs, "--force")
    said, problems = process.communicate(timeout=300)
    assert process.returncode == 0, problems
    was = json.loads((shared.folder / "audit/manifest.json").read_text())
    now = json.loads((copied.folder / "audit/manifest.json").read_text())
    assert was["finished_at"] < now["finished_at"]  # it was made anew
    assert copied.report == shared.report
    assert contents(copied.folder / "release") == contents(shared.folder / "release")
    kept = [n for n in was["outputs"] if n.startswith("restricted/data")]
    assert {n: now["outputs"][n]["sha256"] for n in kept} == {
        n: was["outputs"][n]["sha256"] for n in kept
    }
