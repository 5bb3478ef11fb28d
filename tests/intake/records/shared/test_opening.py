"""What requests share: built once, whole or not there, and told apart by approvals."""

import ast
import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pandas as pd
import pytest
from support.hand_made import offence, sentence, typed, write

from helpers import files
from helpers.errors import DataError
from helpers.intake.records import extract, profile
from helpers.intake.records.profile import Looking
from helpers.intake.records.shared import opening, place
from helpers.intake.records.shared.place import Shared

LOOKING = Looking(date(2024, 6, 30), date(2025, 1, 1), "drop")
RECORDS = files.ROOT / "helpers/intake/records"
LAST_DAY = date(2026, 12, 31)
DAYS = pd.date_range("2019-01-01", "2024-06-30", periods=60).strftime("%Y-%m-%d")


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """An extract in which a row is repeated and another has dates that cannot be."""
    folder = tmp_path_factory.mktemp("sent")
    people = [{"person_id": i, "surname": f"Surname{i}", "forename": "Sam",
               "date_of_birth": f"1985-06-{n:02}", "sex": "Male",
               "nationality": "British"}
              for n, i in enumerate(("A", "B"), start=1)]  # fmt: skip
    offences = [offence(day, person_id="AB"[n % 2]) for n, day in enumerate(DAYS)]
    offences += [offences[3], offence("1986-01-01", "2023-01-01", person_id="A")]
    spell = {"person_id": "A", "from": "2020-01-01", "to": "9999-12-31", "kind": "x"}
    write({
        "person": typed("person", people),
        "sentence": typed("sentence", [
            sentence(person_id=i, sentence_id=f"{i}-{n}", conviction_date=day,
                     custody_start=day, index_date=day)
            for i in "AB" for n, day in enumerate(DAYS)]),
        "offence": typed("offence", offences),
        "employment": typed("employment", [spell]),
    }, folder)  # fmt: skip
    return folder


@pytest.fixture
def share(sent, tmp_path):
    """Open for a request; gives its tables, what was told, and the shared folder."""

    def opened(request="a", approved=None, looking=LOOKING, shared=True):
        where = Shared(tmp_path / files.SHARED, request, LAST_DAY) if shared else None
        work = tmp_path / request
        records, looked = opening.opened(
            sent, work, looking, approved=approved, shared=where
        )
        with records:
            tables = {
                name: records.frame(table).sort_values(list(table.columns))
                for name, table in records.tables.items()
            }
        return tables, looked

    return opened


def folders(tmp_path):
    return sorted(p for p in (tmp_path / files.SHARED).iterdir() if p.is_dir())


def same(one, other):
    assert one.keys() == other.keys()
    for name in one:
        pd.testing.assert_frame_equal(
            one[name].reset_index(drop=True), other[name].reset_index(drop=True)
        )


def test_all_read_what_one_reads_alone(share, tmp_path, monkeypatch):
    alone, looked_alone = share(shared=False)
    first, looked = share("a")
    seen = []
    read = extract._read
    monkeypatch.setattr(
        extract, "_read", lambda r, file, c: seen.append(file.stem) or read(r, file, c)
    )
    second, looked_again = share("b")
    assert seen == ["person"]  # all else is read from what the first has left
    same(first, second)
    same(alone, {name: first[name] for name in alone})
    assert looked.lines == looked_again.lines == looked_alone.lines
    assert any(line.rows for line in looked.lines if line.table == "offence")
    [folder] = folders(tmp_path)
    assert sorted(p.name for p in (folder / files.REQUESTS).iterdir()) == ["a", "b"]


def test_it_is_for_its_owner_alone_and_names_nobody(share, tmp_path):
    share()
    [folder] = folders(tmp_path)
    inside = [folder.parent, folder, *folder.rglob("*")]
    modes = {p.stat().st_mode & 0o777 for p in inside if p.is_dir()}
    assert modes == {0o700}
    assert {p.stat().st_mode & 0o777 for p in inside if p.is_file()} == {0o600}
    text = b"".join(p.read_bytes() for p in inside if p.is_file())
    assert b"Surname" not in text and b"date_of_birth" not in text
    assert not {"person.parquet", "alias.parquet"} & {p.name for p in inside}


def test_another_set_of_approvals_is_another_folder(share, tmp_path, sent):
    tables, _ = share("a")
    assert "employment" in tables
    few, _ = share("b", approved=frozenset({"person", "sentence", "offence"}))
    assert "employment" not in few
    assert len(folders(tmp_path)) == 2


@pytest.mark.parametrize("looking", [
    Looking(LOOKING.complete_to, LOOKING.until, "keep"),
    Looking(LOOKING.complete_to, date(2023, 1, 1), "drop"),
])  # fmt: skip
def test_what_cannot_be_hangs_on_the_request(share, tmp_path, looking):
    """Repeated rows that are kept, and offences that lie ahead of the publication."""
    tables, _ = share("a")
    other, _ = share("b", looking=looking)
    assert len(folders(tmp_path)) == 2
    assert not tables["offence"].equals(other["offence"])


def test_two_at_once_build_it_once(share, monkeypatch, tmp_path):
    built, made = [], opening._leave
    monkeypatch.setattr(opening, "_leave", lambda *a: built.append(1) or made(*a))
    with ThreadPoolExecutor(2) as both:
        one, other = both.map(share, ("a", "b"))
    assert len(built) == 1
    same(one[0], other[0])


