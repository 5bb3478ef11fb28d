"""What an attempt takes over of one that stopped, or of the finished run, and what not.

The driver's own path in this process, on a small ready cohort, without the notebooks
that papermill would leave.
"""

import json
import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from support import in_process, ready_cohort

from helpers.errors import RequestError, RunFailed
from helpers.files import Hold, sha256
from helpers.request import STAGES, load
from helpers.runs import hashes, opening, pipeline, safe_places
from helpers.runs import progress as told_of
from helpers.runs import report as run_report
from helpers.runs.carrying_out import execute, executed, fingerprints, resume, sealed
from helpers.runs.run import Run
from helpers.runs.written import checks, ledger

ALL = list(STAGES)


class Study:
    """A request on a small cohort, and the folder of runs that it is carried out in."""

    def __init__(self, folder: Path):
        self.outputs = folder / "outputs"
        self.cohort = folder / "cohort.csv"
        self.raw = ready_cohort.written(folder)
        self.part = self.outputs / ".small.part"
        self.folder = self.outputs / "small"

    def write(self, **changes):
        return in_process.write(self.raw | changes, self.outputs.parent)

    def run(self, changes=None, **options):
        source = self.write(**(changes or {}))
        return in_process.run(source, self.outputs, whole=False, **options)

    def holds(self, folder=None, **changes):
        return list(self.holding(folder or self.folder, **changes).done)

    def holding(self, folder, **changes):
        request = load(self.raw | changes)
        known = fingerprints.each(request, STAGES)
        return resume.holding(request, known, folder)

    def log(self):
        return (self.folder / "audit/run.log").read_text().splitlines()


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A study with its finished run; no test writes into it."""
    one = Study(tmp_path_factory.mktemp("resume"))
    one.run()
    return one


@pytest.fixture(autouse=True)
def as_papermill_would(monkeypatch):
    monkeypatch.setattr(executed, "problems", lambda *_: [])


@pytest.fixture
def study(done, tmp_path):
    """The same in a folder of the test's own."""
    one = deepcopy(done)
    one.outputs = tmp_path / "outputs"
    shutil.copytree(done.outputs, one.outputs)
    one.part, one.folder = one.outputs / ".small.part", one.outputs / "small"
    return one


def as_attempt(study):
    """The finished run as an attempt that was killed before its report."""
    study.folder.rename(study.part)
    for path in ("audit/manifest.json", "report.html"):
        (study.part / path).unlink()
    shutil.rmtree(study.part / "release")
    return study.part


# which stages hold --------------------------------------------------------------------


def test_every_stage_of_a_finished_run_holds(study):
    assert study.holds() == ALL
    assert study.holds(title="Another title") == ALL
    assert study.holds(matching={"caliper": 0.2}) == ["intake"]
    assert study.holds(findings={"as_of": "2024-01-01"}) == ALL[:3]
    assert study.holds(seed=7) == []


def test_every_stage_of_an_attempt_holds(study):
    assert study.holds(as_attempt(study)) == ALL
    assert study.holds(study.folder) == []  # there is none


def test_a_notebook_that_papermill_did_not_make_is_told(study, monkeypatch):
    told = "02_matching.ipynb: its cells are not those of the kit"
    monkeypatch.setattr(
        executed, "problems", lambda path, stage: [told] * (stage == "matching")
    )
    held = study.holding(as_attempt(study))
    assert (list(held.done), held.problems) == (["intake"], [told])


def taken_over(study):
    """What the next attempt takes over, and what it is told of the rest."""
    request = load(study.raw)
    known = fingerprints.each(request, STAGES)
    done, told = resume.take_over(
        Run(request, "charts", study.part), known, fresh=False
    )
    return list(done), told


def test_why_nothing_holds_is_told_of_the_attempt_and_of_the_finished_run(
    study, monkeypatch
):
    monkeypatch.setattr(
        executed, "problems", lambda path, _: [f"{path}: was made elsewhere"]
    )
    book = "restricted/notebooks/01_intake.ipynb"
    there = f"{study.folder / book}: was made elsewhere"
    assert taken_over(study) == ([], [there])
    shutil.copytree(study.folder, study.part, dirs_exist_ok=True)
    (study.part / "audit/manifest.json").unlink()
    here = f"{study.part / book}: was made elsewhere"
    assert taken_over(study) == ([], [here, there])


