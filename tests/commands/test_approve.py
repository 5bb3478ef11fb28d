"""The second person: what is shown, asked and recorded; what cannot be approved."""

import io
import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from support import in_process, ready_cohort
from support.made_up_cohort import make

from helpers.commands import command_line
from helpers.files import ROOT, sha256
from helpers.life_cycle import approval
from helpers.life_cycle.parts import parts, sections
from helpers.runs import manifest, whole
from helpers.runs.written import ledger

ID = "garden-work"
SEVEN = ["linkage", "cohort", "balance", "design gate", "tests", "wording",
         "disclosure"]  # fmt: skip
DESIGN = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "people.csv"
    make(1500, 200, -0.15).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def runs(people, tmp_path_factory):
    """A run on a ready cohort, and one without a result."""
    outputs = tmp_path_factory.mktemp("outputs")
    analyses = [{"name": "Everyone", "covariates": DESIGN}]
    none = {"profile": "none", "reason": "open data"}
    few = {"eligibility": {"minimum_people": 1000}, "id": "too-few"}
    for changes in ({"id": ID, "disclosure": none}, few):
        raw = ready_cohort.raw(people, analyses=analyses, **changes)
        in_process.run(raw, outputs)
    return outputs


@pytest.fixture
def outputs(runs, tmp_path):
    """A copy of the run on the ready cohort, with its ledger."""
    folder = tmp_path / "runs"
    shutil.copytree(runs / ID, folder / ID)
    for path in runs.glob("*ledger*"):
        shutil.copy(path, folder)
    return folder


def approved(outputs, *options, by="Anna Other", run_id=ID):
    """The exit status of approving a run."""
    where = ["--by", by, "--outputs", str(outputs)]
    return command_line.main(["approve", run_id, *where, *options])


def answers(monkeypatch, *lines):
    """Have standard input hold these lines."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in lines)))


def recorded(outputs, run_id=ID):
    """The events of the ledger on whether a run is approved."""
    words = {approval.APPROVED, approval.NOT_APPROVED, approval.REVOKED}
    return [
        line
        for line in ledger.lines(outputs)
        if line["event"] in words and line["id"] == run_id
    ]


def refused(outputs, capsys, *options, **who):
    """The lines with which approving stopped; nothing was recorded by it."""
    before = recorded(outputs)
    assert approved(outputs, *(options or ["--yes"]), **who) == 1
    assert recorded(outputs) == before
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told.splitlines()


# what is looked through --------------------------------------------------------------


def test_each_part_is_told_with_links_that_lead_somewhere(outputs, capsys, monkeypatch):
    answers(monkeypatch, *["yes"] * len(SEVEN))
    assert approved(outputs) == 0
    told = capsys.readouterr().out
    links = re.findall(r"(file:\S+)#(\S+)", told)
    page = outputs / ID / approval.REVIEWERS
    assert {where for where, _ in links} == {page.as_uri()}
    text = page.read_text("utf-8")
    assert all(text.count(f'<h2 id="{anchor}"') == 1 for _, anchor in links)
    for name in SEVEN:
        assert f"\n{name.capitalize()}\n" in told
    assert "a ready cohort: the kit linked nobody" in told
    assert "the boxes add up" in told
    assert "0 failed" in told
    assert "Profile none: nothing is hidden, since: open data" in told


def read_through(folder):
    """The names of a run's parts, once each is known to lead somewhere."""
    page = sections((folder / approval.REVIEWERS).read_text("utf-8"))
    looked_at = parts(folder)
    for part in looked_at:
        assert part.anchors and set(part.anchors) <= set(page)
        assert part.figures
    return [part.name for part in looked_at]


def test_a_run_without_a_result_has_no_matching_to_look_at(runs):
    names = ["linkage", "cohort", "tests", "wording", "disclosure"]
    assert read_through(runs / "too-few") == names


