"""The command line, with the run itself replaced by what it may come to."""

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.made_up_cohort import make

from helpers import errors, request
from helpers.commands import command_line, running
from helpers.errors import DataError, RequestError
from helpers.runs import pipeline, progress
from helpers.runs.carrying_out import profile
from helpers.set_up import process

ROOT = command_line.ROOT


@pytest.fixture
def run(monkeypatch):
    """What pipeline.run was asked; its "outcome" is an error or a status to come to."""
    asked = {}

    def stand_in(source, *, progress, **options):
        asked.update(options, source=source)
        progress.stage_started("intake", "Who was submitted", 4)
        progress.cell_done("intake", 4, "Losses")
        progress.stage_done("intake", 1.25)
        if isinstance(asked.get("outcome"), BaseException):
            raise asked["outcome"]
        status = asked.get("outcome", "done")
        if status == "stopped":
            part = ROOT / "outputs/.x.part"
            return pipeline.Result(status, "Stopped.", None, kept=part)
        return pipeline.Result(status, "As expected.", ROOT / "outputs/x/report.html")

    monkeypatch.setattr(pipeline, "run", stand_in)
    monkeypatch.chdir(ROOT)
    return asked


@pytest.fixture
def handed(monkeypatch):
    """What the process was handed over to: command and variables."""
    found = []

    def stand_in(command, settings):
        found.append((command, settings))
        return 5

    monkeypatch.setattr(process, "hand_over", stand_in)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.setattr(os, "umask", lambda mask: found.append(mask))
    return found


def test_a_run_ends_with_its_headline_and_where_the_report_is(run, capsys):
    assert command_line.main(["run", "params/example.yml"]) == 0
    told = capsys.readouterr()
    assert told.out == "As expected.\noutputs/x/report.html\n"
    assert "intake: Who was submitted" in told.err
    assert "intake: done in 1.2 s" in told.err
    assert run["source"] == ROOT / "params/example.yml"
    assert (run["outputs"], run["overwrite"], run["force"]) == (None, False, False)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="has no full device")
def test_a_result_that_nobody_can_be_told_is_told_where_problems_are(run, tmp_path):
    code = (
        "import sys; from types import SimpleNamespace as N; from pathlib import Path; "
        "from helpers.commands import running; "
        "from helpers.commands.console import complain, told\n"
        "try: running._tell_result(N(headline='h', notes=(), report=Path('/o/r.html')))"
        "\nexcept Exception as error: complain(told(error)); sys.exit(1)"
    )
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == (
        "standard output takes no more: No space left on device; the report is in "
        "/o/r.html\n"
    )


def test_the_options_of_a_run_are_passed_on(run):
    options = ["--outputs", "elsewhere", "--overwrite", "--force"]
    assert command_line.main(["run", "example", *options]) == 0
    assert (run["overwrite"], run["force"]) == (True, True)
    assert run["outputs"] == ROOT / "elsewhere"


def test_a_run_that_is_up_to_date_says_so(run, capsys):
    run["outcome"] = "up to date"
    assert command_line.main(["run", "example"]) == 0
    assert capsys.readouterr().out.startswith("Up to date: ")