def test_what_is_wrong_with_an_attempt_is_not_told_where_the_finished_run_has_it(
    study, monkeypatch
):
    shutil.copytree(study.folder, study.part)
    (study.part / "audit/manifest.json").unlink()
    monkeypatch.setattr(
        executed, "problems", lambda path, _: ["odd"] * path.is_relative_to(study.part)
    )
    assert taken_over(study) == (ALL, [])


DATA = "restricted/data"
BOOK = "restricted/notebooks/03_outcomes.ipynb"


@pytest.mark.parametrize("name", [BOOK, f"{DATA}/stage_outcomes.json"])
def test_what_a_driver_left_is_told_if_it_was_edited_since(name, study):
    shutil.rmtree(study.folder)
    study.run(until="charts")
    assert study.holds(study.part) == ALL
    path = study.part / name
    path.write_text(path.read_text() + " ")
    held = study.holding(study.part)
    assert list(held.done) == ALL[:2]
    assert held.problems == [
        "outcomes: its files were changed after it was done; 03_outcomes has to be "
        "carried out again"
    ]
    study.run(overwrite=True)
    assert study.log()[2:] == ["outcomes: done", "charts: done"]
    # the seal of the manifest is over these files now
    assert not (study.folder / sealed.SEALED).exists()


def test_what_papermill_alone_left_is_sealed_as_it_is_taken_over(study):
    part = as_attempt(study)
    assert not (part / sealed.SEALED).exists()
    study.run(until="outcomes")
    assert list(json.loads((part / sealed.SEALED).read_text())) == ALL
    assert (part / sealed.SEALED).stat().st_mode & 0o777 == 0o600
    (part / BOOK).write_text((part / BOOK).read_text() + " ")
    assert study.holds(part) == ALL[:2]


@pytest.mark.parametrize(
    ("name", "stages"),
    [
        (f"{DATA}/people.parquet", []),
        (f"{DATA}/matched.parquet", ALL[:1]),
        (f"{DATA}/cells_outcomes.parquet", ALL[:2]),
        (f"{DATA}/who_charts.parquet", ALL[:3]),
    ],
)
@pytest.mark.parametrize("how", ["changed", "taken away", "a link"])
def test_a_file_that_is_not_as_it_was_written_is_not_taken_over(
    name, stages, how, study, tmp_path
):
    for folder in (study.folder, as_attempt(study)):
        path = folder / name
        if folder == study.part:
            assert study.holds(folder) == ALL
            if how == "changed":
                path.write_bytes(path.read_bytes() + b" ")
            elif how == "a link":
                path.rename(tmp_path / "elsewhere")
                path.symlink_to(tmp_path / "elsewhere")
            else:
                path.unlink()
            assert study.holds(folder) == stages


def test_no_file_beyond_a_link_is_taken_over(study, tmp_path):
    part = as_attempt(study)
    (part / "restricted/notebooks").rename(tmp_path / "notebooks")
    (part / "restricted/notebooks").symlink_to(tmp_path / "notebooks")
    assert study.holds(part) == []


@pytest.mark.parametrize(
    "stamp",
    [
        "", "{", "[]", "null", '{"fingerprint": 1}', '{"stage": "intake"}',
        '{"fingerprint": "F"}', '{"fingerprint": "F", "outputs": 3}',
        '{"fingerprint": "F", "outputs": {"a": "b"}, "checks": []}',
        '{"fingerprint": "F", "outputs": {"../../x": {"sha256": "1"}}, "checks": []}',
        '{"fingerprint": "F", "outputs": {}, "checks": 3}',
    ],
)  # fmt: skip
def test_a_stamp_edited_by_hand_or_of_an_older_kit_is_none(stamp, study):
    part = as_attempt(study)
    path = part / DATA / "stage_intake.json"
    known = json.loads(path.read_text())["fingerprint"]
    path.write_text(stamp.replace('"F"', f'"{known}"'))
    assert study.holds(part) == []


def test_nothing_is_taken_over_of_a_run_whose_manifest_was_edited(study):
    path = study.folder / "audit/manifest.json"
    written = json.loads(path.read_text())
    path.write_text(json.dumps(written | {"headline": "Fewer reoffended."}))
    assert study.holds() == []


