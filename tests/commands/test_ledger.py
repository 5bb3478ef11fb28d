"""The command that prints the ledger and tells whether it is whole."""

import json

from helpers.commands import command_line
from helpers.runs.written import ledger


def said(capsys, folder) -> tuple[int, list[str], str]:
    status = command_line.main(["ledger", "--outputs", str(folder)])
    out, problems = capsys.readouterr()
    return status, out.splitlines(), problems


def test_it_prints_in_plain_words_and_that_it_is_whole(tmp_path, capsys):
    when = {"at": "2026-11-02T09:30:00+00:00"}
    rows = [{"verdict": v} for v in ("passed", "passed", "warning", "told")]
    ledger.record(tmp_path, "design gate", "a", rows=rows, **when)
    files = {"report.html": "0", "release/result.json": "1"}
    ledger.record(
        tmp_path, "approved", "a", name="Ann Lee", edition=2, files=files, **when
    )
    status, out, problems = said(capsys, tmp_path)
    assert (status, problems) == (0, "")
    gate, approved, whole = out
    assert gate.startswith("2026-11-02 09:30:00 UTC  ")
    assert "a: the design gate was recorded: 4 rows, 2 passed, 1 with a warning" in gate
    assert approved.endswith("a: approved by Ann Lee, edition 2, 2 files")
    assert whole.startswith("The ledger is whole: 2 lines, each following")


def test_a_ledger_that_was_changed_ends_in_problems(tmp_path, capsys):
    for run_id in "abc":
        ledger.record(tmp_path, "outcomes opened", run_id)
    path = tmp_path / "ledger.jsonl"
    path.write_text(path.read_text().replace('"id": "a"', '"id": "b"') + "no line\n")
    status, out, problems = said(capsys, tmp_path)
    assert status == 1 and len(out) == 4
    assert out[3] == "a line that cannot be read"
    assert "line 2: does not follow from line 1" in problems
    assert "Traceback" not in problems


def test_names_move_no_cursor_and_turn_no_text(tmp_path, capsys):
    name = "Ann\x1b[2J\u202e eeL\nThe ledger is whole"
    ledger.record(tmp_path, "approved", "a", name=name, edition=1, files={})
    _, out, _ = said(capsys, tmp_path)
    assert len(out) == 2 and not {"\x1b", "\u202e"} & set("".join(out))
    hostile = {"event": ["x"], "id": {}, "by": 5, "rows": 7, "gap": "\x1b[2J"}
    with (tmp_path / "ledger.jsonl").open("a") as file:
        file.write(json.dumps(hostile | {"before": "x"}) + "\n")
    status, out, problems = said(capsys, tmp_path)
    assert status == 1 and "\x1b" not in problems + "".join(out)
    forged = {"files": {"\x1b[2J\0": "x"}, "edition": ["\x1b"], "id": "../\x1b"}
    ledger.record(tmp_path, "published", "a", **forged)
    status, out, problems = said(capsys, tmp_path)
    assert "not as published" in problems
    assert status == 1 and "\x1b" not in problems + "".join(out)


def test_a_folder_without_a_ledger_or_that_is_none(tmp_path, capsys):
    status, out, problems = said(capsys, tmp_path)
    assert status == 0 and "has no ledger yet" in out[0]
    status, out, problems = said(capsys, tmp_path / "none")
    assert status == 1 and problems.endswith("is no folder of runs\n")
