"""The repository's own rules: ruff, and one list of dependencies."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from helpers.files import ROOT
from helpers.set_up.lock import read
from helpers.set_up.pins import pins

#: what the kit is asked to be built on; the other pins follow from these
OWNERS = (
    "jupyterlab papermill nbconvert pandas statsmodels scikit-learn matplotlib seaborn"
).split()


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_ruff_finds_nothing(command):
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert not found.returncode, found.stdout + found.stderr


@pytest.fixture(scope="module")
def environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text())


def test_the_environment_is_one_that_conda_accepts(environment):
    assert list(environment) == ["name", "channels", "dependencies"]
    assert isinstance(environment["name"], str)
    assert all(isinstance(channel, str) for channel in environment["channels"])
    *conda, pip = environment["dependencies"]
    assert all(isinstance(spec, str) for spec in conda)
    assert conda[0].startswith("python")
    # conda installs a pip: list only with pip itself among its packages
    assert "pip" in conda
    assert list(pip) == ["pip"]
    assert all(isinstance(line, str) for line in pip["pip"])


def test_every_version_is_exact_and_the_kit_itself_comes_last(environment):
    *packages, kit = environment["dependencies"][-1]["pip"]
    assert kit == "-e ."
    assert all(line.count("==") == 1 and "*" not in line for line in packages)
    assert len({line.split("==")[0].lower() for line in packages}) == len(packages)
    assert set(OWNERS) <= {line.split("==")[0] for line in packages}


def test_the_set_up_reads_what_a_yaml_parser_reads(environment):
    packages = environment["dependencies"][-1]["pip"][:-1]
    assert [f"{name}=={version}" for name, version in pins(ROOT).items()] == packages


def test_there_is_no_second_list_of_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert not {"dependencies", "dynamic"} & set(project)
    # another engine, which the kit does without
    assert set(project["optional-dependencies"]) == {"spark"}
    assert all("==" in pin for pin in project["optional-dependencies"]["spark"])
    others = ["requirements*.txt", "setup.py", "setup.cfg", "*.lock", "Pipfile"]
    # the lock is made from environment.yml; tests/set_up/test_lock.py holds it to that
    assert [path.name for pattern in others for path in ROOT.glob(pattern)] == [
        "environment.lock"
    ]


def test_python_is_asked_for_alike_everywhere(environment):
    from helpers import __main__

    oldest = ".".join(map(str, __main__.OLDEST))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={oldest}"
    assert environment["dependencies"][0] == f"python>={oldest}"


def test_the_hooks_for_a_commit_have_the_versions_of_the_kit():
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks = {hook["id"]: hook for hook in local["hooks"]}
    locked = {f"{entry.name}=={entry.version}" for entry in read(ROOT)}
    for name in ("strip-notebooks", "ruff-check", "ruff-format"):
        assert set(hooks[name]["additional_dependencies"]) <= locked
    for hook in hooks.values():
        assert all("==" in pin for pin in hook["additional_dependencies"])
    assert {"check-added-large-files", "detect-private-key", "detect-secrets"} <= set(
        hooks
    )
    assert "--maxkb=1000" in hooks["check-added-large-files"]["entry"]


def test_the_citation_names_this_version_and_the_holder_of_the_licence():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert cited["cff-version"] == "1.2.0"
    assert (cited["version"], cited["license"]) == (
        project["version"],
        project["license"],
    )
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    dated = f"\n## [{cited['version']}] - {cited['date-released']}\n"
    assert dated in told
    holder = re.search(
        r"^Copyright \(c\) \d+ (.+)$", (ROOT / "LICENSE").read_text(), re.M
    )
    assert cited["authors"] == [{"name": holder[1]}]
    assert {"title", "abstract", "message"} <= set(cited)
