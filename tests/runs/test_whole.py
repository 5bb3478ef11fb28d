"""A run's life: what makes it out of date, the swap that keeps it whole, the ledger."""

import itertools
import json
import shutil
from pathlib import Path

import pytest

from helpers.errors import RequestError
from helpers.request import load
from helpers.runs import hashes, pipeline, whole
from helpers.runs.carrying_out import execute

# what a run's hash stands for -------------------------------------------------------


@pytest.fixture
def kit(tmp_path, monkeypatch, make_request):
    """A small kit of its own, with a cohort and a catalogue, and the request on it."""
    root = tmp_path / "kit"
    for name in (
        "notebooks/01_intake.ipynb",
        "helpers/matching/balance.py",
        "helpers/publication/report/template/index.html.j2",
        "helpers/publication/report/template/report.css",
        "params/catalogue/results.csv",
        "params/data/cohort.csv",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{name}\n")
    monkeypatch.setattr(hashes, "ROOT", root)
    return root


@pytest.fixture
def hashed(kit, make_request, tmp_path):
    """The hash of a request made from the example with changes."""

    def run_hash(**changes):
        changes = {"inputs": {"cohort": "params/data/cohort.csv"}, **changes}
        return hashes.run_hash(load(make_request(tmp_path / "x.yml", **changes)))

    return run_hash


def test_the_same_request_data_and_kit_have_the_same_hash(hashed, kit):
    before = hashed()
    # neither a default written out nor the time of a file is a change
    (kit / "params/data/cohort.csv").touch()
    assert hashed(seed=1, matching={"method": "radius"}) == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"seed": 2},
        {"matching__caliper": 0.02},
        {"publication__date": "2026-06-26"},
        {"disclosure__threshold": 11},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_of_the_request_changes_the_hash(hashed, change):
    assert hashed(**change) != hashed()


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/01_intake.ipynb",
        "helpers/matching/balance.py",
        "helpers/publication/report/template/index.html.j2",
        "helpers/publication/report/template/report.css",
        "params/catalogue/results.csv",
        "params/data/cohort.csv",
    ],
)
def test_one_byte_of_data_notebooks_or_helpers_changes_the_hash(hashed, kit, name):
    before = hashed()
    content = (kit / name).read_bytes()
    (kit / name).write_bytes(content[:-1] + b" ")
    assert hashed() != before
    (kit / name).write_bytes(content)
    assert hashed() == before


@pytest.mark.parametrize(
    "name",
    ["helpers/outcomes/new.py", "notebooks/05_x.ipynb", "params/catalogue/y.csv"],
)
def test_a_file_more_changes_the_hash(hashed, kit, name):
    before = hashed()
    (kit / name).parent.mkdir(exist_ok=True)
    (kit / name).write_text("")
    assert hashed() != before


def test_a_file_under_another_name_changes_the_hash(hashed, kit):
    before = hashed()
    (kit / "helpers/matching/balance.py").rename(kit / "helpers/matching/other.py")
    assert hashed() != before


def test_what_jupyter_leaves_behind_is_no_change(hashed, kit):
    before = hashed()
    leftover = kit / "helpers/.ipynb_checkpoints/balance-checkpoint.py"
    leftover.parent.mkdir()
    leftover.write_text("x")
    assert hashed() == before


@pytest.mark.parametrize(
    "package", ["pandas", "statsmodels", "matplotlib", "nbconvert"]
)
def test_another_version_of_a_package_changes_the_hash(hashed, monkeypatch, package):
    before = hashed()
    real = hashes.importlib.metadata.version
    assert real(package)[0].isdigit()
    monkeypatch.setattr(
        hashes.importlib.metadata,
        "version",
        lambda name: real(name) + ".post1" * (name == package),
    )
    assert hashed() != before


def test_the_version_of_spark_counts_where_it_is_the_engine(hashed, monkeypatch):
    real = hashes.importlib.metadata.version
    made_up = {"made_up": {"people": 20000, "submitted": 600}}
    spark = {"engine": {"name": "spark"}, "inputs": made_up}
    other = hashed()

    def version(number):
        return lambda name: number if name == "pyspark" else real(name)

    monkeypatch.setattr(hashes.importlib.metadata, "version", version("4.0"))
    before = hashed(**spark)
    monkeypatch.setattr(hashes.importlib.metadata, "version", version("4.1"))
    assert hashed(**spark) != before and hashed() == other


