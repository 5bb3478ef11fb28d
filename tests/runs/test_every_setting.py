"""Requests drawn over pairs of settings, each carried out to its published page."""

import json
import subprocess

import pytest
import yaml
from support import in_process, viewer
from support.page_checks import problems
from support.settings_drawn import SETTINGS, drawn, write
from support.shared_runs import ROOT, driver_command

from helpers.commands import command_line

CHOICES = drawn()


def test_any_two_values_of_two_settings_meet_in_a_request():
    for a, values in SETTINGS.items():
        for b, others in SETTINGS.items():
            met = {(choice[a], choice[b]) for choice in CHOICES}
            assert a == b or met == {(x, y) for x in values for y in others}


#: what is wrong with a request or its cohort -> what it is told
WRONG = {
    "an untrue noun": (
        {},
        {"noun": "women"},
        "programme.noun is women",
    ),
    "a missing column": ({}, {"pool": {"wing": "B"}}, "column wing is missing"),
    "a wide caliper": ({}, {"caliper": {"sd": 0.5}}, "more than 0.3 standard"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_carried_out_is_refused_before_the_first_stage(
    wrong, tmp_path, capsys
):
    default = {name: next(iter(values)) for name, values in SETTINGS.items()}
    choice, changes, told = WRONG[wrong]
    path = write(default | choice, "refused", tmp_path)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = content["request"]
    for name, value in changes.items():
        where = {"noun": "programme", "caliper": "matching"}.get(name)
        (asked[where] if where else asked["analyses"][0])[name] = value
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    command = ["run", str(path), "--outputs", str(tmp_path / "outputs")]
    assert command_line.main(command) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert told in line
    assert not list((tmp_path / "outputs").glob("*refused*/"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CHOICES)))
def test_a_request_publishes_whatever_its_settings(number, tmp_path):
    request = write(CHOICES[number], f"drawn-{number}", tmp_path)
    folder = _carried_out(request, number)
    assert problems((folder / "report.html").read_text(encoding="utf-8")) == []
    assert viewer.load(folder / "release/checker")
    result = json.loads((folder / "release/result.json").read_text())
    count = SETTINGS["analyses"][CHOICES[number]["analyses"]]
    # where no headline could be analysed the others are not carried out
    without = all(a["outcomes"] == [] for a in result["analyses"])
    assert without or len(result["analyses"]) == count


#: every so many of the requests go through the driver's own kernels, which the shared
#: runs do too: of settings they know no more than a process does
BY_DRIVER = 12


def _carried_out(request, number):
    """Give the folder of a finished run, some by the driver and its kernels."""
    outputs = request.parent / "outputs"
    if number % BY_DRIVER:
        return in_process.run(request, outputs)
    command = driver_command(request, outputs)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{CHOICES[number]}\n{done.stderr}"
    return outputs / f"drawn-{number}"