def test_a_notebook_of_a_finished_run_is_as_its_manifest_has_it(study):
    path = study.folder / "restricted/notebooks/03_outcomes.ipynb"
    path.write_text(path.read_text().replace("Everyone", "Anyone"))
    assert study.holds() == ALL[:2]


# the ledger ---------------------------------------------------------------------------


def cut(outputs):
    path = outputs / ledger.LEDGER
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def gone(outputs):
    for path in outputs.glob("*ledger*"):
        path.unlink()
    for path in outputs.glob(".ledger*"):
        path.unlink()


def another_opened_them(outputs):
    """Another request opens these people's outcomes on another matching."""
    seal = Run(load_of(outputs), "outcomes", outputs / "small").seal
    replace(seal, run_id="another", matching="of others").open()


def destroyed_since(outputs):
    ledger.record(outputs, ledger.DESTROYED, "small")


def load_of(outputs):
    return load(outputs / "small" / "audit" / "request.yml")


@pytest.mark.parametrize("how", [cut, gone, another_opened_them, destroyed_since])
def test_outcomes_are_opened_again_where_the_ledger_tells_otherwise(how, study):
    how(study.outputs)
    # of a finished run the seal of its manifest is under the ledger's key too
    assert study.holds() == ([] if how is gone else ALL[:2])
    assert study.holds(as_attempt(study)) == ALL[:2]


def test_outcomes_wait_for_their_turn_before_they_are_taken_over(study, monkeypatch):
    """An earlier one of a batch opens them after this one has begun."""
    nexts = []

    def stage_next(_, stage):
        if not nexts:
            another_opened_them(study.outputs)
        nexts.append(stage)

    monkeypatch.setattr(told_of.Lines, "stage_next", stage_next)
    study.run({"title": "Another title"}, overwrite=True)
    assert nexts == ["outcomes", "outcomes", "charts", "report"]
    assert [line.partition(",")[0] for line in study.log()] == [
        "intake: taken over", "matching: taken over", "outcomes: done", "charts: done",
    ]  # fmt: skip


def test_lines_of_other_people_change_nothing(study):
    seal = Run(load_of(study.outputs), "outcomes", study.folder).seal
    others = {"reoffending_rate": ["of others"]}
    replace(seal, run_id="another", matching="of others", outcomes=others).open()
    assert study.holds() == ALL


# runs that go on ----------------------------------------------------------------------


def same_bytes(study, done, *names):
    for name in names:
        assert (study.folder / name).read_bytes() == (done.folder / name).read_bytes()


def released(one):
    return {
        path.relative_to(one.folder).as_posix(): sha256(path)
        for path in sorted((one.folder / "release").rglob("*"))
        if path.is_file()
    }


def test_a_run_goes_on_from_stage_to_stage_and_ends_with_the_same_bytes(
    study, done, monkeypatch
):
    shutil.rmtree(study.folder)
    carried, real = [], execute.carry_out

    def carry_out(stage, *rest):
        carried.append(stage)
        return real(stage, *rest)

    monkeypatch.setattr(execute, "carry_out", carry_out)
    for until in ("intake", "outcomes"):
        assert study.run(until=until) is None
        assert not study.folder.exists()
    (study.part / DATA / "people.csv").write_text("of a run that was killed")
    (study.part / "audit/checks.csv").write_text("stage,check\nedited,by hand\n")
    (study.part / "elsewhere").symlink_to(done.outputs)
    # a stage that was killed had written of itself, and left no stamp
    (study.part / DATA / "cells_charts.parquet").write_text("half a")
    study.run(overwrite=True)
    assert carried == ALL  # each of them once
    same_bytes(study, done, "report.html", "audit/checks.csv", "audit/request.yml")
    assert released(study) == released(done)
    assert [line.partition(",")[0] for line in study.log()] == [
        "intake: taken over", "matching: taken over", "outcomes: taken over",
        "charts: done",
    ]  # fmt: skip
    written = json.loads((study.folder / "audit/manifest.json").read_text())
    assert list(written["taken_over"]) == ALL[:3]
    assert list(written["seconds"]) == ["charts", "report"]
    assert not list(study.folder.rglob("people.csv"))
    assert not (study.folder / "elsewhere").is_symlink()
    assert (done.outputs / "small/report.html").exists()  # nothing beyond the link
    [opened] = [
        one for one in ledger.lines(study.outputs) if one["event"] == "outcomes opened"
    ]
    assert opened["id"] == "small"