@pytest.mark.parametrize(
    ("outcome", "folder"), [("done", "outputs/x"), ("stopped", "outputs/.x.part")]
)
def test_where_the_time_went_is_told_of_a_run_that_stops_too(
    run, capsys, monkeypatch, outcome, folder
):
    looked = []

    def stand_in(run_folder, began, ended):
        looked.append(run_folder)
        return [profile.Spent("intake", "imports", 2.0)]

    monkeypatch.setattr(profile, "of_run", stand_in)
    run["outcome"] = outcome
    assert command_line.main(["run", "example", "--until", "intake", "--profile"]) == 0
    assert looked == [ROOT / folder]
    assert "    2.0 s  intake: imports\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--profile"], "--profile"),
        (["--jobs", "3"], "--jobs"),
        (["--force", "--profile", "--jobs", "2"], "--force and --profile and --jobs"),
    ],
)
def test_a_repeated_run_refuses_what_it_would_not_do(capsys, options, named):
    given = ["run", "--from-manifest", "manifest.json", *options]
    assert command_line.main(given) == 1
    assert capsys.readouterr().err == (
        f"run --from-manifest: does not go with {named}: one run is repeated whole, "
        "and a finished one is not replaced\n"
    )


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (RequestError(["first problem", "second"]), 1, "first problem\nsecond\n"),
        (errors.RunFailed("x: matching stopped"), 1, "x: matching stopped\n"),
        (KeyboardInterrupt(), 130, "or python3 -m helpers destroy ID.\n"),
        (OSError(28, "No space left"), 1, "or python3 -m helpers destroy ID.\n"),
    ],
)
def test_what_goes_wrong_is_a_line_and_a_status(run, capsys, error, status, line):
    run["outcome"] = error
    assert command_line.main(["run", "example"]) == status
    told = capsys.readouterr()
    assert told.err.endswith(line)
    assert "Traceback" not in told.err
    assert told.out == ""


def test_what_a_run_that_was_broken_off_left_is_told_for_a_run_alone(
    run, capsys, monkeypatch
):
    run["outcome"] = KeyboardInterrupt()
    command_line.main(["run", "example"])
    told = capsys.readouterr().err
    assert "Interrupted; finished runs are as they were. What it had written" in told
    monkeypatch.setattr(running, "request_file", lambda _: 1 / 0)
    monkeypatch.setattr(
        request, "load", lambda _: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    command_line.main(["lab"])
    assert capsys.readouterr().err == "Interrupted; finished runs are as they were.\n"


def test_a_reader_who_stops_reading_ends_the_command_quietly():
    code = (
        "import sys; from helpers.commands import command_line, running\n"
        "def run(_):\n    sys.stdout.write('x' * 100000); sys.stdout.flush()\n"
        "running.run = run; sys.exit(command_line.main(['run', 'x']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_request_is_named_by_path_or_id(monkeypatch, tmp_path):
    example = ROOT / "params/example.yml"
    study = ROOT / "params/nc_prison_work.yml"
    assert running.request_file("nc-prison-work") == study
    monkeypatch.chdir(tmp_path)
    assert running.request_file("params/example.yml") == example
    (tmp_path / "mine.yml").write_text("request: {}\n")
    assert running.request_file("mine.yml") == tmp_path / "mine.yml"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nc-prison-wrok", "did you mean nc-prison-work?"),
        ("params/exampel.yml", "did you mean example?"),
        ("zzz", "params/ holds example, "),
    ],
)
def test_an_unknown_request_is_answered_with_the_nearest(name, hint):
    with pytest.raises(RequestError) as error:
        running.request_file(name)
    assert str(error.value).startswith(f"{name}: no such file")
    assert hint in str(error.value)


def test_the_tests_run_from_the_kit_with_pytests_own_options(handed):
    assert command_line.main(["test", "--all", "-k", "radius", "tests/x.py"]) == 5
    command = handed[0][0]
    assert command[1:] == ["-m", "pytest", "--all", "-k", "radius", "tests/x.py"]
    command_line.main(["test", "-x"])
    assert handed[1][0][1:] == ["-m", "pytest", "-x"]


def test_jupyterlab_opens_on_the_request_and_fetches_nothing(handed):
    assert command_line.main(["lab", "example", "--no-browser"]) == 5
    mask, (command, settings) = handed
    assert mask == 0o077
    assert settings["JDL_REQUEST"] == str(ROOT / "params/example.yml")
    assert command[1:4] == ["-m", "jupyterlab", "--no-browser"]
    assert (
        "--FileContentsManager.pre_save_hook=helpers.jupyter.saving.strip_outputs"
        in command
    )
    assert (
        "--FileContentsManager.post_save_hook=helpers.jupyter.saving.keep_private"
        in command
    )
    assert "JDL_OUTPUTS" not in settings
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.extension_manager=readonly" in command