@pytest.mark.slow
def test_a_summary_of_published_results_has_three_parts(tmp_path):
    content = yaml.safe_load((ROOT / "params/findings.yml").read_text("utf-8"))
    folder = in_process.run(content["request"], tmp_path)
    assert read_through(folder) == ["tests", "wording", "disclosure"]


def test_linked_people_are_told_by_pass_and_nothing_withheld(copied):
    assert read_through(copied.folder) == SEVEN
    looked_at = {part.name: part for part in parts(copied.folder)}
    assert looked_at["linkage"].anchors[0] == "linkage"
    assert looked_at["linkage"].figures[0] == "250 lines were submitted."
    # every number of the console stands in a file that may leave
    out = "\n".join(
        path.read_text("utf-8")
        for path in [copied.folder / "report.html",
                     *(copied.folder / "release").rglob("*.csv")]
    )  # fmt: skip
    for name in ("linkage", "cohort", "balance", "wording"):
        for number in re.findall(r"\d[\d,.]*\d|\d", " ".join(looked_at[name].figures)):
            assert number in out


def test_a_withheld_number_is_told_as_such(outputs):
    path = outputs / ID / "release/result.json"
    content = json.loads(path.read_text())
    content["analyses"][0] |= {"n_treatment": None, "match_quality": None}
    for row in content["analyses"][0]["balance"]:
        row["smd_after"] = None
    path.write_text(json.dumps(content))
    told = {part.name: part.figures for part in parts(outputs / ID)}
    assert "Everyone: [c] of 200" in told["cohort"][0]
    assert "not analysed: [c]" in told["cohort"][0]
    assert (
        "verdict [c]; the largest standardised mean difference shown is [c]"
        in (told["balance"][0])
    )


# answers -----------------------------------------------------------------------------


def test_all_parts_are_one_line_of_the_ledger_with_every_hash(outputs):
    assert approved(outputs, "--yes", by="  Anna   Other ") == 0
    (line,) = recorded(outputs)
    assert line["event"] == "approved"
    assert (line["name"], line["edition"]) == ("Anna Other", 1)
    assert [part["part"] for part in line["parts"]] == SEVEN
    folder = outputs / ID
    assert line["files"] == {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in folder.rglob("*")
        if path.is_file()
        and (
            path.name == "report.html"
            or path.parts[len(folder.parts)] == "release"
            or path.relative_to(folder).as_posix() in approval.AUDIT
        )
    }
    assert line["reviewers"] == sha256(folder / approval.REVIEWERS)
    assert approval.standing(outputs, ID).files == line["files"]


def test_a_no_asks_why_and_is_recorded(outputs, capsys, monkeypatch):
    answers(monkeypatch, "yes", "perhaps", "YES", "no", "age \x1b[2Jdiffers")
    assert approved(outputs) == 1
    (line,) = recorded(outputs)
    assert (line["event"], line["name"]) == ("not approved", "Anna Other")
    assert (line["part"], line["why"]) == ("balance", "age [2Jdiffers")
    told = capsys.readouterr()
    assert "Write yes or no." in told.out
    assert told.err == (f"{ID}: not approved by Anna Other: balance: age [2Jdiffers\n")
    with pytest.raises(approval.RequestError, match="did not approve it"):
        approval.standing(outputs, ID)


def test_answers_that_end_too_early_record_nothing(outputs, capsys, monkeypatch):
    for given in ([], ["yes"] * 6, ["yes", "no"]):
        answers(monkeypatch, *given)
        (line,) = refused(outputs, capsys, "--outputs", str(outputs))
        assert "nothing was approved, since no answer came" in line
    assert recorded(outputs) == []


def test_an_approved_run_asks_nothing_of_its_approver(outputs, capsys, monkeypatch):
    assert approved(outputs, "--yes") == 0
    capsys.readouterr()
    answers(monkeypatch)
    assert approved(outputs, by="Other, Anna") == 0
    assert "was approved by Anna Other on" in capsys.readouterr().out
    assert len(recorded(outputs)) == 1
    # somebody else may look too, and the last word counts
    answers(monkeypatch, "no", "")
    assert approved(outputs, by="Ben Third") == 1
    with pytest.raises(approval.RequestError, match="Ben Third did not approve it"):
        approval.standing(outputs, ID)