def test_a_changed_title_needs_the_report_alone(study, done):
    with pytest.raises(RequestError, match="write --overwrite to replace it"):
        study.run({"title": "Another title"}, overwrite=False, force=False)
    study.run({"title": "Another title"}, overwrite=True)
    assert all("taken over" in line for line in study.log())
    page = (study.folder / "report.html").read_text()
    assert "Another title" in page
    assert "A small cohort" not in page
    was = (done.folder / "report.html").read_text()
    assert len(page.splitlines()) == len(was.splitlines())
    written = json.loads((study.folder / "audit/manifest.json").read_text())
    request = load(study.raw | {"title": "Another title"})
    assert written["hash"] == hashes.run_hash(request)
    # each with the time of its own making
    for stage in STAGES:
        path = f"{DATA}/stage_{stage}.json"
        there, here = (one.folder / path for one in (done, study))
        assert here.stat().st_mtime == there.stat().st_mtime
        assert here.stat().st_mode & 0o777 == 0o600
    assert checks.read(study.folder / "audit/checks.csv") == (
        checks.read(done.folder / "audit/checks.csv")
    )


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (
            "helpers/outcomes/gate.py",
            "the code of the kit (helpers/outcomes/gate.py)",
        ),
        ("cohort", "a file that the request names, or the environment,"),
    ],
)
def test_a_stage_is_not_of_what_changed_while_the_run_was_at_work(
    path, what, study, monkeypatch
):
    """A kernel has imported its code before its stage is opened."""
    edited = study.cohort if path == "cohort" else hashes.ROOT / path
    carried, real, sha = [], execute.carry_out, fingerprints.sha256

    def carry_out(stage, *rest):
        carried.append(stage)
        return real(stage, *rest)

    def changed(one):
        return "another" if one == edited and "matching" in carried else sha(one)

    monkeypatch.setattr(execute, "carry_out", carry_out)
    monkeypatch.setattr(fingerprints, "sha256", changed)
    if path == "cohort":  # so does matching: its kernel opens nothing
        with pytest.raises(RequestError) as refused:
            study.run(force=True)
        assert str(refused.value).endswith(
            "request: code of the kit, a file that the request names, or the "
            "environment changed after the run had begun"
        )
        assert not (study.part / DATA / "stage_matching.json").exists()
        carried.clear()
    # as the driver sees it, where that came after the stage was opened
    monkeypatch.setattr(opening, "_refuse_changed", lambda *_: None)
    with pytest.raises(RunFailed) as failed:
        study.run(force=True)
    assert str(failed.value).startswith(
        f"small: matching stopped: {what} changed while it ran; {study.part} is kept"
    )
    assert carried == ALL[:2]
    assert not (study.part / DATA / "stage_matching.json").exists()
    # intake does not rest on that code, and does on the cohort
    assert study.holds(study.part) == ([] if path == "cohort" else ["intake"])


def test_an_input_that_changed_during_the_report_is_not_named_as_read(
    study, monkeypatch
):
    """The manifest has the hash of each input as it is at the end."""
    changed, real, sha = [], run_report.write, fingerprints.sha256

    def write(work, *second):
        headline = real(work, *second)
        changed.append(study.cohort)
        return headline

    monkeypatch.setattr(run_report, "write", write)
    monkeypatch.setattr(
        fingerprints, "sha256", lambda one: "another" if one in changed else sha(one)
    )
    before = sha256(study.folder / "audit/manifest.json")
    with pytest.raises(RunFailed) as failed:
        study.run({"title": "Another title"}, overwrite=True)
    assert str(failed.value).startswith(
        "small: report: a file that the request names, or the environment, changed "
        f"while it ran; {study.part} is kept"
    )
    assert not (study.part / "audit/manifest.json").exists()
    assert sha256(study.folder / "audit/manifest.json") == before


