"""A stage that papermill's own command carries out: what its kernel makes ready."""

import os
import stat
import tempfile

import pytest

from helpers.errors import RequestError
from helpers.request import load
from helpers.runs import open_run, safe_places, whole
from helpers.runs.carrying_out import by_itself, resume, sealed
from helpers.runs.run import Run
from helpers.runs.stage_files import read_stamp
from helpers.runs.written import checks
from helpers.set_up.process import THREADS


@pytest.fixture(autouse=True)
def as_it_was():
    """Let go of the folder, and put back what a process of a run sets for good."""
    before, place, umask = dict(os.environ), tempfile.tempdir, os.umask(0o022)
    yield
    by_itself._HELD.close()
    os.umask(umask)
    os.environ.clear()
    os.environ.update(before)
    tempfile.tempdir = place


@pytest.fixture
def settings(monkeypatch):
    """The variables of the kernel that `helpers kernel` registers."""
    monkeypatch.delenv(safe_places.DRIVEN, raising=False)
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    for name in THREADS:
        monkeypatch.setenv(name, "1")


@pytest.fixture
def part(make_request, tmp_path, settings):
    """A request, and its attempt's folder, as a workflow engine makes it."""
    path = make_request(tmp_path / "mine.yml")
    folder = tmp_path / "outputs" / ".mine.part"
    (folder / "restricted" / "notebooks").mkdir(parents=True)
    (folder / "restricted" / "notebooks" / "01_intake.ipynb").write_text("{}")
    return path, folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_closed_and_has_the_request_as_the_drivers_has(part):
    path, folder = part
    run = open_run("intake", path, folder)
    assert not run.draft
    closed = [folder, *folder.rglob("*")]
    assert {mode(p) for p in closed if p.is_dir()} == {0o700}
    assert {mode(p) for p in closed if p.is_file()} == {0o600}
    assert (folder / "audit/request.yml").read_text() == load(path).written()
    assert tempfile.gettempdir() == str(folder / "restricted/tmp")
    assert os.umask(0o077) == 0o077


def test_another_process_is_told_until_this_one_ends(part):
    path, folder = part
    open_run("intake", path, folder)
    with whole.locked(folder.parent, "mine") as ours:
        assert not ours
    # the same cell once more, in the same notebook
    open_run("intake", path, folder)
    by_itself._HELD.close()  # as the kernel ends
    with whole.locked(folder.parent, "mine") as ours:
        assert ours
        with pytest.raises(RequestError, match="is being made by another run"):
            open_run("intake", path, folder)


def test_what_lies_there_for_a_while_is_gone_when_the_kernel_ends(part):
    path, folder = part
    open_run("intake", path, folder)
    with open(tempfile.mkstemp()[1], "w") as file:
        file.write("Brown")
    by_itself._HELD.close()
    assert list((folder / "restricted/tmp").iterdir()) == []


def test_a_kernel_of_the_driver_leaves_all_that_to_it(part, monkeypatch):
    path, folder = part
    monkeypatch.setenv(safe_places.DRIVEN, "1")
    monkeypatch.delenv("PYTHONHASHSEED")
    open_run("intake", path, folder)
    assert not (folder / "audit").exists()


def test_the_driver_says_so_to_its_kernels_alone(tmp_path):
    assert safe_places.DRIVEN not in os.environ
    with safe_places.closed(tmp_path / ".x.part"):
        assert safe_places.DRIVEN in os.environ
    assert safe_places.DRIVEN not in os.environ


# refused ---------------------------------------------------------------------------


def refused(*arguments):
    with pytest.raises(RequestError) as error:
        open_run(*arguments)
    (line,) = error.value.problems
    return line


def test_a_kernel_that_could_make_other_bytes_is_refused(part, monkeypatch):
    path, folder = part
    monkeypatch.delenv("PYTHONHASHSEED")
    line = refused("intake", path, folder)
    assert line == (
        f"{path}: a stage of a run needs a kernel with PYTHONHASHSEED=0; start "
        "papermill with --kernel justice-data-lab, which python3 -m helpers kernel "
        "registers"
    )
    assert not (folder / "audit").exists()


