"""Destroying: what goes, what stays, what the certificate says of it."""

import hashlib
import hmac
import io
import json
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpers.commands import command_line
from helpers.errors import RequestError
from helpers.files import ROOT, locked
from helpers.life_cycle import certificate as certificate_
from helpers.life_cycle import destroy
from helpers.runs import whole
from helpers.runs.written import ledger

REPORT = "<p>aggregates</p>"
GONE = {
    "x/restricted/data/key.parquet": "restricted",
    "x/restricted/data/people.csv": "restricted",
    "x/restricted/notebooks/01_intake.ipynb": "restricted",
    "x/restricted/notebooks/.ipynb_checkpoints/01_intake-checkpoint.ipynb": (
        "restricted"
    ),
    "x/restricted/data/.duckdb/spill.tmp": "restricted",
    "x/release/.ipynb_checkpoints/result-checkpoint.json": "release",
    "x/audit/run.log.writing": "audit",
    "x/notes.md": "not declared",
    "x.draft/restricted/data/people.csv": "restricted",
    "x.draft/Untitled.ipynb": "not declared",
    ".x.part/restricted/data/links.csv": "restricted",
    ".x.part/audit/request.yml": "audit",
    ".x.old/restricted/data/people.csv": "restricted",
}
STAYS = [
    "x/report.html",
    "x/release/result.json",
    "x/release/tables/main.csv",
    "x/audit/request.yml",
    "x/audit/manifest.json",
    "other/restricted/data/people.csv",
    "other/audit/request.yml",
    "x-2/restricted/data/people.csv",
    "x-2/audit/request.yml",
    "published/x/1/report.html",
    "README.md",
]


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def agreement(run_id: str, day: str = "2026-06-30", **inputs) -> str:
    """The two parts of a request that destroying looks at."""
    return "\n".join([
        "request:", f"  id: {run_id}", "  data_sharing:", f"    destroy_by: '{day}'",
        "  inputs:", *(f"    {key}: {value}" for key, value in inputs.items()),
    ])  # fmt: skip


@pytest.fixture
def inputs(tmp_path):
    """A submission and an extract, outside the outputs folder."""
    write(tmp_path / "in/list.csv", "names")
    write(tmp_path / "in/extract/person.csv", "people")
    return {
        "submission": tmp_path / "in/list.csv",
        "extract": tmp_path / "in/extract",
        "decisions": tmp_path / "in/decisions.csv",  # destroyed already
    }


@pytest.fixture
def outputs(tmp_path, inputs):
    """A finished run, its draft, attempt and predecessor; and other requests' runs."""
    folder = tmp_path / "outputs"
    for name in [*GONE, *STAYS]:
        write(folder / name, f"of {name}")
    write(folder / "x/report.html", REPORT)
    for name in ("x", ".x.part"):
        write(folder / name / "audit/request.yml", agreement("x", **inputs))
    for name in ("other", "x-2"):
        write(folder / name / "audit/request.yml", agreement(name, "2026-07-31"))
    people = "restricted/data/people.csv"
    manifest = {
        "status": "finished",
        "hash": "h",
        "inputs": {
            str(inputs["submission"]): sha("names"),
            str(inputs["extract"] / "person.csv"): sha("people"),
            str(inputs["extract"] / "alias.csv"): sha("aliases"),  # no longer there
            str(inputs["decisions"]): sha("decided"),
        },
        "outputs": {
            "report.html": {"class": "published", "sha256": sha(REPORT)},
            people: {"class": "restricted", "sha256": sha(f"of x/{people}")},
        },
    }
    write(folder / "x/audit/manifest.json", json.dumps(manifest))
    return folder


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def certificate(outputs: Path, name: str = "x/audit/destroyed.json") -> dict:
    return json.loads((outputs / name).read_text())


NEW = {"x/audit/destroyed.json", "x/audit/destroyed.txt", ".x.lock", "ledger.jsonl"}
NEW |= {".ledger.key", ".ledger.head", ".ledger.jsonl.lock"}