def test_jupyterlab_opens_a_summary_at_its_only_notebook(handed):
    first = "--LabApp.default_url=/lab/tree/notebooks/{}.ipynb".format
    for name, notebook in (("findings", "04_charts"), ("example", "01_intake")):
        assert command_line.main(["lab", name]) == 5
        assert first(notebook) in handed[-1][0]


def test_jupyterlab_hands_on_where_runs_are_kept(handed, tmp_path):
    place = str(tmp_path / "runs")
    assert command_line.main(["lab", "example", "--outputs", place, "--port=1"]) == 5
    _, (command, settings) = handed
    assert settings["JDL_OUTPUTS"] == place
    assert command[3:5] == ["--port=1", f"--ServerApp.root_dir={ROOT}"]


def test_jupyterlab_keeps_no_drafts_where_git_would_take_them(
    handed, make_request, tmp_path, capsys
):
    path = make_request(
        tmp_path / "x.yml", inputs={"cohort": "params/data/nc_prison_work.csv"}
    )
    place = str(ROOT / "params/runs")
    assert command_line.main(["lab", str(path), "--outputs", place]) == 1
    assert capsys.readouterr().err.startswith("--outputs: params/runs is not ignored")
    assert handed == []


def test_jupyterlab_is_not_opened_on_a_faulty_request(handed, monkeypatch, capsys):
    def refuse(_):
        raise RequestError("params/example.yml: title is missing")

    monkeypatch.setattr(request, "load", refuse)
    assert command_line.main(["lab"]) == 1
    assert capsys.readouterr().err == "params/example.yml: title is missing\n"
    assert handed == []


def test_jupyterlab_knows_every_flag_that_it_is_given(handed):
    command_line.main(["lab"])
    command, settings = handed[-1]
    shown = subprocess.run(
        [*command, "--show-config-json"], env=settings, capture_output=True, text=True
    )
    assert "nrecognized" not in shown.stderr
    config = json.loads(re.search(r"^\{.*", shown.stdout, re.M | re.S)[0])
    assert config["FileContentsManager"] == {
        "pre_save_hook": "helpers.jupyter.saving.strip_outputs",
        "post_save_hook": "helpers.jupyter.saving.keep_private",
    }


@pytest.mark.parametrize("arguments", [[], ["rum"], ["run"], ["run", "x", "--froce"]])
def test_a_slip_of_typing_is_status_2_and_shows_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        command_line.main(arguments)
    assert end.value.code == 2
    assert "usage: python3 -m helpers" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["run", "lab", "test"])
def test_help_explains_every_command(name, capsys):
    for arguments in (["--help"], [name, "--help"]):
        with pytest.raises(SystemExit) as end:
            command_line.main(arguments)
        assert end.value.code == 0
    told = capsys.readouterr().out
    assert f"python3 -m helpers {name}" in told
    assert max(map(len, told.splitlines())) <= 88


class Terminal(io.StringIO):
    def isatty(self):
        return True


def report(display):
    display.stage_started("matching", "Who is compared", 3)
    display.cell_done("matching", 1, "Propensity [0, 1]")
    display.cell_done("matching", 2, "Balance")
    display.note("the caliper was widened [twice]")
    display.stage_done("matching", 2.0)


