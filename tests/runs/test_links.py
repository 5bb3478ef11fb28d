"""Symbolic links, pipes and files where an outputs folder should hold folders."""

import os

import pytest
from support import in_process
from support.ready_cohort import raw

from helpers.errors import RequestError
from helpers.request import load
from helpers.runs import whole
from helpers.runs.run import Run

PRECIOUS = "somebody else's\n"


@pytest.fixture
def places(tmp_path):
    """An outputs folder, and one beside it that nothing may touch."""
    outputs, elsewhere = tmp_path / "outputs", tmp_path / "elsewhere"
    for folder in (outputs, elsewhere / "audit", elsewhere / "restricted"):
        folder.mkdir(parents=True)
    (elsewhere / "audit/destroyed.json").write_text(PRECIOUS)
    (elsewhere / "restricted/people").write_text(PRECIOUS)
    return outputs, elsewhere


def untouched(elsewhere):
    kept = (elsewhere / "audit/destroyed.json", elsewhere / "restricted/people")
    return all(path.read_text() == PRECIOUS for path in kept)


@pytest.mark.parametrize("name", ["small", ".small.part", ".small.old"])
@pytest.mark.parametrize("what", ["link", "file", "pipe"])
def test_a_run_says_what_stands_in_its_place(places, tmp_path, name, what):
    outputs, elsewhere = places
    place = outputs / name
    if what == "link":
        place.symlink_to(elsewhere)
    elif what == "file":
        place.write_text(PRECIOUS)
    else:
        os.mkfifo(place)
    (tmp_path / "cohort.csv").write_text("person_id,treatment,age,area,reoffended\n")
    with pytest.raises(RequestError, match="symbolic link|is no folder") as caught:
        in_process.run(raw(tmp_path / "cohort.csv"), outputs, whole=False)
    assert len(caught.value.problems) == 1
    assert os.path.lexists(place) and untouched(elsewhere)


@pytest.mark.parametrize(
    "inside", ["audit", "release", "restricted", "restricted/data"]
)
def test_a_link_within_a_run_is_told(places, inside):
    outputs, elsewhere = places
    place = outputs / "small" / inside
    place.parent.mkdir(parents=True)
    place.symlink_to(elsewhere)
    with pytest.raises(RequestError, match=f"{inside}: is a symbolic link"):
        whole.refuse_links(outputs, "small")


def test_an_interrupted_swap_is_not_settled_through_a_link(places):
    outputs, elsewhere = places
    (outputs / ".small.lock").touch()
    (outputs / ".small.old").symlink_to(elsewhere)
    whole.settle(outputs)
    assert untouched(elsewhere) and (outputs / ".small.old").is_symlink()
    assert not (outputs / "small").exists()


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_a_lock_is_a_file_and_empties_none(places, what):
    outputs, elsewhere = places
    lock = outputs / ".small.lock"
    if what == "link":
        lock.symlink_to(elsewhere / "restricted/people")
    elif what == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    with (
        pytest.raises(RequestError, match="is no ordinary file"),
        whole.locked(outputs, "small"),
    ):
        pass
    assert untouched(elsewhere)


@pytest.mark.parametrize("name", ["small.draft", "small.draft/restricted"])
def test_a_draft_is_not_written_through_a_link(places, tmp_path, name):
    outputs, elsewhere = places
    (outputs / name).parent.mkdir(exist_ok=True)
    (outputs / name).symlink_to(elsewhere)
    request = load(raw(tmp_path / "cohort.csv"))
    run = Run(request, "matching", outputs / "small.draft", draft=True)
    with pytest.raises(RequestError, match="is a symbolic link"):
        run.write("data/mine.csv", "x", sensitivity="restricted")
    assert untouched(elsewhere)
    assert sorted(path.name for path in elsewhere.rglob("*")) == [
        "audit", "destroyed.json", "people", "restricted",
    ]  # fmt: skip