def test_what_is_about_people_goes_and_the_rest_stays_byte_for_byte(outputs):
    before = {name: (outputs / name).read_bytes() for name in STAYS}
    destroy.destroy("x", outputs)
    assert files(outputs) == {*STAYS} | NEW
    assert {name: (outputs / name).read_bytes() for name in STAYS} == before
    assert sorted(path.name for path in outputs.iterdir() if path.is_dir()) == [
        "other", "published", "x", "x-2",
    ]  # fmt: skip
    assert not (outputs / "x/restricted").exists()


def test_the_certificate_lists_every_file_with_class_and_hash(outputs, inputs):
    destroy.destroy("x", outputs)
    done = certificate(outputs)
    listed = {file["file"]: (file["class"], file["sha256"]) for file in done["files"]}
    request = sha(agreement("x", **inputs))
    assert listed == {
        name: (kind, request if name.endswith(".yml") else sha(f"of {name}"))
        for name, kind in GONE.items()
    }
    assert (done["status"], done["destroy_by"]) == ("complete", "2026-06-30")
    page = (outputs / "x/audit/destroyed.txt").read_text()
    assert f"{len(GONE)} files destroyed" in page
    for name in GONE:
        assert name in page
    for name in ("destroyed.json", "destroyed.txt"):
        assert (outputs / "x/audit" / name).stat().st_mode & 0o777 == 0o600


def test_the_certificate_lists_the_inputs_and_whether_they_still_exist(outputs, inputs):
    lines = destroy.destroy("x", outputs)
    found = {
        item["file"]: (item["input"], item["sha256"], item["still_exists"])
        for item in certificate(outputs)["inputs"]
    }
    extract = inputs["extract"]
    assert found == {
        str(inputs["submission"]): ("submission", sha("names"), True),
        str(extract / "person.csv"): ("extract", sha("people"), True),
        str(extract / "alias.csv"): ("extract", sha("aliases"), False),
        str(inputs["decisions"]): ("decisions", sha("decided"), False),
    }
    assert inputs["submission"].read_text() == "names"
    assert lines == [
        f"x: 13 files about people destroyed; {outputs}/x/audit/destroyed.txt "
        "certifies it.",
        f"Still there, for you to destroy: {inputs['submission']} (submission)",
        f"Still there, for you to destroy: {extract}/person.csv (extract)",
        certificate_.IN_BRIEF,
    ]


def test_done_twice_it_says_when_and_looks_for_the_inputs_again(outputs, inputs):
    destroy.destroy("x", outputs)
    first = certificate(outputs)
    inputs["submission"].unlink()
    (inputs["extract"] / "person.csv").unlink()
    (line,) = destroy.destroy("x", outputs)
    assert f"x: was destroyed on {first['at'][:10]} by {first['by']}; " in line
    second = certificate(outputs)
    assert second["files"] == first["files"] and second["at"] == first["at"]
    assert not any(item["still_exists"] for item in second["inputs"])
    assert "STILL EXISTS" not in (outputs / "x/audit/destroyed.txt").read_text()
    assert len(ledger.ledger(outputs, "destroyed", "x")) == 1


def test_the_ledger_keeps_what_was_destroyed(outputs):
    destroy.destroy("x", outputs)
    (line,) = ledger.ledger(outputs, "destroyed", "x")
    assert {name for name, _ in line["files"]} == set(GONE)
    assert line["by"] and line["at"]
    # keyed: nobody tries out what a small file held. Worked out from the certificate,
    # as outputs/README.md says: HMAC-SHA-256 of its hash under the folder's key
    secret = bytes.fromhex((outputs / ".ledger.key").read_text())
    people = "x/restricted/data/people.csv"
    known = hmac.digest(secret, sha(f"of {people}").encode(), "sha256").hex()[:32]
    assert dict(line["files"])[people] == known
    assert sha(f"of {people}") not in (outputs / "ledger.jsonl").read_text()


