"""Drafts: what an analyst tries beside a finished run, and papermill by itself."""

import os
import shutil
import stat
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd
import papermill
import pytest
from papermill.translators import PythonTranslator

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import load
from helpers.runs import opening
from helpers.runs.opening import open_run
from helpers.runs.stages import STAGES

NARROW = {"matching.caliper": 0.02}
BANNER = "DRAFT, not for publication. Changed: matching.caliper = 0.02."


@pytest.fixture
def opened(copied):
    """Open a stage in the draft beside the copied run."""

    def open_(stage, request=None, changes=None):
        folder = copied.outputs / f"{copied.id}.draft"
        return open_run(stage, request or copied.request, folder, changes)

    return open_


def save(run, **tables):
    """Write what a stage hands on, and its stamp."""
    for name, table in tables.items():
        run.write(f"data/{name}.parquet", table, sensitivity="restricted")
    run.save()


def settle_matching(run, weight=1.0):
    """A stage 02 that hands on every table of matching, made from its people."""
    people = run.read("people.parquet")
    matched = people[["person_id", "treatment"]].assign(weight=weight)
    save(run, matched=matched, balance=people.head(1), matches=people.head(1))


# a hosted JupyterLab ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["02_matching.ipynb", "gone.ipynb", "console-1"])
def test_a_notebook_that_works_in_a_draft_is_closed_to_others(
    make_request, tmp_path, monkeypatch, name
):
    # a server that the kit has not started saves outputs beside the kit's own
    for there in ("02_matching.ipynb", "console-1"):
        (tmp_path / there).write_text("{}")
        (tmp_path / there).chmod(0o644)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / name))
    monkeypatch.setattr(opening, "in_a_kernel", lambda: True)
    monkeypatch.setattr(opening.safe_places, "stay_inside", lambda _: None)
    path = make_request(tmp_path / "new.yml")
    open_run("intake", path, tmp_path / "outputs" / "new.draft")
    modes = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()}
    closed = 0o600 if name == "02_matching.ipynb" else 0o644
    assert modes["02_matching.ipynb"] == closed
    assert modes["console-1"] == 0o644


# papermill alone -------------------------------------------------------------------