def test_threads_that_were_asked_for_are_those_of_the_driver_too(part, monkeypatch):
    path, folder = part
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    open_run("intake", path, folder)
    monkeypatch.delenv("OMP_NUM_THREADS")
    assert "with OMP_NUM_THREADS=1;" in refused("intake", path, folder)


def test_a_stage_before_an_earlier_one_is_refused(part):
    path, folder = part
    line = refused("matching", path, folder)
    assert line == (
        f"{path}: 01_intake comes before 02_matching: it was not carried out, or what "
        "it is made from has changed since; have papermill carry it out first, or "
        f"python3 -m helpers run {path}"
    )


def test_an_earlier_stage_of_a_changed_request_is_refused(part, make_request):
    path, folder = part
    open_run("intake", path, folder).save()
    # as it was, its notebook is looked at: papermill did not execute this one
    line = refused("matching", path, folder)
    assert "01_intake.ipynb: is no notebook that can be read" in line
    make_request(path, seed=7)
    line = refused("matching", path, folder)
    assert "it was not carried out, or what" in line


def test_a_folder_of_another_request_is_no_draft(part):
    path, folder = part
    other = folder.with_name(".other.part")
    line = refused("intake", path, other)
    assert line == (
        f"{other}: is for another request's run; the one of {path} is made in "
        ".mine.part"
    )
    assert not other.exists()


def test_a_request_that_the_driver_refuses_is_refused(part, make_request):
    path, folder = part
    make_request(path, programme__intervention_type="Magic")
    with pytest.raises(RequestError, match="intervention_type"):
        open_run("intake", path, folder)
    assert not (folder / "audit").exists()


def test_a_link_in_the_place_of_a_folder_is_refused(part, tmp_path):
    path, folder = part
    (tmp_path / "elsewhere").mkdir()
    (folder / "audit").symlink_to(tmp_path / "elsewhere")
    assert "is a symbolic link" in refused("intake", path, folder)


@pytest.mark.parametrize("stage", ["intake", "matching"])
def test_decisions_in_the_folders_own_review_list_are_not_written_over(stage, part):
    path, folder = part
    run = open_run("intake", path, folder)
    run.write("data/review_list.csv", "line,decision\n3,\n", sensitivity="restricted")
    run.save()
    listed = folder / resume.REVIEW
    listed.write_text("line,decision\n3,accept\n")
    assert refused(stage, path, folder) == (
        f"{listed}: was edited, and would be written anew; move the file "
        "elsewhere, name it under inputs.decisions, and run again"
    )
    assert listed.read_text() == "line,decision\n3,accept\n"


def test_a_review_list_of_an_intake_that_was_killed_is_written_anew(part):
    path, folder = part
    open_run("intake", path, folder).save()
    run = open_run("intake", path, folder)
    run.write("data/review_list.csv", "line,decision\n", sensitivity="restricted")
    by_itself._HELD.close()  # as its kernel was killed before its stamp
    assert read_stamp(folder, "intake") is None
    open_run("intake", path, folder)


def test_a_stage_that_is_carried_out_again_has_its_checks_once(part):
    path, folder = part
    for _ in range(2):
        run = open_run("intake", path, folder)
        run.check("one", expected=1, found=1, passed=True)
    rows = checks.read(folder / "audit/checks.csv")
    assert [row["check"] for row in rows] == ["one"]


def test_a_stage_that_is_carried_out_again_has_the_seal_of_the_driver_no_more(part):
    path, folder = part
    by_itself.prepare(load(path), "intake", folder)
    work = Run(load(path), "charts", folder)
    for name in ("intake", "matching"):
        for one in sealed.beside(name):
            (folder / one).parent.mkdir(exist_ok=True)
            (folder / one).write_text(name)
    sealed.add(work, ["intake", "matching"])
    (folder / sealed.beside("matching")[0]).write_text("edited")
    assert not sealed.broken(folder, "intake")
    assert sealed.broken(folder, "matching")
    sealed.drop(work, ["matching", "outcomes"])
    assert not sealed.broken(folder, "matching")
    (folder / sealed.beside("intake")[1]).write_text("edited")
    assert sealed.broken(folder, "intake")
    by_itself.prepare(load(path), "intake", folder)
    assert not sealed.broken(folder, "intake")