@pytest.mark.parametrize(
    ("lock", "why"),
    [(".ab12.building.lock", "works out what all on the same extract share"),
     (".ab12.lock", "is being destroyed")],
)  # fmt: skip
def test_it_is_said_once_what_is_waited_for(tmp_path, monkeypatch, capsys, lock, why):
    """And nothing where nobody else is at work."""
    monkeypatch.setattr(place, "SILENT", 0.05)
    shared = Shared(tmp_path / files.SHARED, "a", LAST_DAY)

    def used():
        with shared.in_use("ab12"), shared.turn("ab12"):
            time.sleep(0.2)

    used()
    assert capsys.readouterr().out == ""
    with ThreadPoolExecutor(1) as other:
        with files.locked(shared.folder / lock):
            waiting = other.submit(used)
            time.sleep(1)
            assert not waiting.done()
        waiting.result(timeout=60)
    (said,) = capsys.readouterr().out.splitlines()
    assert why in said and "waits" in said


def test_all_code_that_decides_what_is_written_is_in_its_name(share, monkeypatch):
    """Modules outside the records' own folder too, that its code imports."""
    hashed, sha256 = [], place.sha256
    monkeypatch.setattr(place, "sha256", lambda p: hashed.append(p) or sha256(p))
    share("a")
    texts = [p.read_text(encoding="utf-8") for p in RECORDS.rglob("*.py")]
    imported = {
        node.module
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("helpers")
    }
    beside = {m for m in imported if not m.startswith("helpers.intake.records")}
    beside -= {"helpers", "helpers.errors", "helpers.files", "helpers.request.engine"}
    assert "helpers.request.measures.standard" in beside
    assert {files.ROOT / f"{m.replace('.', '/')}.py" for m in beside} <= set(hashed)


def test_what_a_build_that_was_killed_has_left_is_not_taken(share, tmp_path):
    share("a")
    [folder] = folders(tmp_path)
    os.rename(folder, folder.with_name(f"{folder.name}.part"))
    (folder.with_name(f"{folder.name}.part") / "offence.parquet").write_bytes(b"half")
    tables, _ = share("b")
    assert folders(tmp_path) == [folder] and len(tables["offence"]) == 61


def test_what_was_changed_by_hand_is_built_again(share, tmp_path):
    first, _ = share("a")
    [folder] = folders(tmp_path)
    (folder / "offence.parquet").unlink()
    again, _ = share("a")
    same(first, again)


@pytest.mark.parametrize("profile_then", [{}, [1], {"offence": [], "x": []}, None])
def test_a_profile_that_was_changed_by_hand_is_built_again(
    share, tmp_path, profile_then
):
    first, looked = share("a")
    [folder] = folders(tmp_path)
    held = json.loads((folder / "contents.json").read_text())
    held["profile"] = profile_then
    (folder / "contents.json").write_text(json.dumps(held))
    again, looked_again = share("a")
    same(first, again)
    assert looked_again.lines == looked.lines


@pytest.mark.parametrize("name", ["offence", "benefit", "a_folder/offence"])
def test_no_table_beyond_a_link_is_read(share, tmp_path, name):
    """Neither in the place of one that was left, nor beside them."""
    first, _ = share("a")
    [folder] = folders(tmp_path)
    beyond = tmp_path / "elsewhere"
    beyond.mkdir()
    shutil.copy(folder / "offence.parquet", beyond / "offence.parquet")
    path = folder / f"{name}.parquet"
    if path.parent != folder:
        path.parent.symlink_to(beyond)
    else:
        path.unlink(missing_ok=True)
        path.symlink_to(beyond / "offence.parquet")
    again, _ = share("a")
    same(first, again)
    assert not any(path.is_symlink() for path in folder.rglob("*"))


def test_an_extract_that_changes_while_it_is_read_leaves_nothing(
    share, tmp_path, monkeypatch
):
    """Its tables would bear the name of others for good."""
    names = iter(["a" * 32, "b" * 32])
    monkeypatch.setattr(place, "name_of", lambda *_: next(names))
    with pytest.raises(DataError, match="was changed while it was read"):
        share("a")
    assert folders(tmp_path) == []


def test_records_that_must_be_mended_leave_nothing(share, tmp_path, monkeypatch):
    stops = property(lambda self: ["offence: …"])
    monkeypatch.setattr(profile.Profile, "problems", stops)
    share("a")
    assert folders(tmp_path) == []


def test_a_full_disk_is_told_in_a_line_and_leaves_nothing(share, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "move", full)
    with pytest.raises(DataError, match="No space left on device; see that the disk"):
        share("a")
    assert folders(tmp_path) == []


def test_nothing_is_written_beyond_a_link(share, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / files.SHARED).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError, match=r"is a link or a file.*take it away"):
        share("a")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("place_of", ["requests", ".{}.lock", ".{}.building.lock"])
def test_a_link_inside_is_told_and_not_followed(share, tmp_path, place_of):
    share("a")
    [folder] = folders(tmp_path)
    beyond = tmp_path / "elsewhere"
    beyond.mkdir()
    path = folder / place_of
    if place_of != "requests":
        path = folder.with_name(place_of.format(folder.name))
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(beyond)
    with pytest.raises(DataError, match=r"is a link or .*take it away"):
        share("b")
    assert list(beyond.iterdir()) == []


def test_a_folder_that_nobody_uses_any_more_goes(share, tmp_path, monkeypatch):
    """As after a change of the kit: the request stands in one folder alone."""
    share("a")
    [before] = folders(tmp_path)
    monkeypatch.setattr(place, "PACKAGES", ("duckdb",))
    share("a")
    [after] = folders(tmp_path)
    assert after != before
