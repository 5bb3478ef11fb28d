"""Several requests by one command: what is told of them, and how it ends."""

import errno
from types import SimpleNamespace

import pytest
from support.shared_runs import write_request

from helpers.commands import command_line
from helpers.runs.batch import jobs, page
from helpers.runs.batch.job import End
from helpers.runs.batch.jobs import Came


@pytest.fixture
def carried_out(monkeypatch):
    """What a batch was asked; every request that can be read comes to `end`."""
    asked = SimpleNamespace(end="done", interrupted=False)

    def stand_in(self):
        self.interrupted = asked.interrupted
        asked.jobs, asked.settings = self._jobs, self._work.keywords["settings"]
        asked.names = [one.name for one in self._each]
        asked.idle = {one.name: one.idle for one in self._each if one.idle}
        return [
            Came(one, End("failed", one.problem) if one.problem else _end(asked.end))
            for one in self._each
        ]

    monkeypatch.setattr(jobs.Batch, "carry_out", stand_in)
    return asked


def _end(status):
    return End(status, "As expected." if status == "done" else "", notes=("A note.",))


@pytest.fixture
def folder(tmp_path):
    """Two requests that can be carried out."""
    made = tmp_path / "requests"
    made.mkdir()
    for name in ("first", "second"):
        write_request(made / f"{name}.yml")
    return made


def run(folder, *options):
    outputs = folder.parent / "out"
    return command_line.main(["run", str(folder), "--outputs", str(outputs), *options])


def test_each_request_is_told_by_its_name_and_the_page_after_them(
    folder, carried_out, capsys
):
    assert run(folder, "--jobs", "2", "--force") == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "first: As expected.",
        "first: A note.",
        "second: As expected.",
        "second: A note.",
        str(folder.parent / "out/index.html"),
        "2 of 2 requests have a report.",
    ]
    assert carried_out.jobs == 2
    assert carried_out.settings["force"]
    assert not carried_out.settings["overwrite"]
    assert carried_out.settings["outputs"] == folder.parent / "out"
    assert (folder.parent / "out/index.html").is_file()


def test_the_last_lines_name_what_failed_and_the_status_is_one(
    folder, carried_out, capsys
):
    (folder / "wrong.yml").write_text("request:\n  id: wrong\n  titel: x\n")
    assert run(folder) == 1
    told = capsys.readouterr()
    assert carried_out.jobs == 1
    lines = told.err.splitlines()
    assert lines[-1] == "2 of 3 requests have a report; 1 not carried out: wrong."
    assert any("titel is not a key" in line for line in lines)
    assert "titel is not a key" in (folder.parent / "out/index.html").read_text()


def test_an_interruption_ends_as_that_of_one_run_with_the_page_written(
    folder, carried_out, capsys
):
    carried_out.interrupted, carried_out.end = True, "not begun"
    assert run(folder) == 130
    told = capsys.readouterr().err
    assert "first: It had not begun when the others were interrupted." in told
    assert "Interrupted; finished runs are as they were." in told
    assert (folder.parent / "out/index.html").is_file()


def test_one_without_the_stage_to_stop_after_has_nothing_to_do(
    folder, carried_out, capsys
):
    outputs = folder.parent / "out"
    summary = ["run", str(folder / "first.yml"), "findings", "--outputs", str(outputs)]
    assert command_line.main([*summary, "--until", "intake"]) == 0
    assert carried_out.idle == {
        "findings": "A summary of published results has no intake: nothing was to be "
        "done."
    }
    # it has charts, and stops there
    assert command_line.main([*summary, "--until", "charts"]) == 0
    assert carried_out.idle == {}


def test_files_and_ids_may_be_named_one_after_the_other(folder, carried_out):
    outputs = str(folder.parent / "out")
    names = [str(folder / "second.yml"), "findings"]
    assert command_line.main(["run", *names, "--outputs", outputs]) == 0
    assert carried_out.names == ["second", "findings"]


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5"])
def test_a_number_of_jobs_that_is_none_is_refused(folder, capsys, jobs):
    with pytest.raises(SystemExit) as error:
        run(folder, "--jobs", jobs)
    assert error.value.code == 2
    assert f"must be 1 or more; found '{jobs}'" in capsys.readouterr().err


def test_a_manifest_is_repeated_by_itself(folder, capsys):
    with pytest.raises(SystemExit):
        run(folder, "--from-manifest", "manifest.json")
    assert "not allowed with argument" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command_line.main(["run"])
    assert "one of the arguments REQUEST --from-manifest is required" in (
        capsys.readouterr().err
    )


def test_where_the_page_cannot_be_written_all_else_is_told(
    folder, carried_out, capsys, monkeypatch
):
    def full(path, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(page.files, "write", full)
    assert run(folder) == 1
    told = capsys.readouterr()
    assert "first: As expected." in told.out
    assert "index.html" not in told.out
    assert told.err.splitlines()[-1] == (
        f"{folder.parent / 'out' / 'index.html'}: No space left on device; the page "
        "that lists the requests is not written"
    )