def test_a_cohort_that_is_not_there_is_one_line(make_request, tmp_path, quiet):
    missing = {"cohort": str(tmp_path / "nowhere.csv")}
    path = make_request(tmp_path / "x.yml", inputs=missing)
    with pytest.raises(RequestError) as refused:
        pipeline.run(path, outputs=tmp_path / "outputs", progress=quiet)
    (line,) = refused.value.problems
    assert line.startswith(f"{path}: inputs.cohort: there is no file ")
    assert str(tmp_path / "nowhere.csv") in line
    assert "\n" not in line
    assert not (tmp_path / "outputs" / ".x.part").exists()


# up to date, or not ----------------------------------------------------------------


def again(run, quiet, **options):
    return pipeline.run(run.request, outputs=run.outputs, progress=quiet, **options)


def test_a_run_that_is_finished_and_unchanged_is_not_repeated(
    copied, quiet, contents, monkeypatch
):
    before = contents(copied.outputs)
    monkeypatch.delattr(execute, "carry_out")
    result = again(copied, quiet)
    assert result.status == "up to date"
    assert result.report == copied.folder / "report.html"
    assert copied.said.splitlines()[0] == result.headline
    after = contents(copied.outputs)
    after.pop(f".{copied.id}.lock")
    assert after == before


@pytest.mark.parametrize("option", ["overwrite", "force"])
def test_overwrite_and_force_differ_on_a_run_that_is_up_to_date(
    copied, quiet, monkeypatch, option
):
    def started(*_):
        raise InterruptedError("a stage was started")

    monkeypatch.setattr(execute, "carry_out", started)
    if option == "overwrite":
        assert again(copied, quiet, overwrite=True).status == "up to date"
    else:
        with pytest.raises(InterruptedError):
            again(copied, quiet, force=True)


def test_a_changed_request_does_not_replace_a_run_unasked(
    copied, quiet, contents, make_request, tmp_path
):
    changed = make_request(
        tmp_path / "shared.yml",
        inputs__made_up={"people": 1500, "submitted": 151, "seed": 1},
    )
    before = contents(copied.folder)
    with pytest.raises(RequestError) as refused:
        pipeline.run(changed, outputs=copied.outputs, progress=quiet)
    assert len(refused.value.problems) == 1
    assert "\n" not in refused.value.problems[0]
    assert "--overwrite" in refused.value.problems[0]
    assert str(copied.folder) in refused.value.problems[0]
    assert contents(copied.folder) == before


@pytest.mark.parametrize("name", ["report.html", "release/result.json"])
@pytest.mark.parametrize("what", ["changed", "gone"])
def test_a_published_file_that_is_not_as_written_is_not_up_to_date(
    copied, quiet, name, what
):
    path = copied.folder / name
    if what == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(RequestError, match="--overwrite"):
        again(copied, quiet)


def test_a_folder_that_is_no_run_is_never_replaced(copied, quiet, contents):
    (copied.folder / "audit/manifest.json").unlink()
    before = contents(copied.folder)
    for options in ({}, {"overwrite": True}):
        with pytest.raises(RequestError, match="is not a finished run; move it away"):
            again(copied, quiet, **options)
    assert contents(copied.folder) == before


def test_a_second_run_of_a_request_is_refused_while_one_is_at_work(copied, quiet):
    with whole.locked(copied.outputs, copied.id) as ours:
        assert ours
        with pytest.raises(RequestError, match="is being made by another run"):
            again(copied, quiet)
        with whole.locked(copied.outputs, "another") as free:
            assert free
    assert again(copied, quiet).status == "up to date"


# the swap --------------------------------------------------------------------------


class Interrupted(BaseException):
    """What a kill is to the code that it stops."""