def by_hand(notebook, *options):
    """The papermill of the command line on one notebook; gives what it executed."""
    command = [sys.executable, "-m", "papermill", f"notebooks/{notebook}.ipynb"]
    done = subprocess.run(
        [*command, *map(str, options), "--no-progress-bar"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return nbformat.read(options[0], as_version=4)


@pytest.fixture(scope="module")
def executed_in_the_draft(shared, tmp_path_factory):
    """02 by papermill into the draft's own folder, with the usual umask."""
    outputs = tmp_path_factory.mktemp("kept") / "runs"
    shutil.copytree(shared.folder, outputs / shared.id)
    draft = outputs / f"{shared.id}.draft"
    draft.mkdir(mode=0o755)
    command = [sys.executable, "-m", "papermill", "notebooks/02_matching.ipynb"]
    done = subprocess.run(
        [*command, str(draft / "02.ipynb"), "-p", "request", str(shared.request),
         "-y", f"changes: {NARROW}", "--no-progress-bar"],
        cwd=ROOT, env=os.environ | {"JDL_OUTPUTS": str(outputs)}, umask=0o022,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return draft


def test_a_run_that_is_kept_elsewhere_is_found_by_papermill(
    executed_in_the_draft, shared
):
    draft = executed_in_the_draft
    matched = pd.read_parquet(draft / "restricted/data/matched.parquet")
    # its people are those of the finished run beside it: no stage 01 ran in the draft
    assert set(matched["person_id"]) <= set(shared.data("people")["person_id"])
    assert not (draft / "restricted/data/people.parquet").exists()
    assert BANNER in (draft / "02.ipynb").read_text()


def test_an_executed_notebook_in_a_draft_is_for_its_owner_alone(executed_in_the_draft):
    for path in [executed_in_the_draft, *executed_in_the_draft.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_request_is_known_by_its_id_as_commands_know_it(tmp_path, monkeypatch):
    monkeypatch.setenv("JDL_OUTPUTS", str(tmp_path))
    assert open_run("matching", "nc-prison-work").request.id == "nc-prison-work"
    with pytest.raises(RequestError, match="no-such-id"):
        open_run("matching", "no-such-id")


def test_the_draft_lies_where_runs_are_kept(copied, monkeypatch):
    monkeypatch.setenv("JDL_OUTPUTS", str(copied.outputs))
    run = open_run("matching", copied.request)
    assert run.folder == copied.outputs / f"{copied.id}.draft"
    pd.testing.assert_frame_equal(run.read("people.parquet"), copied.data("people"))


def test_notebooks_that_lie_in_a_draft_are_closed_as_it_is_opened(copied):
    draft = copied.outputs / f"{copied.id}.draft"
    draft.mkdir()
    (draft / "mine.ipynb").write_text("{}")
    (draft / "mine.ipynb").chmod(0o644)
    other = copied.outputs / "other.ipynb"
    other.write_text("{}")
    other.chmod(0o644)
    (draft / "link.ipynb").symlink_to(other)
    open_run("matching", copied.request, draft)
    assert stat.S_IMODE((draft / "mine.ipynb").stat().st_mode) == 0o600
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


def test_decisions_in_a_draft_s_own_list_are_not_written_over(opened):
    run = opened("intake")
    listed = run.write("data/review_list.csv", "line,decision\n2,\n",
                       sensitivity="restricted")  # fmt: skip
    run.save()
    opened("intake")  # which nobody has decided in
    listed.write_text("line,decision\n2,accept\n")
    with pytest.raises(RequestError, match="was edited, and would be written anew"):
        opened("intake")
    assert "accept" in listed.read_text()


@pytest.fixture(scope="module")
def tried(executed_in_the_draft, shared):
    """After 02 with a narrower caliper, 03 as it is; the notebooks that were executed.

    03 lies outside the draft, and is told where that is.
    """
    draft = executed_in_the_draft
    outcomes = papermill.execute_notebook(
        str(ROOT / "notebooks/03_outcomes.ipynb"),
        str(draft.parent.parent / "03.ipynb"),
        {"request": str(shared.request), "run_dir": str(draft)},
        kernel_name="python3",
        progress_bar=False,
    )
    matching = nbformat.read(draft / "02.ipynb", as_version=4)
    return draft.parent, draft, {"02": matching, "03": outcomes}


def shown(notebook):
    """The text of each output of a notebook's code cells, by cell; no warning."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                continue
            data = output.get("data", {})
            yield cell.id, data.get("text/html", data.get("text/plain", ""))


def test_a_notebook_of_another_copy_is_never_run_with_these_helpers(
    tmp_path, monkeypatch
):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers/__main__.py").touch()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    with pytest.raises(RequestError, match="but Python found the helpers of"):
        open_run("intake", ROOT / "params/example.yml")


@pytest.fixture
def injecting(monkeypatch):
    """A notebook in which papermill has set these parameters in a cell of its own."""

    def inject(**parameters):
        cell = PythonTranslator.codify(parameters)
        cells = ["", "request = None", cell, "run = open_run(...)"]
        shell = SimpleNamespace(user_ns={"In": cells}, set_custom_exc=lambda *_: None)
        shell.history_manager = SimpleNamespace(enabled=True)
        monkeypatch.setattr("helpers.jupyter.shell._shell", lambda: shell)

    return inject


@pytest.mark.parametrize("stage", STAGES)
def test_a_parameter_that_no_notebook_has_never_runs_the_example(stage, injecting):
    injecting(requst="params/nc_prison_work.yml", run_dirr="x", caliper=0.02)
    with pytest.raises(RequestError) as refused:
        open_run(stage)
    assert refused.value.problems == [
        "papermill: requst is not a parameter of a notebook; did you mean request?",
        "papermill: run_dirr is not a parameter of a notebook; did you mean run_dir?",
        "papermill: caliper is not a parameter of a notebook; write one of request, "
        "run_dir, changes; a request file has request: at its top, and a setting to "
        "try goes into changes",
    ]


def test_the_parameters_of_a_notebook_are_taken(injecting, copied):
    injecting(request=str(copied.request), changes={}, run_dir="x")
    open_run("matching", copied.request, copied.outputs / "x.draft")


@pytest.mark.slow
def test_papermill_that_hands_over_a_misspelt_request_stops(tmp_path):
    command = [sys.executable, "-m", "papermill", "notebooks/04_charts.ipynb"]
    done = subprocess.run(
        [*command, str(tmp_path / "o.ipynb"), "-y", "{requst: params/example.yml}"],
        cwd=ROOT, env=os.environ | {"JDL_OUTPUTS": str(tmp_path / "outputs")},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    line = "papermill: requst is not a parameter of a notebook; did you mean request?"
    assert line in done.stderr.splitlines()
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ("matching.caliper=0.02", '"matching.caliper=0.02"'),
        ('{"matching.caliper": 0.02}', '"{"matching.caliper": 0.02}"'),
        (["matching.caliper", 0.02], "the list [matching.caliper, 0.02]"),
        ("", '""'),
    ],
)
def test_changes_that_are_no_dictionary_are_told_in_one_line(opened, changes, found):
    with pytest.raises(RequestError) as refused:
        opened("matching", changes=changes)
    assert refused.value.problems == [
        f'changes must be a dictionary, {{"matching.caliper": 0.02}}; found {found}; '
        "with papermill write -y '{changes: {matching.caliper: 0.02}}'"
    ]


def test_a_change_whose_key_is_a_number_is_told(opened):
    with pytest.raises(RequestError, match="^changes: 1 has no effect in 02_matching"):
        opened("matching", changes={1: 2})


def test_a_folder_of_a_run_that_is_a_number_is_told(copied):
    with pytest.raises(RequestError, match="run_dir must be the path of a folder"):
        open_run("matching", copied.request, 12)


@pytest.mark.parametrize("stage", ["02", "03"])
def test_papermill_alone_says_draft_on_every_output(tried, stage):
    outputs = list(shown(tried[2][stage]))
    assert len(outputs) > 8
    for cell, text in outputs:
        # 03 was told of no change: it takes over what 02 was made with
        assert BANNER in text, (stage, cell)


def test_a_draft_writes_restricted_files_only_and_leaves_the_run_alone(
    tried, shared, contents
):
    outputs, draft, _ = tried
    assert {path.name for path in draft.iterdir()} == {"restricted", "02.ipynb"}
    assert contents(outputs / shared.id) == contents(shared.folder)
    assert {p.name for p in outputs.iterdir()} == {
        shared.id,
        draft.name,
        "ledger.jsonl",
        ".ledger.head",
        ".ledger.key",
        ".ledger.jsonl.lock",
    }
    for path in [draft, *draft.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_narrower_caliper_matches_other_people(tried, shared):
    data = tried[1] / "restricted/data"
    for name in ("balance", "matched", "matches", "estimates"):
        before = shared.data(name)
        after = pd.read_parquet(data / f"{name}.parquet")
        assert list(after) == list(before), name
        assert not after.equals(before), name
    width = pd.read_parquet(data / "matches.parquet")["width"]
    assert width.tolist() == [0.02]
    # people and outcomes were the finished run's: no stage 01 ran in the draft
    assert not (data / "people.parquet").exists()


def test_each_match_of_the_draft_lies_within_the_caliper_that_was_tried(tried):
    matched = pd.read_parquet(tried[1] / "restricted/data/matched.parquet")
    logit = np.log(matched["propensity"] / (1 - matched["propensity"]))
    used = matched["weight"] > 0
    treated = logit[used & (matched["treatment"] == 1)].to_numpy()
    compared = logit[used & (matched["treatment"] == 0)].to_numpy()
    gaps = np.abs(treated[:, None] - compared[None, :])
    assert gaps.min(axis=1).max() <= 0.02 + 1e-9
    assert gaps.min(axis=0).max() <= 0.02 + 1e-9


def test_the_estimates_of_03_rest_on_the_matching_that_was_tried(tried, shared):
    data = tried[1] / "restricted/data"
    estimates = pd.read_parquet(data / "estimates.parquet").set_index("outcome")
    estimates = estimates[estimates["variant"] == "main"]
    matched = pd.read_parquet(data / "matched.parquet")
    joined = matched.merge(shared.data("outcomes"), on="person_id")
    rate = estimates.loc["reoffending_rate"]
    for group, name in ((1, "treatment"), (0, "comparison")):
        people = joined[(joined["treatment"] == group) & (joined["weight"] > 0)]
        mean = np.average(people["reoffending_rate"], weights=people["weight"])
        assert rate[f"value_{name}"] == pytest.approx(mean, rel=1e-9)
        assert rate[f"n_{name}"] == len(people)


@pytest.mark.slow
def test_papermill_alone_reads_the_request_from_its_file(shared, tmp_path, contents):
    outputs = tmp_path / "outputs"
    shutil.copytree(shared.folder, outputs / shared.id)
    draft = outputs / f"{shared.id}.draft"
    book = by_hand(
        "02_matching", tmp_path / "02.ipynb", "-f", shared.request,
        "-p", "run_dir", draft,
    )  # fmt: skip
    texts = [text for _, text in shown(book)]
    assert texts
    assert all("DRAFT, not for publication. Changed: nothing." in t for t in texts)
    # nothing changed: the same people, matched as in the finished run
    for name in ("matched", "balance"):
        found = pd.read_parquet(draft / f"restricted/data/{name}.parquet")
        pd.testing.assert_frame_equal(found, shared.data(name))
    assert {path.name for path in draft.iterdir()} == {"restricted"}
    assert contents(outputs / shared.id) == contents(shared.folder)


@pytest.mark.slow
def test_papermill_alone_starts_a_study_of_its_own(make_request, tmp_path):
    path = make_request(
        tmp_path / "new.yml",
        inputs__made_up={"people": 3000, "submitted": 80, "seed": 1},
    )
    draft = tmp_path / "somewhere"
    where = ["-p", "request", path, "-p", "run_dir", draft]
    by_hand("01_intake", tmp_path / "01.ipynb", *where)
    assert {p.name for p in draft.iterdir()} == {"restricted"}
    people = open_run("matching", path, draft).read("people.parquet")
    assert 0 < (people["treatment"] == 1).sum() <= 80 < len(people)


# what a draft reads ----------------------------------------------------------------


def test_a_draft_after_a_finished_run_reads_the_finished_people(opened, copied):
    run = opened("matching")
    assert run.draft
    pd.testing.assert_frame_equal(run.read("people.parquet"), copied.data("people"))
    assert run.banner == "DRAFT, not for publication. Changed: nothing."


def test_a_draft_without_a_finished_run_says_which_notebook_to_run(
    make_request, tmp_path
):
    path = make_request(tmp_path / "new.yml")
    run = open_run("matching", path, tmp_path / "outputs" / "new.draft")
    with pytest.raises(RequestError) as refused:
        run.read("people.parquet")
    (line,) = refused.value.problems
    assert "run 01_intake first" in line
    assert f"python3 -m helpers run {path}" in line


def test_the_default_draft_lies_beside_the_run_in_outputs(make_request, tmp_path):
    # nothing is opened here: only where a draft would be
    path = make_request(tmp_path / "nobody-ever-runs-this.yml")
    run = open_run("matching", path)
    try:
        assert run.folder == ROOT / "outputs" / "nobody-ever-runs-this.draft"
    finally:
        shutil.rmtree(run.folder)


def test_a_change_tried_in_02_is_in_force_in_03(opened):
    settle_matching(opened("matching", changes=NARROW))
    run = opened("outcomes")
    assert run.request.matching.caliper == 0.02
    assert run.banner == BANNER
    table = run.show(pd.DataFrame({"a": [1]}), "A table")._repr_mimebundle_()
    assert BANNER in table["text/html"]


def test_changes_of_two_stages_are_all_in_force_and_all_shown(opened, copied):
    first = opened("intake", changes={"seed": 5})
    people = copied.data("people").iloc[::-1].reset_index(drop=True)
    save(first, people=people, outcomes=copied.data("outcomes"), losses=people.head(1))
    second = opened("matching", changes=NARROW)
    pd.testing.assert_frame_equal(second.read("people.parquet"), people)
    settle_matching(second)
    third = opened("outcomes")
    assert (third.request.seed, third.request.matching.caliper) == (5, 0.02)
    assert "Changed: seed = 5, matching.caliper = 0.02." in third.banner


def test_an_analysis_own_matching_is_tried_in_02_on_the_same_people(opened, copied):
    own = {
        "analyses.0.matching.method": "kernel",
        "analyses.0.matching.bandwidth": 0.02,
    }
    run = opened("matching", changes=own)
    pd.testing.assert_frame_equal(run.read("people.parquet"), copied.data("people"))
    name = run.request.analyses[0].name
    assert run.request.matching_of(name).calipers == [0.02]
    for stage in ("intake", "outcomes"):
        with pytest.raises(RequestError) as refused:
            opened(stage, changes={"analyses.0.matching.bandwidth": 0.02})
        (line,) = refused.value.problems
        assert line.endswith("change it in 02_matching")


def test_a_change_taken_back_is_no_longer_in_force(opened):
    settle_matching(opened("matching", changes=NARROW), weight=2.0)
    settle_matching(opened("matching"), weight=3.0)
    run = opened("outcomes")
    assert run.request.matching.caliper is None
    assert run.banner.endswith("Changed: nothing.")
    assert set(run.read("matched.parquet")["weight"]) == {3.0}


def test_without_stage_02_in_the_draft_03_reads_the_finished_matching(opened, copied):
    run = opened("outcomes")
    pd.testing.assert_frame_equal(run.read("matched.parquet"), copied.data("matched"))


def test_matching_made_on_other_people_is_not_read(opened, copied):
    first = opened("intake", changes={"seed": 5})
    save(first, people=copied.data("people").head(900))
    settle_matching(opened("matching"), weight=2.0)
    # the people of the draft are made anew, without the change
    save(opened("intake"), people=copied.data("people").head(800))
    run = opened("outcomes")
    # both that draft's matching and the finished run's rest on other people now
    with pytest.raises(RequestError, match="run 02_matching first"):
        run.read("matched.parquet")
    assert run.banner.endswith("Changed: nothing.")


def test_a_draft_made_with_another_request_is_not_read(
    opened, copied, make_request, tmp_path
):
    settle_matching(opened("matching", changes=NARROW), weight=2.0)
    made_up = load(copied.request).inputs.made_up.model_dump()
    fewer = make_request(
        tmp_path / "shared.yml",
        inputs__made_up=made_up,
        matching={"method": "nearest"},
    )
    # the finished run's matching was by radius: it does not fit either
    with pytest.raises(RequestError, match="run 02_matching first"):
        opened("outcomes", fewer).read("matched.parquet")
    people = opened("matching", fewer).read("people.parquet")
    pd.testing.assert_frame_equal(people, copied.data("people"))
    # with the old request all is as it was
    assert set(opened("outcomes").read("matched.parquet")["weight"]) == {2.0}


def test_a_title_is_no_reason_to_match_again(opened, copied, make_request, tmp_path):
    made_up = load(copied.request).inputs.made_up.model_dump()
    other = make_request(
        tmp_path / "shared.yml", inputs__made_up=made_up, title="Another title"
    )
    found = opened("outcomes", other).read("matched.parquet")
    pd.testing.assert_frame_equal(found, copied.data("matched"))


def test_people_of_a_cohort_file_that_has_changed_are_not_read(make_request, tmp_path):
    cohort = tmp_path / "cohort.csv"
    cohort.write_text("person_id,treatment,age\n1,1,30\n2,0,31\n")
    path = make_request(tmp_path / "ready.yml", inputs={"cohort": str(cohort)})
    folder = tmp_path / "outputs" / "ready.draft"
    people = pd.DataFrame({"person_id": [1, 2], "treatment": [1, 0]})
    save(open_run("intake", path, folder), people=people)
    assert len(open_run("matching", path, folder).read("people.parquet")) == 2
    cohort.write_text("person_id,treatment,age\n1,1,30\n2,0,32\n")
    with pytest.raises(RequestError, match="run 01_intake first"):
        open_run("matching", path, folder).read("people.parquet")


def test_a_stage_that_did_not_finish_in_the_draft_is_not_read(opened, copied):
    run = opened("matching", changes=NARROW)
    run.write("data/matched.parquet", copied.data("people"), sensitivity="restricted")
    # it stopped before `save`: there is no stamp
    again = opened("outcomes")
    pd.testing.assert_frame_equal(again.read("matched.parquet"), copied.data("matched"))
    assert again.banner.endswith("Changed: nothing.")


# changes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "changes", "line"),
    [
        ("outcomes", NARROW, "matching.caliper has no effect in 03_outcomes; "
         "change it in 02_matching"),
        ("matching", {"seed": 2}, "seed has no effect in 02_matching; "
         "change it in 01_intake"),
        ("charts", {"eligibility.minimum_people": 9}, "has no effect in 04_charts; "
         "change it in 01_intake or 02_matching or 03_outcomes"),
        ("matching", {"eligibility.minimum_age": 9}, "has no effect in 02_matching; "
         "change it in 01_intake"),
        ("intake", {"title": "x"}, "title has no effect in 01_intake; "
         "edit the request instead"),
    ],
)  # fmt: skip
def test_a_change_without_effect_is_refused_with_advice(opened, stage, changes, line):
    with pytest.raises(RequestError) as refused:
        opened(stage, changes=changes)
    (found,) = refused.value.problems
    assert line in found


def test_every_change_without_effect_is_told_at_once(opened):
    with pytest.raises(RequestError) as refused:
        opened("outcomes", changes={**NARROW, "title": "x", "outcomes": ["x"]})
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"matching.caliper": -1}, r"changes: matching\.caliper must be above 0"),
        ({"matching.calliper": 1}, r"caliper"),
        ({"matching": 3}, r"changes: matching"),
    ],
)
def test_a_change_is_checked_like_the_request(opened, copied, changes, line):
    with pytest.raises(RequestError, match=line):
        opened("matching", changes=changes)
    assert not (copied.outputs / f"{copied.id}.draft" / "restricted").exists()


# another outcome, in 03 alone -------------------------------------------------------


def test_words_and_margin_of_an_outcome_are_tried_in_03_alone(opened, copied):
    """Fewer outcomes too: the file of the finished run holds them all."""
    own = {"name": "reoffending_rate", "margin": 5, "label": "came back"}
    run = opened("outcomes", changes={"outcomes": [own]})
    pd.testing.assert_frame_equal(run.read("matches.parquet"), copied.data("matches"))
    people, outcomes = copied.data("people"), copied.data("outcomes")
    pool = people.loc[people["treatment"] == 0, "person_id"]
    held = outcomes[outcomes["person_id"].isin(pool)].reset_index(drop=True)
    pd.testing.assert_frame_equal(run.open_pool_outcomes(), held)
    [outcome] = run.request.outcomes
    assert (outcome.margin, outcome.label) == (5, "came back")


@pytest.mark.parametrize("key", ["margin", "label", "definition"])
def test_01_says_that_it_passes_over_words_and_margin(opened, key):
    with pytest.raises(RequestError, match="has no effect in 01_intake") as refused:
        opened("intake", changes={f"outcomes.0.{key}": 5 if key == "margin" else "x"})
    assert "change it in 03_outcomes" in refused.value.problems[0]


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (
            {"name": "reoffending_rate", "horizon_days": 700},
            "reoffending_rate_700_days",
        ),
        ({"name": "in_work", "kind": "rate"}, "in_work"),
    ],
)
def test_an_outcome_that_01_has_not_made_says_to_run_it_first(opened, outcome, name):
    run = opened("outcomes", changes={"outcomes": [outcome]})
    for table in ("matches.parquet", "seals.parquet"):
        with pytest.raises(RequestError) as refused:
            run.read(table)
        [line] = refused.value.problems
        assert line.startswith(
            f"outcomes: 01_intake has not worked out {name} as it is asked for here; "
            "run 01_intake with this change first"
        )
        assert line.endswith("then 02_matching") is (table == "matches.parquet")


def test_people_are_those_of_the_longest_horizon_asked_for(opened, copied):
    """All are followed up for the longest: without it the finished run's people fit."""
    both = ["reoffending_rate", {"name": "reoffending_rate", "horizon_days": 700}]
    people, outcomes = copied.data("people"), copied.data("outcomes")
    save(
        opened("intake", changes={"outcomes": both}),
        people=people.head(900),
        outcomes=outcomes,
    )
    for asked, found in ((both[1:], 900), (both[:1], len(people))):
        run = opened("outcomes", changes={"outcomes": asked})
        assert len(run.read("people.parquet")) == found