def test_what_links_lead_to_and_other_names_of_a_file_stay(outputs, tmp_path):
    """A link, a hard link, a pipe: each goes by its name, and nothing is written."""
    mine = tmp_path / "mine"
    for name in ("folder/kept.txt", "linked.txt", "same.txt", "lock.txt", "part.txt"):
        write(mine / name, f"mine: {name}")
    data = outputs / "x/restricted/data"
    (data / "away").symlink_to(mine / "folder")
    (data / "link.csv").symlink_to(mine / "linked.txt")
    (data / "same.csv").hardlink_to(mine / "same.txt")
    os.mkfifo(data / "pipe")
    (outputs / "x/audit/destroyed.json.writing").symlink_to(mine / "part.txt")
    (outputs / "x/audit/destroyed.txt.writing").hardlink_to(mine / "part.txt")
    before = {path: path.read_bytes() for path in mine.rglob("*.txt")}
    said = destroy.destroy("x", outputs)
    assert {path: path.read_bytes() for path in mine.rglob("*.txt")} == before
    assert not (outputs / "x/restricted").exists()
    told = [line for line in said if "another name" in line]
    assert [line.rpartition("/")[2] for line in told] == [
        "destroyed.txt.writing", "same.csv",
    ]  # fmt: skip
    assert (
        "STILL THERE under another name"
        in (outputs / "x/audit/destroyed.txt").read_text()
    )


@pytest.mark.parametrize("name", ["destroyed.json", "destroyed.txt"])
def test_a_certificate_is_not_written_through_a_link_or_into_a_pipe(
    outputs, tmp_path, name
):
    write(tmp_path / "mine.txt", "mine")
    place = outputs / "x/audit" / name
    place.symlink_to(tmp_path / "mine.txt")
    with pytest.raises(RequestError, match="is a link, a folder or a device"):
        destroy.destroy("x", outputs)
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(RequestError, match="is a link, a folder or a device"):
        destroy.destroy("x", outputs)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (outputs / "x/restricted/data/people.csv").exists()


def test_an_audit_folder_that_is_a_link_gets_no_certificate(outputs, tmp_path):
    (outputs / "x/audit").rename(tmp_path / "audit")
    (outputs / "x/audit").symlink_to(tmp_path / "audit")
    before = files(tmp_path / "audit")
    destroy.destroy("x", outputs)
    assert files(tmp_path / "audit") == before
    assert (outputs / "x.destroyed.json").exists()


def test_a_lock_that_is_a_link_is_not_emptied(outputs, tmp_path):
    write(tmp_path / "mine.txt", "mine")
    (outputs / ".x.lock").symlink_to(tmp_path / "mine.txt")
    with pytest.raises((RequestError, OSError)):
        destroy.destroy("x", outputs)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_folder_turned_into_a_link_meanwhile_leads_nowhere(outputs, tmp_path):
    """While the person is asked, restricted/data becomes a link to other files."""
    write(tmp_path / "mine/people.csv", "mine")

    def turned(going):
        (outputs / "x/restricted/data").rename(tmp_path / "moved")
        (outputs / "x/restricted/data").symlink_to(tmp_path / "mine")

    with pytest.raises(RequestError, match="nothing was destroyed: since it was asked"):
        destroy.destroy("x", outputs, turned)
    assert (tmp_path / "mine/people.csv").read_text() == "mine"
    assert not (outputs / "x/audit/destroyed.json").exists()


def test_published_editions_stay_whatever_lies_in_them(outputs):
    inside = outputs / "published/x/1"
    write(inside / "audit/request.yml", agreement("x"))
    write(inside / "restricted/data/people.csv", "not here, but if it were")
    write(outputs / "published/audit/request.yml", agreement("x"))
    before = files(outputs / "published")
    destroy.destroy("x", outputs)
    assert files(outputs / "published") == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda o: (o / "ledger.jsonl").mkdir(),
        lambda o: (o / ".ledger.key").write_text("no key"),
        lambda o: os.mkfifo(o / "ledger.jsonl"),
    ],
)
def test_a_ledger_that_takes_no_line_keeps_nothing_from_being_destroyed(
    outputs, damage
):
    damage(outputs)
    with pytest.raises(RequestError, match="the ledger does not say so"):
        destroy.destroy("x", outputs)
    assert not (outputs / "x/restricted").exists()
    assert certificate(outputs)["status"] == "complete"
    for name in ("ledger.jsonl", ".ledger.key"):
        path = outputs / name
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    assert "was destroyed on" in destroy.destroy("x", outputs)[0]
    assert len(ledger.ledger(outputs, "destroyed", "x")) == 1