@pytest.mark.parametrize("stops", [True, False])
def test_a_notebook_that_another_process_wrote_over_is_told(stops, study, monkeypatch):
    real = run_report.write

    def write(work, *second):
        headline = real(work, *second)
        (work.folder / BOOK).write_text("{}")
        if stops:
            raise KeyError("what the report looked for in it")
        return headline

    monkeypatch.setattr(run_report, "write", write)
    with pytest.raises(RunFailed) as failed:
        study.run({"title": "Another title"}, overwrite=True)
    assert str(failed.value).startswith(
        f"small: report: {study.part / BOOK} was changed after outcomes was done, as "
        f"by a second papermill; {study.part} is kept"
    )
    assert (study.folder / "report.html").exists()


def test_force_takes_nothing_over(study, monkeypatch):
    asked = []
    monkeypatch.setattr(
        execute, "carry_out", lambda stage, *_: asked.append(stage) or "small: stopped"
    )
    with pytest.raises(RunFailed):
        study.run(force=True)
    assert asked == ["intake"]
    assert not list(study.part.rglob("*.parquet"))


def test_a_run_with_nothing_to_compare_goes_on_too(study):
    few = {"eligibility": {"minimum_people": 5000}}
    study.run(few, until="intake")
    study.run(few, overwrite=True)
    skipped = "not carried out, since no headline can be analysed"
    assert study.log()[0].startswith("intake: taken over")
    assert study.log()[1:] == [
        f"matching: {skipped}", f"outcomes: {skipped}", "charts: done",
    ]  # fmt: skip
    assert study.holds(**few) == ["intake", "charts"]


# how it is told -----------------------------------------------------------------------


def stopped(study, quiet, until, **changes):
    with in_process._in_this_process(whole=False):
        return pipeline.run(
            study.write(**changes), outputs=study.outputs, until=until, progress=quiet
        )


def test_a_run_that_stops_as_asked_says_where_and_how_it_goes_on(study, quiet):
    before = sha256(study.folder / "report.html")
    told = stopped(study, quiet, "matching", title="Another title")
    assert (told.status, told.report) == ("stopped", None)
    assert told.headline == (
        f"Stopped after matching, as asked: {study.part} is kept and holds people's "
        f"records, which python3 -m helpers destroy small --outputs {study.outputs} "
        "destroys."
    )
    on = f"To go on: python3 -m helpers run {study.outputs.parent / 'small.yml'}"
    on += f" --outputs {study.outputs}"
    # without it the finished run of the request as it was before is not replaced
    assert told.notes == (f"{on} --overwrite",)
    assert sha256(study.folder / "report.html") == before
    assert study.part.stat().st_mode & 0o777 == 0o700
    with pytest.raises(RequestError, match="write --overwrite to replace it"):
        stopped(study, quiet, None, title="Another title")
    shutil.rmtree(study.folder)
    told = stopped(study, quiet, "matching", title="Another title")
    assert told.notes == (on,)
    assert stopped(study, quiet, None, title="Another title").status == "done"


def test_what_waits_for_a_decision_is_told_where_a_run_stops(study, quiet):
    study.raw |= {"title": "Another title"}
    stopped(study, quiet, "intake")
    path = study.part / DATA / "review_list.csv"
    path.write_text("line,decision\n3,\n5,\n5,accept\n")
    [line] = pipeline.waiting(study.part)
    assert line == (
        f"1 line waits for a person's decision, and nobody was linked to it: {path}; "
        "decide in a copy elsewhere, since the next run empties this folder"
    )


def decided(folder):
    """Decide on a line in a folder's own review list, as intake had left it."""
    stamp = folder / DATA / "stage_intake.json"
    told = json.loads(stamp.read_text())
    path = folder / DATA / "review_list.csv"
    path.write_text("line,decision\n3,\n")
    told["outputs"] |= {f"{DATA}/review_list.csv": {"sha256": sha256(path)}}
    stamp.write_text(json.dumps(told))
    path.write_text("line,decision\n3,accept\n")
    return path


def refused_since_decided(path, run, *arguments, **options):
    with pytest.raises(RequestError) as refused:
        run(*arguments, **options)
    assert str(refused.value) == (
        f"{path}: was edited, and would be written anew; move the file "
        "elsewhere, name it under inputs.decisions, and run again"
    )
    assert path.read_text() == "line,decision\n3,accept\n"


def test_decisions_in_the_list_of_an_attempt_are_not_removed(study, quiet):
    shutil.rmtree(study.folder)
    stopped(study, quiet, "intake")
    path = decided(study.part)
    for options in ({}, {"force": True}):
        refused_since_decided(path, study.run, **options)
    path.rename(study.outputs.parent / "decided.csv")
    study.run(until="intake")