def test_a_terminal_gets_a_bar_and_keeps_a_line_a_stage(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with progress.shown(stream) as display:
        report(display)
    told = stream.getvalue()
    assert "matching   done in 2.0 s" in told
    assert "the caliper was widened [twice]" in told
    assert "\x1b[?25h" in told  # the cursor is back


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_a_log_gets_plain_lines_without_every_cell(monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    stream = Terminal() if term == "dumb" else io.StringIO()
    with progress.shown(stream) as display:
        report(display)
    lines = [line[9:] for line in stream.getvalue().splitlines()]
    assert lines == [
        "matching: Who is compared",
        "the caliper was widened [twice]",
        "matching: done in 2.0 s",
    ]


def test_a_long_stage_says_where_it_is():
    stream = io.StringIO()
    report(progress.Lines(stream, every=0))
    assert "matching: cell 2 of 3 done, Balance" in stream.getvalue()


def test_a_log_that_takes_no_more_stops_no_run():
    class Full(io.StringIO):
        def flush(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    report(progress.Lines(Full()))


@pytest.mark.parametrize(
    "command",
    ["run x", "lab", "approve x --by A", "publish x", "compare a b", "ledger",
     "destroy x", "match-data x", "catalogue add x --source A"],
)  # fmt: skip
def test_an_empty_name_of_the_folder_of_runs_is_not_this_folder(command, capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.main([*command.split(), "--outputs", ""])
    assert ended.value.code == 2
    assert "--outputs: an empty name; give a folder" in capsys.readouterr().err


def test_ci_script_is_sound_and_may_be_started():
    script = Path(ROOT, ".ci/run")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0
    assert "python3 -m helpers test --all" in script.read_text()


def test_a_damaged_catalogue_is_refused_before_any_stage(
    tmp_path, make_request, capsys
):
    folder = tmp_path / "catalogue"
    shutil.copytree(ROOT / "params/catalogue", folder)
    results = folder / "results.csv"
    results.write_text(results.read_text().replace(",Voluntary,", ",Volunteer,", 1))
    path = make_request(tmp_path / "x.yml", findings={"catalogue": str(folder)})
    outputs = tmp_path / "outputs"
    assert command_line.main(["run", str(path), "--outputs", str(outputs)]) == 1
    told = capsys.readouterr().err
    assert "Volunteer" in told and "is not in types.csv" in told
    assert not outputs.exists()


def test_all_that_is_wrong_in_a_catalogue_is_told_before_any_stage(
    tmp_path, make_request, capsys
):
    folder = tmp_path / "catalogue"
    shutil.copytree(ROOT / "params/catalogue", folder)
    for name, old, new in (
        ("results.csv", "2014-07,", "Jul-14,"),
        ("results.csv", ",-13,-0.2,", ",-13,0.2,"),
        ("counts.csv", "2015-09-17", "17/09/2015"),
        ("types.csv", "sector,Public,", "sektor,Public,"),
    ):
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))
    path = make_request(tmp_path / "x.yml", findings={"catalogue": str(folder)})
    outputs = tmp_path / "outputs"
    assert command_line.main(["run", str(path), "--outputs", str(outputs)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 4
    assert "kind must be intervention or sector" in told[0]
    assert told[1].endswith('found "Jul-14"; write 2014-07')
    assert "sig_rate is Y but the interval -13 to 0.2 holds 0" in told[2]
    assert told[3].endswith('found "17/09/2015"; write 2015-09-17')
    assert not outputs.exists()


def test_a_catalogue_that_is_no_folder_is_told_before_any_stage(
    tmp_path, make_request, capsys
):
    path = make_request(tmp_path / "x.yml", findings={"catalogue": "params/catalog"})
    assert command_line.main(["run", str(path), "--outputs", str(tmp_path / "o")]) == 1
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith(
            "params/catalog: is no folder; name in findings.catalogue the one that "
            "holds results.csv, counts.csv and types.csv"
        )
    )


def test_exact_keys_that_the_groups_do_not_share_are_told_before_any_stage(
    make_request, tmp_path
):
    cohort = make(400, 120)
    cohort["wing"] = cohort["treatment"].map({1: "A", 0: "B"})
    cohort.to_csv(tmp_path / "cohort.csv", index=False)
    covariates = {"numeric": ["age"], "categorical": ["sex"]}
    path = make_request(
        tmp_path / "x.yml",
        inputs={"cohort": str(tmp_path / "cohort.csv")},
        analyses=[{"name": "All", "exact": ["wing"], "covariates": covariates}],
    )
    with pytest.raises(DataError) as refused:
        running._readable(request.load(path))
    assert refused.value.problems == [
        f'{path}: analyses: "All": exact: wing: the groups share no value; write the '
        "same values in both, or take it out"
    ]
