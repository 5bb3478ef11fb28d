"""Requests drawn over pairs of settings, each carried out by the driver to its page."""

import json
import subprocess

import pytest
from support.page_checks import problems
from support.settings_drawn import SETTINGS, drawn, write
from support.shared_runs import ROOT, driver_command

CHOICES = drawn()


def test_any_two_values_of_two_settings_meet_in_a_request():
    for a, values in SETTINGS.items():
        for b, others in SETTINGS.items():
            met = {(choice[a], choice[b]) for choice in CHOICES}
            assert a == b or met == {(x, y) for x in values for y in others}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CHOICES)))
def test_a_request_publishes_whatever_its_settings(number, tmp_path):
    request = write(CHOICES[number], f"drawn-{number}", tmp_path)
    command = driver_command(request, tmp_path / "outputs")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{CHOICES[number]}\n{done.stderr}"
    folder = tmp_path / "outputs" / f"drawn-{number}"
    assert problems((folder / "report.html").read_text(encoding="utf-8")) == []
    result = json.loads((folder / "release/result.json").read_text())
    count = SETTINGS["analyses"][CHOICES[number]["analyses"]]
    assert len(result["analyses"]) == count