def test_a_ledger_that_was_cut_keeps_nothing_from_being_destroyed(outputs):
    ledger.record(outputs, "outcomes opened", "x")
    (outputs / "ledger.jsonl").write_text("{}\n")
    destroy.destroy("x", outputs)
    assert not (outputs / "x/restricted").exists()
    assert ledger.problems(outputs)


@pytest.mark.parametrize("text", ["[]", "{", '{"files": 1, "status": "complete"}'])
def test_a_certificate_edited_by_hand_is_no_certificate(outputs, text):
    write(outputs / "x/audit/destroyed.json", text)
    destroy.destroy("x", outputs)
    assert certificate(outputs)["status"] == "complete"


def test_a_draft_made_later_is_destroyed_too_and_added(outputs):
    destroy.destroy("x", outputs)
    write(outputs / "x.draft/restricted/data/again.csv", "again")
    destroy.destroy("x", outputs)
    done = certificate(outputs)
    assert {f["file"] for f in done["files"]} == {*GONE} | {
        "x.draft/restricted/data/again.csv"
    }
    assert not (outputs / "x.draft").exists()
    assert len(ledger.ledger(outputs, "destroyed", "x")) == 2


@pytest.mark.parametrize("name", ["x.draft", ".x.part"])
def test_what_never_became_a_run_is_destroyed_too(tmp_path, name):
    outputs = tmp_path / "outputs"
    write(outputs / name / "restricted/data/people.csv", "people")
    line, disk = destroy.destroy("x", outputs)
    assert "x: 1 file about people destroyed; " in line
    assert "journal" in disk and "snapshots" in disk and "encrypted disk" in disk
    done = certificate(outputs, "x.destroyed.json")
    assert [f["file"] for f in done["files"]] == [f"{name}/restricted/data/people.csv"]
    assert not (outputs / name).exists()
    assert "was destroyed on" in destroy.destroy("x", outputs)[0]


def test_a_draft_in_a_folder_of_its_own_name_goes_with_its_request(outputs, inputs):
    write(outputs / "mine/restricted/request.yml", agreement("x", **inputs))
    write(outputs / "mine/restricted/data/people.csv", "people")
    destroy.destroy("x", outputs)
    assert not (outputs / "mine").exists()


def test_a_run_that_was_destroyed_stays_up_to_date(outputs):
    destroy.destroy("x", outputs)
    assert whole.up_to_date(outputs / "x", "h")


def test_an_input_inside_the_run_goes_with_it(outputs):
    inside = outputs / "x/audit/list.csv"
    write(inside, "names")
    write(outputs / "x/audit/request.yml", agreement("x", submission=inside))
    lines = destroy.destroy("x", outputs)
    assert not inside.exists()
    assert "x/audit/list.csv" in {f["file"] for f in certificate(outputs)["files"]}
    assert not any(str(inside) in line for line in lines)


