"""The set-up, with a small program in the place of Python and pip."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.fake_kit import FAKE, by_uv, calls, set_up

from helpers.files import ROOT
from helpers.set_up import environment, pins, steps
from helpers.set_up.steps import SetUpError


def in_background(root):
    code = (
        "import sys, pathlib; from helpers.set_up import environment as s\n"
        "root = pathlib.Path(sys.argv[1]); s.prepared(root, str(root / 'base'))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(root)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_uv(root):
    for _ in range(200):
        if (root / "calls").exists() and by_uv(root):
            return
        time.sleep(0.05)
    raise AssertionError("uv was not started")


def test_pins_are_read_without_a_yaml_parser(kit):
    assert pins.pins(kit) == {"first": "1.0", "Second-one": "2.1", "uv": "0.1"}


def test_an_environment_is_built_once(kit, capsys):
    python = set_up(kit)
    assert python == kit / ".venv/bin/python"
    told = capsys.readouterr().err
    assert "not there yet" in told and "3 packages" in told and "a minute" in told
    assert set_up(kit) == python
    assert sum("-m venv" in call for call in calls(kit)) == 1
    assert capsys.readouterr().err == ""


def test_a_changed_pin_builds_anew_but_a_comment_does_not(kit, capsys):
    set_up(kit)
    file = kit / "environment.yml"
    file.write_text("# a remark\n" + file.read_text())
    assert environment.state(pins.pins(kit), kit) == ""
    file.write_text(file.read_text().replace("2.1", "2.2"))
    set_up(kit)
    assert "environment.yml, its lock, the Python or the folder has changed" in (
        capsys.readouterr().err
    )
    assert environment.state(pins.pins(kit), kit) == ""


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda kit: (kit / "version").write_text("3 12 cpython"), "has changed"),
        (lambda kit: (kit / ".venv/bin/python").unlink(), "no longer starts"),
        (
            lambda kit: (
                next(kit.glob(".venv/lib/*/*/first-1.0.dist-info")) / "METADATA"
            ).write_text("Name: first\nVersion: 0.9\n"),
            "packages have been changed",
        ),
        (
            lambda kit: next(kit.glob(".venv/lib/*/*/justice*")).write_text(
                "/elsewhere"
            ),
            "packages have been changed",
        ),
    ],
)
def test_a_harmed_environment_is_noticed_and_built_anew(kit, harm, reason):
    set_up(kit)
    harm(kit)
    assert reason in environment.state(pins.pins(kit), kit)
    set_up(kit)
    assert environment.state(pins.pins(kit), kit) == ""


def test_a_moved_folder_is_noticed(kit):
    set_up(kit)
    moved = kit.rename(kit.with_name("moved"))
    # its Python starts there too
    fake = FAKE.format(python=sys.executable, root=str(moved))
    (moved / ".venv/bin/python").write_text(fake)
    assert "the folder has changed" in environment.state(pins.pins(moved), moved)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_set_up_is_done_again(kit, sign, capsys):
    (kit / "slow").write_text("1.5")
    first = in_background(kit)
    wait_for_uv(kit)
    first.send_signal(sign)
    first.communicate(timeout=10)
    (kit / "slow").unlink()
    assert not (kit / ".venv/set-up.mark").exists()
    set_up(kit)
    assert "the last set-up was not finished" in capsys.readouterr().err
    assert environment.state(pins.pins(kit), kit) == ""


def test_two_set_ups_at_once_are_one(kit):
    (kit / "slow").write_text("1")
    first = in_background(kit)
    wait_for_uv(kit)
    second = in_background(kit)
    told = [process.communicate(timeout=20)[1] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0]
    assert "Another process is setting up .venv; waiting" in told[1]
    assert len(by_uv(kit)) == 1


def test_a_step_that_outlives_its_set_up_is_waited_for(kit):
    (kit / "slow").write_text("1.5")
    first = in_background(kit)
    wait_for_uv(kit)
    first.kill()
    first.communicate(timeout=10)
    (kit / "slow").unlink()
    second = in_background(kit)
    assert "waiting" in second.communicate(timeout=20)[1]
    assert environment.state(pins.pins(kit), kit) == ""


def test_progress_is_shown_while_a_step_is_silent(kit, capsys, monkeypatch):
    monkeypatch.setattr(steps, "EVERY", 0.2)
    (kit / "slow").write_text("1")
    set_up(kit)
    lines = capsys.readouterr().err.splitlines()
    assert (
        sum(bool(re.match(r" +\d+ s: Collecting second", line)) for line in lines) >= 3
    )


def test_a_terminal_gets_one_line_that_is_wiped_at_the_end(kit, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    (kit / "slow").write_text("2.2")
    set_up(kit)
    told = capsys.readouterr().err
    assert re.search(r"\r +[12] s: Collecting second-one 2.1 +\r", told)
    assert re.search(r"\r +\rSet up in \d s\.\n$", told)


def test_a_failed_set_up_says_why_and_where_the_rest_is(kit):
    (kit / "fail").write_text("ERROR: No matching distribution found for first==1.0\n")
    with pytest.raises(SetUpError) as failure:
        set_up(kit)
    assert "There is no ready-made first==1.0 for Python 3." in str(failure.value)
    assert "\n" not in str(failure.value)
    assert "first==1.0" in (kit / ".venv/set-up.log").read_text()
    assert "not finished" in environment.state(pins.pins(kit), kit)


def test_a_missing_venv_module_is_explained(kit, monkeypatch):
    there = environment.importlib.util.find_spec
    monkeypatch.setattr(
        environment.importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else there(name),
    )
    with pytest.raises(SetUpError, match="apt install python3-venv"):
        set_up(kit)


def test_a_missing_list_of_pins_is_explained(kit):
    (kit / "environment.yml").write_text("dependencies: []\n")
    with pytest.raises(SetUpError, match="no line of the form"):
        pins.pins(kit)
    (kit / "environment.yml").unlink()
    with pytest.raises(SetUpError, match="environment.yml cannot be read"):
        pins.pins(kit)


def test_the_active_interpreter_is_used_when_it_meets_the_pins():
    wanted = pins.pins(ROOT)
    assert environment.meets(wanted, sys.path, Path(sys.prefix))


def test_an_environment_broken_off_is_not_used_even_where_every_pin_is_met(kit):
    set_up(kit)
    wanted, venv = pins.pins(kit), kit / ".venv"
    path = [str(venv / "lib/python3.11/site-packages")]
    assert environment.meets(wanted, path, venv)
    (venv / "set-up.mark").unlink()
    assert not environment.meets(wanted, path, venv)


@pytest.mark.parametrize("name", ["kit", "Zoë’s kit"])
def test_the_folder_is_found_from_its_environment(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "only_here.py").touch()
    (tmp_path / "kit.pth").write_text(environment._pointer(folder), encoding="ascii")
    code = f"import site; site.addsitedir({str(tmp_path)!r}); import only_here"
    subprocess.run([sys.executable, "-I", "-c", code], check=True, cwd="/")