def make(folder: Path, content: str, status: str = "finished") -> None:
    (folder.parent / f".{folder.name.strip('.').split('.')[0]}.lock").touch()
    for name in ("report.html", "audit/manifest.json", "release/result.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps({"status": status, "made": content}))


def interrupt(monkeypatch, step: int, half: bool) -> None:
    """Stop at a step of the swap: before it, or half-way where it can be half done."""
    steps = itertools.count()

    def counted(work, partly):
        def call(*arguments, **options):
            if next(steps) == step:
                if half:
                    partly(*arguments)
                raise Interrupted
            return work(*arguments, **options)

        return call

    def some_files(folder):
        (Path(folder) / "audit/manifest.json").unlink()
        (Path(folder) / "report.html").unlink()

    monkeypatch.setattr(whole.os, "rename", counted(whole.os.rename, id_))
    remove = counted(shutil.rmtree, some_files)
    monkeypatch.setattr(whole.shutil, "rmtree", remove)


def id_(*_):
    """A rename is done or not done, never half."""


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("step", [0, 1, 2])
def test_an_interrupted_swap_is_finished_or_undone(tmp_path, contents, step, half):
    folder, part, old = whole.names(tmp_path, "x")
    make(folder, "last")
    make(part, "new")
    last, new = contents(folder), contents(part)
    with pytest.MonkeyPatch.context() as patch:
        interrupt(patch, step, half)
        with pytest.raises(Interrupted):
            whole.swap(tmp_path, "x")
    whole.settle(tmp_path)
    # stopped before the first rename nothing has begun: the last run stands
    assert contents(folder) == (last if step == 0 else new)
    assert not old.exists()
    assert part.exists() == (step == 0)


@pytest.mark.parametrize("stop", [0, 1])
def test_an_interrupted_settling_is_settled_by_the_next(tmp_path, contents, stop):
    folder, part, old = whole.names(tmp_path, "x")
    make(old, "last")
    make(part, "new")
    new = contents(part)
    with pytest.MonkeyPatch.context() as patch:
        interrupt(patch, stop, half=True)
        with pytest.raises(Interrupted):
            whole.settle(tmp_path)
    whole.settle(tmp_path)
    assert contents(folder) == new
    assert not old.exists()


def test_a_run_made_again_after_its_data_were_destroyed_keeps_the_certificates(
    tmp_path,
):
    folder, part, _ = whole.names(tmp_path, "x")
    for said in ("first", "second"):
        (folder / "audit").mkdir(parents=True, exist_ok=True)
        for ending in ("json", "txt"):
            (folder / f"audit/destroyed.{ending}").write_text(said)
        part.mkdir()
        whole.swap(tmp_path, "x")
    kept = {path.name: path.read_text() for path in tmp_path.glob("x.destroyed*")}
    assert kept == {
        "x.destroyed.json": "first",
        "x.destroyed.txt": "first",
        "x.destroyed-2.json": "second",
        "x.destroyed-2.txt": "second",
    }


def test_a_swap_whose_new_run_is_not_whole_is_undone(tmp_path, contents):
    folder, part, old = whole.names(tmp_path, "x")
    make(old, "last")
    last = contents(old)
    make(part, "new", status="at work")
    whole.settle(tmp_path)
    assert contents(folder) == last
    assert not old.exists()


def test_a_swap_that_another_process_has_in_hand_is_left_to_it(tmp_path, contents):
    _, part, old = whole.names(tmp_path, "x")
    make(old, "last")
    make(part, "new")
    with whole.locked(tmp_path, "x"):
        whole.settle(tmp_path)
        assert old.exists()
        assert part.exists()


def test_the_next_command_settles_what_was_interrupted(copied, quiet, contents):
    before = contents(copied.folder)
    _, part, old = whole.names(copied.outputs, copied.id)
    copied.folder.rename(part)
    make(old, "last")
    assert again(copied, quiet).status == "up to date"
    assert contents(copied.folder) == before
    assert not old.exists()
    # another request of the same folder is settled too
    copied.folder.rename(copied.outputs / ".other.old")
    (copied.outputs / ".other.lock").touch()
    with pytest.raises(RequestError, match="there is no file"):
        missing = copied.outputs / "none.csv"
        raw = load(copied.request).completed() | {"inputs": {"cohort": str(missing)}}
        pipeline.run(raw, outputs=copied.outputs, progress=quiet)
    assert contents(copied.outputs / "other") == before


# other folders ----------------------------------------------------------------------


def test_what_is_no_run_of_the_kit_is_left_alone(tmp_path):
    (tmp_path / ".config.old").mkdir()
    (tmp_path / ".config.old" / "mine").write_text("kept")
    (tmp_path / ".bashrc.old").write_text("kept")
    whole.settle(tmp_path)
    assert (tmp_path / ".config.old" / "mine").read_text() == "kept"
    assert not (tmp_path / "bashrc").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"status": "finished"}'])
def test_a_manifest_edited_by_hand_is_not_up_to_date(tmp_path, content):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit/manifest.json").write_text(content)
    assert not whole.up_to_date(tmp_path, "some hash")


def test_force_does_not_replace_a_folder_that_is_no_run(shared, quiet, tmp_path):
    mine = tmp_path / shared.id / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("kept")
    with pytest.raises(RequestError, match="is not a finished run; move it away"):
        pipeline.run(shared.request, outputs=tmp_path, force=True, progress=quiet)
    assert mine.read_text() == "kept"


def test_an_empty_folder_is_nothing_that_could_be_replaced(tmp_path, make_request):
    # as a workflow engine makes it for the report that it waits for
    (tmp_path / "mine").mkdir()
    request = load(make_request(tmp_path / "mine.yml"))
    pipeline._refuse_overwriting(tmp_path / "mine", request, False)


def test_a_manifest_of_brackets_without_end_is_that_of_no_run(tmp_path):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "manifest.json").write_text("[" * 200_000)
    assert whole.finished(tmp_path) is None