@pytest.mark.parametrize(
    "name", ["x/restricted/data/link", "x/audit/link", "x/restricted/folder", "x.draft"]
)
def test_a_link_goes_and_what_it_leads_to_is_named(outputs, tmp_path, name):
    target = tmp_path / "elsewhere"
    write(target / "people.csv", "people")
    if name == "x.draft":
        for path in sorted((outputs / name).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (outputs / name).rmdir()
    os.symlink(target, outputs / name)
    lines = destroy.destroy("x", outputs)
    assert not os.path.lexists(outputs / name)
    assert (target / "people.csv").read_text() == "people"
    linked = f"linked from {Path(name).name}"
    assert f"Still there, for you to destroy: {target} ({linked})" in lines


def test_a_run_that_is_a_link_is_not_followed(outputs, tmp_path):
    (outputs / "x").rename(tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", outputs / "x")
    lines = destroy.destroy("x", outputs)
    assert not os.path.lexists(outputs / "x")
    assert (tmp_path / "elsewhere/restricted/data/people.csv").exists()
    assert any(f"{tmp_path}/elsewhere (linked from x)" in line for line in lines)
    assert certificate(outputs, "x.destroyed.json")["status"] == "complete"


@pytest.mark.parametrize("name", ["y", "../outputs/x", "x.draft", "sample", ""])
def test_an_unknown_id_is_one_line_and_nothing_is_touched(outputs, contents, name):
    write(outputs / "sample/restricted/x", "x")
    before = contents(outputs)
    with pytest.raises(RequestError) as refused:
        destroy.destroy(name, outputs)
    (line,) = refused.value.problems
    assert line.startswith(f"{name}: ")
    assert "it holds other, x, x-2 (--outputs names another folder)" in line
    assert contents(outputs) == before


def test_a_folder_that_is_no_run_is_not_taken_for_one(outputs):
    write(outputs / "notes/people.csv", "mine")
    with pytest.raises(RequestError, match="notes: .* holds no run"):
        destroy.destroy("notes", outputs)
    assert (outputs / "notes/people.csv").exists()


def test_an_outputs_folder_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(RequestError, match="it holds none"):
        destroy.destroy("x", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_run_at_work_is_left_alone(outputs, contents):
    with whole.locked(outputs, "x"):
        before = contents(outputs / ".x.part")
        with pytest.raises(RequestError, match="is being made by a run"):
            destroy.destroy("x", outputs)
        assert contents(outputs / ".x.part") == before
    assert (outputs / "x/restricted/data/key.parquet").exists()


@pytest.fixture
def stuck(monkeypatch):
    """Make files of a name impossible to delete; gives a switch."""
    unlink = Path.unlink
    held = {"key.parquet"}

    def refuse(path, missing_ok=False):
        if path.name in held:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    return held


def test_what_cannot_be_deleted_is_named_and_nothing_is_certified(outputs, stuck):
    with pytest.raises(RequestError) as refused:
        destroy.destroy("x", outputs)
    (line,) = refused.value.problems
    left = outputs / "x/restricted/data/key.parquet"
    assert line.startswith(f"{left}: was not deleted (Permission denied); ")
    assert files(outputs) - {*STAYS} == {
        "x/restricted/data/key.parquet", "x/audit/destroyed.json", ".x.lock",
    }  # fmt: skip
    done = certificate(outputs)
    assert done["status"] == "incomplete"
    assert [f["file"] for f in done["files"] if "destroyed_at" not in f] == [
        "x/restricted/data/key.parquet"
    ]
    assert not ledger.ledger(outputs, "destroyed", "x")
    # the second attempt completes what the first began
    stuck.clear()
    destroy.destroy("x", outputs)
    done = certificate(outputs)
    assert done["status"] == "complete"
    assert {f["file"] for f in done["files"]} == set(GONE)
    assert len(done["files"]) == len(GONE)


def test_a_destroy_that_was_killed_is_completed_with_the_whole_list(
    outputs, monkeypatch
):
    unlink, count = Path.unlink, iter(range(100))

    def die(path, missing_ok=False):
        if not path.name.startswith("destroyed") and next(count) == 5:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", die)
    with pytest.raises(KeyboardInterrupt):
        destroy.destroy("x", outputs)
    assert certificate(outputs)["status"] == "begun"
    assert not (outputs / "x/audit/destroyed.txt").exists()
    monkeypatch.undo()
    destroy.destroy("x", outputs)
    done = certificate(outputs)
    assert done["status"] == "complete"
    assert {f["file"] for f in done["files"]} == set(GONE)
    assert {f["sha256"] for f in done["files"] if f["file"].endswith("csv")} == {
        sha(f"of {name}") for name in GONE if name.endswith("csv")
    }


def test_open_data_and_odd_requests_can_be_destroyed(tmp_path):
    outputs = tmp_path / "outputs"
    for run_id, text in {"a": "request: {id: a}", "b": "\x00: [", "c": "- 1"}.items():
        write(outputs / run_id / "audit/request.yml", text)
        write(outputs / run_id / "restricted/people.csv", "people")
        destroy.destroy(run_id, outputs)
        done = certificate(outputs, f"{run_id}/audit/destroyed.json")
        assert done["destroy_by"] is None and len(done["files"]) == 1
        page = (outputs / run_id / "audit/destroyed.txt").read_text()
        assert "no day was found" in page


@pytest.mark.slow
def test_the_run_of_the_driver_keeps_its_report_alone(copied, contents):
    """On a real run: every file that the manifest calls restricted, and no other."""
    before = contents(copied.folder)
    manifest = json.loads(before["audit/manifest.json"])["outputs"]
    restricted = {
        n for n, output in manifest.items() if output["class"] == "restricted"
    }
    destroy.destroy(copied.id, copied.outputs)
    after = contents(copied.folder)
    assert set(before) - set(after) == restricted
    assert {n: after[n] for n in before if n in after} == {
        n: content for n, content in before.items() if n not in restricted
    }
    done = json.loads(after["audit/destroyed.json"])
    assert {f["file"]: f["sha256"] for f in done["files"]} == {
        f"{copied.id}/{name}": manifest[name]["sha256"] for name in restricted
    }
    assert done["destroy_by"] == "2099-12-31"
    (line,) = ledger.ledger(copied.outputs, "destroyed", copied.id)
    assert len(line["files"]) == len(restricted)
    expected = json.loads(before["audit/manifest.json"])["hash"]
    assert whole.up_to_date(copied.folder, expected)


def test_every_command_line_that_is_printed_is_understood(outputs):
    """What overdue tells people to type is a command of the kit."""
    options = command_line.parse(["destroy", "x", "--outputs", str(outputs)])
    assert (options.command, options.rest) == ("destroy", [])


# the command ------------------------------------------------------------------------


class Keyboard(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self):
        return True


def command(outputs, *options):
    return command_line.main(["destroy", "x", "--outputs", str(outputs), *options])


GOING = [
    "{0}/.x.old: 1 file in restricted/ will go",
    "{0}/.x.part: 2 files in audit/, restricted/ will go",
    "{0}/x: 8 files in audit/, notes.md, release/, restricted/ will go; the report, "
    "release/ and audit/ stay",
    "{0}/x.draft: 2 files in Untitled.ipynb, restricted/ will go",
]


def test_nothing_is_destroyed_where_nobody_can_be_asked(outputs, monkeypatch, capsys):
    before = files(outputs)
    monkeypatch.setattr("sys.stdin", io.StringIO("x\n"))
    assert command(outputs) == 1
    told = capsys.readouterr()
    assert told.out == ""
    line = told.err.splitlines()[-1]
    assert line.startswith("x: destroy asks before it removes anything")
    assert "write --yes" in line
    assert files(outputs) - {".x.lock"} == before


@pytest.mark.parametrize("answer", ["", "y\n", "other\n"])
def test_any_other_answer_keeps_everything(outputs, monkeypatch, capsys, answer):
    before = files(outputs)
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    assert command(outputs) == 1
    told = capsys.readouterr()
    assert told.err.endswith("x: nothing was destroyed\n")
    assert files(outputs) - {".x.lock"} == before


@pytest.mark.parametrize(("answer", "options"), [("x\n", []), ("", ["--yes"])])
def test_what_will_go_is_told_first(outputs, monkeypatch, capsys, answer, options):
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    assert command(outputs, *options) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[:4] == [line.format(outputs) for line in GOING]
    assert f"x: {len(GONE)} files about people destroyed" in told
    assert not set(GONE) & files(outputs)


def test_where_nothing_is_left_nobody_is_asked(outputs, monkeypatch, capsys):
    assert command(outputs, "--yes") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert command(outputs) == 0
    assert "x: was destroyed on" in capsys.readouterr().out


def test_outputs_that_a_hosted_lab_saved_beside_the_kits_own_go_too(
    outputs, tmp_path, monkeypatch
):
    monkeypatch.setattr(destroy, "ROOT", tmp_path)
    book = json.loads((ROOT / "notebooks/02_matching.ipynb").read_text("utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    cell |= {"outputs": [{"output_type": "stream", "text": "Ann Brown"}]}
    saved = tmp_path / "notebooks" / "02_matching.ipynb"
    kept = tmp_path / "notebooks/.ipynb_checkpoints/02_matching-checkpoint.ipynb"
    for path in (saved, kept):
        write(path, json.dumps(book))
    write(outputs / "index.html", "8 of Ann Brown's group")
    going = []
    told = destroy.destroy("x", outputs, going.extend)
    assert going[-2:] == [
        f"{outputs}/index.html: will go; the next batch writes it anew",
        f"{tmp_path}/notebooks: outputs saved in 2 files will go",
    ]
    assert not (outputs / "index.html").exists()
    assert f"{saved}: was stripped of its outputs, which may be about people" in told
    for path in (saved, kept):
        assert "Brown" not in path.read_text(encoding="utf-8")
    assert not [line for line in destroy.destroy("x", outputs) if "strip" in line]


# what requests on the same extract share ----------------------------------------------


@pytest.fixture
def worked_out(outputs):
    """Two folders; both requests use the first, another one alone the second."""
    for name, users in {"ab12": ("x", "other"), "cd34": ("other",)}.items():
        write(outputs / ".shared" / name / "offence.parquet", "offences")
        for user in users:
            write(outputs / ".shared" / name / "requests" / user, "2026-06-30")
    return outputs / ".shared"


def test_what_is_shared_goes_whole_whoever_else_uses_it(outputs, worked_out):
    said = []
    destroy.destroy("x", outputs, said.extend)
    assert not (worked_out / "ab12").exists()
    assert (worked_out / "cd34/offence.parquet").exists()
    again = "the next request on the same extract works it out again"
    assert [again in line for line in said if ".shared" in line] == [True]
    [listed] = [file for file in certificate(outputs)["files"]
                if file["file"] == ".shared/ab12/offence.parquet"]  # fmt: skip
    assert (listed["class"], listed["sha256"]) == ("restricted", sha("offences"))
    assert "destroyed_at" in listed


def test_the_page_of_a_batch_goes_as_it_may_count_people(outputs, worked_out):
    write(outputs / "index.html", "x: 4 people are left")
    said = destroy.destroy("x", outputs)
    assert not (outputs / "index.html").exists()
    assert sum("index.html" in line for line in said) == 1
    assert not any("index.html" in line for line in destroy.destroy("x", outputs))


def test_what_is_left_of_a_build_goes_as_well(outputs, worked_out):
    write(worked_out / "ef56.part/requests/x", "2026-06-30")
    write(worked_out / "ef56.part/sentence.parquet", "half of it")
    destroy.destroy("x", outputs)
    assert not (worked_out / "ef56.part").exists()


def test_a_request_of_which_only_that_is_left_can_be_destroyed(outputs, worked_out):
    write(worked_out / "ab12/requests/lost", "2026-06-30")
    destroy.destroy("lost", outputs)
    assert not (worked_out / "ab12").exists()
    assert certificate(outputs, "lost.destroyed.json")["status"] == "complete"


def test_nothing_goes_while_another_run_uses_what_is_shared(outputs, worked_out):
    before = files(outputs)
    with locked(worked_out / ".ab12.lock", wait=True, together=True):
        with pytest.raises(RequestError, match="is used by a run or an open notebook"):
            destroy.destroy("x", outputs)
    assert files(outputs) - before <= {".x.lock", ".shared/.ab12.lock"}
    assert before <= files(outputs)


def test_other_runs_go_on_while_somebody_is_asked(outputs, worked_out):
    """Whoever goes to lunch at the question holds nobody up."""
    free = []

    def asked(going):
        assert (worked_out / "ab12/offence.parquet").exists()
        with locked(worked_out / ".ab12.lock", together=True) as ours:
            free.append(ours)

    destroy.destroy("x", outputs, asked)
    assert free == [True] and not (worked_out / "ab12").exists()


def test_what_came_into_use_while_somebody_was_asked_stays(outputs, worked_out):
    held = ExitStack()
    with held, pytest.raises(RequestError, match="is used by a run or an open noteb"):
        destroy.destroy("x", outputs, lambda going: held.enter_context(
            locked(worked_out / ".ab12.lock", together=True)
        ))  # fmt: skip
    assert (outputs / "x/restricted/data/people.csv").exists()
    assert not (outputs / "x/audit/destroyed.json").exists()


def test_a_link_in_the_place_of_what_is_shared_is_not_followed(outputs, worked_out):
    kept = outputs.parent / "kept"
    worked_out.rename(kept)
    worked_out.symlink_to(kept)
    destroy.destroy("x", outputs)
    assert (kept / "ab12/offence.parquet").exists()