# who ---------------------------------------------------------------------------------


def test_neither_analyst_nor_provider_may_approve(outputs, capsys):
    for by in ("A. Name", "NAME, a", "a name"):
        (line,) = refused(outputs, capsys, by=by)
        assert "is the analyst of the request" in line
    rewrite(outputs, data_sharing={"provider_signed_off": {"by": "Pat Head"}})
    (line,) = refused(outputs, capsys, by="Head, Pat")
    assert "data_sharing.provider_signed_off.by" in line


@pytest.mark.parametrize(
    "by", ["Anna\nOther", "Anna\u202eOther", "12", "", "Аnna Other", "x" * 101]
)
def test_what_is_no_name_is_refused_in_one_line(outputs, capsys, by):
    (line,) = refused(outputs, capsys, by=by)
    assert line.startswith("--by: ")


def test_fitting_initials_and_the_same_account_are_told_and_recorded(outputs, capsys):
    assert approved(outputs, "--yes", by="Anna Name") == 0
    told = capsys.readouterr().out
    assert "approve only if they are two people" in told
    assert "the account that you use made the run" in told
    assert len(recorded(outputs)[0]["told"]) == 2


# what cannot be approved -------------------------------------------------------------


def rewrite(outputs, **changes):
    """Change the run's completed request and its manifest alike."""
    path = outputs / ID / "audit/request.yml"
    content = yaml.safe_load(path.read_text("utf-8"))
    content["request"] |= changes
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    told = json.loads((outputs / ID / approval.MANIFEST).read_text())
    told["outputs"]["audit/request.yml"]["sha256"] = sha256(path)
    seal(outputs, told)


def seal(outputs, told):
    """Write the manifest as a run of this folder would have."""
    told["seal"] = manifest.seal(outputs, told)
    (outputs / ID / approval.MANIFEST).write_text(json.dumps(told))


@pytest.mark.parametrize("run_id", ["garden-wrk", f"{ID}.draft", f".{ID}.part", "../x"])
def test_what_is_no_finished_run_is_refused(outputs, capsys, run_id):
    assert len(refused(outputs, capsys, run_id=run_id)) == 1


@pytest.mark.parametrize(
    "name",
    ["report.html", "release/result.json", "audit/checks.csv", "audit/request.yml",
     approval.REVIEWERS],
)  # fmt: skip
def test_any_byte_that_the_run_did_not_write_is_refused(outputs, capsys, name):
    with (outputs / ID / name).open("ab") as file:
        file.write(b" ")
    (line,) = refused(outputs, capsys)
    assert f"{name}: is not as the run wrote it" in line


def test_a_file_edited_with_its_hash_in_the_manifest_is_refused(outputs, capsys):
    page = outputs / ID / "report.html"
    page.write_text(page.read_text("utf-8").replace("a", "b"), "utf-8")
    path = outputs / ID / approval.MANIFEST
    told = json.loads(path.read_text())
    told["outputs"]["report.html"]["sha256"] = sha256(page)
    path.write_text(json.dumps(told))
    (line,) = refused(outputs, capsys)
    assert "manifest.json: is not as a run of" in line


def test_a_run_under_another_name_is_refused(outputs, capsys):
    (outputs / ID).rename(outputs / "another")
    told = refused(outputs, capsys, run_id="another")
    assert any(f"holds the run {ID}; give the folder" in line for line in told)