def test_decisions_in_an_attempt_outlive_a_run_that_is_up_to_date(study, quiet):
    stopped(study, quiet, "intake", seed=2)
    path = decided(study.part)
    refused_since_decided(path, stopped, study, quiet, None)
    path.rename(study.outputs.parent / "decided.csv")
    assert stopped(study, quiet, None).status == "up to date"
    assert not study.part.exists()


def test_decisions_in_the_list_of_a_finished_run_are_not_replaced(study, quiet):
    path = decided(study.folder)
    assert stopped(study, quiet, None).status == "up to date"
    other = {"title": "Another title"}
    for options in ({"overwrite": True}, {"force": True}):
        refused_since_decided(path, study.run, other, **options)
    # what stops before its report replaces nothing
    assert stopped(study, quiet, "intake", **other).status == "stopped"
    path.rename(study.outputs.parent / "decided.csv")
    study.run(other, overwrite=True)
    assert "Another title" in (study.folder / "report.html").read_text()


def test_a_run_that_is_up_to_date_leaves_no_attempt_at_another(study, quiet):
    stopped(study, quiet, "intake", seed=2)
    assert study.part.exists()
    assert stopped(study, quiet, None).status == "up to date"
    assert not study.part.exists()


@pytest.mark.parametrize("own", ["part", "folder"])
def test_inputs_in_a_folder_that_a_new_run_replaces_are_refused(study, quiet, own):
    cohort = getattr(study, own) / DATA / "cohort.csv"
    cohort.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(study.cohort, cohort)
    study.raw["inputs"] = study.raw["inputs"] | {"cohort": str(cohort)}
    with pytest.raises(RequestError) as refused:
        stopped(study, quiet, "intake")
    assert str(refused.value) == (
        f"{study.outputs.parent / 'small.yml'}: inputs.cohort: {cohort} lies where the "
        "run is made, and would be replaced; copy it out of that folder, and give the "
        "path of the copy"
    )
    assert cohort.exists()


def test_a_summary_has_no_stage_of_an_analysis(quiet, tmp_path):
    with pytest.raises(RequestError) as refused:
        pipeline.run(
            "params/findings.yml", outputs=tmp_path, until="intake", progress=quiet
        )
    assert str(refused.value) == (
        "params/findings.yml: --until intake: a summary of published results has no "
        "such stage; write --until charts, or leave it out"
    )


def test_a_stage_that_stopped_says_that_the_next_run_goes_on(study, quiet, monkeypatch):
    def carry_out(stage, *_):
        return f"small: {stage} stopped"

    monkeypatch.setattr(execute, "carry_out", carry_out)
    with pytest.raises(RunFailed) as failed:
        study.run({"matching": {"caliper": 0.2}}, overwrite=True)
    assert str(failed.value) == (
        f"small: matching stopped; {study.part} is kept and holds people's records, "
        f"which python3 -m helpers destroy small --outputs {study.outputs} destroys: "
        "mend the cause and run again, which goes on after the last stage that is done"
    )
    assert study.holds(study.part, matching={"caliper": 0.2}) == ["intake"]


# two at once --------------------------------------------------------------------------


def test_a_notebook_at_work_in_an_attempt_is_waited_for(study, monkeypatch):
    part = as_attempt(study)
    (part / safe_places.FOR_A_WHILE).mkdir()
    at_work = Hold(part / safe_places.AT_WORK)
    monkeypatch.setattr(resume, "LONGEST", 0.1)
    with pytest.raises(RequestError) as refused:
        study.run(overwrite=True)
    assert str(refused.value) == (
        f"{part}: a notebook is at work in it; wait until it is done, or end its kernel"
    )
    assert study.holds(part) == ALL  # nothing was touched
    del at_work  # as its kernel ends
    study.run(overwrite=True)
    assert all("taken over" in line for line in study.log())


def test_an_input_that_is_gone_is_told_before_anything_is_taken_over(study, tmp_path):
    part = as_attempt(study)
    gone_file = tmp_path / "gone.csv"
    with pytest.raises(RequestError, match=r"gone\.csv"):
        study.run({"inputs": {"cohort": str(gone_file)}}, overwrite=True)
    assert study.holds(part) == ALL
