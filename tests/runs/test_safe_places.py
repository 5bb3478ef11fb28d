"""Files about people that git would take up are refused."""

import os
import shutil
import subprocess

import pytest

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.runs import safe_places
from helpers.runs.safe_places import refuse_tracked

IGNORED = "outputs/*\n!outputs/README.md\n!outputs/sample/\n*.private.csv\n"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with the kit's rules of what git passes over."""
    root = tmp_path / "kit"
    for name in ("params", "outputs/sample", "outputs/a"):
        (root / name).mkdir(parents=True)
    (root / ".gitignore").write_text(IGNORED)
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    monkeypatch.setattr(safe_places, "ROOT", root)
    return root


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("names")
    return path


def refused(path, made_up=False):
    """The line with which a file is refused; empty where it is not."""
    try:
        refuse_tracked(path, "x.yml: inputs.submission", made_up=made_up)
    except RequestError as error:
        (line,) = error.problems
        return line
    return ""


@pytest.fixture(params=["git", "no git", "no repository"])
def with_or_without_git(request, repository, monkeypatch):
    """The same answers where git cannot be asked."""
    if request.param == "no git":
        monkeypatch.setenv("PATH", str(repository / "nowhere"))
    if request.param == "no repository":
        shutil.rmtree(repository / ".git")
        # nor one further up
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    return repository


@pytest.mark.parametrize(
    "name",
    ["list.csv", "params/list.xlsx", "outputs/sample/list.csv", "outputs/README.md"],
)
def test_a_file_that_git_takes_up_is_refused(with_or_without_git, name):
    line = refused(put(with_or_without_git / name))
    assert line == (
        f"x.yml: inputs.submission: {name} is not ignored by git, so what it holds "
        "about people could be committed; move it out of the repository, or into "
        "outputs/"
    )


@pytest.mark.parametrize("name", ["outputs/list.csv", "outputs/a/restricted/list.csv"])
def test_a_file_in_outputs_is_fine(with_or_without_git, name):
    assert refused(put(with_or_without_git / name)) == ""


def test_a_file_outside_the_repository_is_fine(with_or_without_git, tmp_path):
    assert refused(put(tmp_path / "secure/list.csv")) == ""
    assert refused(put(tmp_path / "kit-2/list.csv")) == ""


def test_made_up_people_may_lie_anywhere(with_or_without_git):
    assert refused(put(with_or_without_git / "params/list.csv"), made_up=True) == ""


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("outputs", True),
        ("outputs/mine", True),
        ("outputs/v1.5", True),
        ("outputs/sample", False),
        ("params", False),
        ("runs", False),
        ("runs.d", False),
        (".", False),
    ],
)
def test_a_folder_of_runs_is_judged_by_what_it_will_hold(
    with_or_without_git, name, fine
):
    line = refused(with_or_without_git / name)
    assert (line == "") == fine
    assert fine or "is not ignored by git" in line


def test_what_the_repository_ignores_elsewhere_is_fine(repository):
    assert refused(put(repository / "params/list.private.csv")) == ""


def test_a_tracked_file_is_refused_though_a_rule_ignores_it(repository):
    path = put(repository / "params/list.private.csv")
    subprocess.run(["git", "add", "--force", str(path)], cwd=repository, check=True)
    assert "params/list.private.csv is not ignored" in refused(path)


def test_links_are_judged_by_where_they_lead(repository, tmp_path):
    os.symlink(put(tmp_path / "secure/list.csv"), repository / "params/list.csv")
    assert refused(repository / "params/list.csv") == ""
    os.symlink(put(repository / "names.csv"), tmp_path / "names.csv")
    assert "names.csv is not ignored" in refused(tmp_path / "names.csv")


def test_a_name_that_looks_like_an_option_is_a_name(repository):
    assert "--help.csv is not ignored" in refused(put(repository / "--help.csv"))


def test_in_this_repository_outputs_is_fine_and_params_is_not():
    refuse_tracked(ROOT / "outputs", "--outputs")
    refuse_tracked(ROOT / "outputs/.x.part/restricted/data/list.csv", "x")
    with pytest.raises(RequestError, match="--outputs: params is not ignored"):
        refuse_tracked(ROOT / "params", "--outputs")