def test_every_problem_is_told_at_once(outputs, capsys, people):
    folder = outputs / ID
    (folder / "release/more.csv").write_text("a\n")
    (folder / "release/result.json").unlink()
    (folder / "release/link.csv").symlink_to(people)
    rewrite(outputs, data_sharing={"destroy_by": "2020-01-31"})
    told = json.loads((folder / approval.MANIFEST).read_text())
    for path in told["inputs"]:
        if path.endswith("people.csv"):
            told["inputs"][path] = "0" * 64
    told["inputs"][str(people.with_name("gone.csv"))] = "0" * 64
    seal(outputs, told)
    told = refused(outputs, capsys, by="A Name")
    for words in (
        "more.csv: the manifest has no such file",
        "result.json: is not there",
        "link.csv: is a symbolic link",
        "should have been destroyed by 2020-01-31, so",
        f"inputs.cohort: {people}: has changed since the run",
        "gone.csv: is no longer there",
        "is the analyst of the request",
    ):
        assert sum(words in line for line in told) == 1, words


def test_a_destroyed_run_has_nothing_to_look_through(outputs, capsys):
    assert approved(outputs, "--yes") == 0
    assert command_line.main(["destroy", ID, "--outputs", str(outputs), "--yes"]) == 0
    assert (
        approval.standing(outputs, ID).name == "Anna Other"
    )  # what leaves is as it was
    capsys.readouterr()
    (line,) = refused(outputs, capsys, by="Ben Third")
    assert "so there is nothing to look through" in line


def test_a_run_being_made_is_refused_and_a_swap_settled_first(outputs, capsys):
    with whole.locked(outputs, ID):
        (line,) = refused(outputs, capsys)
    assert "is being made by a run" in line
    (outputs / ID).rename(outputs / f".{ID}.old")  # killed in the moment of the swap
    assert approved(outputs, "--yes") == 0


def test_a_cut_ledger_and_a_clock_set_back_are_refused(outputs, capsys, monkeypatch):
    path = outputs / ledger.LEDGER
    kept = path.read_bytes()
    path.write_bytes(b"".join(kept.splitlines(keepends=True)[1:]))
    assert "ledger.jsonl" in refused(outputs, capsys)[0]
    path.write_bytes(kept)
    before = datetime.now(UTC) - timedelta(days=2)

    class Back(datetime):
        @classmethod
        def now(cls, zone=None):
            return before

    monkeypatch.setattr(ledger, "datetime", Back)
    (line,) = refused(outputs, capsys)
    assert "set the clock right" in line


def test_a_kit_that_changed_is_told_alone(outputs, capsys):
    told = json.loads((outputs / ID / approval.MANIFEST).read_text())
    told["code"]["helpers/files.py"] = "0" * 64
    seal(outputs, told)
    assert approved(outputs, "--yes") == 0
    assert "the kit has changed since the run, in 1 file" in capsys.readouterr().out


# afterwards --------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["changed", "removed", "added", "linked"])
def test_a_byte_that_changes_voids_the_approval_for_good(outputs, how):
    assert approved(outputs, "--yes") == 0
    path = outputs / ID / "release/result.json"
    kept, name = path.read_bytes(), "release/result.json"
    if how == "changed":
        path.write_bytes(kept + b" ")
    if how == "added":
        name = "release/more.csv"
        (outputs / ID / name).write_text("a")
    if how in ("removed", "linked"):
        path.unlink()
    if how == "linked":
        path.symlink_to(outputs / ID / "report.html")
    with pytest.raises(approval.RequestError, match=name) as told:
        approval.standing(outputs, ID)
    assert str(told.value).count("\n") == 0
    events = [line["event"] for line in recorded(outputs)]
    assert events == ["approved", "approval revoked"]
    assert list(recorded(outputs)[-1]["files"]) == [name]
    if how == "linked":
        path.unlink()
    path.write_bytes(kept)
    (outputs / ID / "release/more.csv").unlink(missing_ok=True)
    with pytest.raises(approval.RequestError, match="void"):
        approval.standing(outputs, ID)
    assert len(recorded(outputs)) == 2
    assert approved(outputs, "--yes") == 0
    assert approval.standing(outputs, ID).name == "Anna Other"


def test_a_run_that_nobody_approved_says_how(outputs):
    with pytest.raises(approval.RequestError, match="nobody approved it") as told:
        approval.standing(outputs, ID)
    assert f"python3 -m helpers approve {ID} --by NAME" in str(told.value)
