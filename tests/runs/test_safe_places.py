"""Files about people lie where git does not take them up, and nobody else looks."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile

import pytest

from helpers.errors import RequestError
from helpers.files import HELD, ROOT, locked
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


# while a run is made ---------------------------------------------------------------


def modes(folder):
    return {path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in (folder, *folder.rglob("*"))}  # fmt: skip


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_run_is_closed_from_the_first_moment_whatever_the_umask(tmp_path, umask):
    part = tmp_path / ".x.part"
    with safe_places.closed(part):
        assert modes(part) == {
            ".": 0o700, "restricted": 0o700, "restricted/tmp": 0o700
        }  # fmt: skip
        (part / "restricted/data").mkdir()
        (part / "restricted/data/loud.csv").write_text("x")
        (part / "restricted/data/loud.csv").chmod(0o666)  # as a copy keeps its modes
        (part / "audit").mkdir()
        (part / "audit/run.log").write_text("x")
        (part / "release/tables").mkdir(parents=True)
        (part / "release/tables/a.csv").write_text("x")
        (part / "report.html").write_text("x")
    closed = {"restricted", "restricted/data", "audit"}
    found = modes(part)
    assert {found.pop(name) for name in closed} == {0o700}
    assert found.pop("restricted/data/loud.csv") == found.pop("audit/run.log") == 0o600
    assert found.pop(".") == 0o700
    safe_places.open_up(part)
    folder, file = 0o777 & ~umask | 0o700, 0o666 & ~umask | 0o600
    found = modes(part)
    assert {found[name] for name in (".", "release", "release/tables")} == {folder}
    assert found["release/tables/a.csv"] == found["report.html"] == file
    assert found["restricted"] == found["audit"] == 0o700
    assert os.umask(umask) == umask


def test_files_for_a_while_lie_in_the_run_and_go(tmp_path):
    before, place = dict(os.environ), tempfile.gettempdir()
    part = tmp_path / ".x.part"
    with pytest.raises(OSError, match="full"), safe_places.closed(part):
        inside = part / safe_places.FOR_A_WHILE
        for name in ("TMPDIR", "TEMP", "TMP"):
            assert os.environ[name] == str(inside)
        for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            assert os.environ[name].startswith(str(inside))
        with tempfile.NamedTemporaryFile(delete=False) as file:
            assert file.name.startswith(str(inside))
        raise OSError("the disk is full")
    assert not inside.exists()
    assert (dict(os.environ), tempfile.gettempdir()) == (before, place)


def test_matplotlib_is_silent_where_nobody_may_write_at_home(tmp_path):
    code = (
        "import sys; from pathlib import Path; from helpers.runs import safe_places\n"
        "with safe_places.closed(Path(sys.argv[1])): import matplotlib.pyplot"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / ".x.part")], cwd=ROOT,
        env=os.environ | {"HOME": os.devnull}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_draft_is_emptied_of_them(tmp_path):
    inside = tmp_path / safe_places.FOR_A_WHILE
    (inside / "engine").mkdir(parents=True)
    (inside / "engine/x").write_text("x")
    outside = tmp_path / "kept"
    outside.write_text("x")
    (inside / "link").symlink_to(outside)
    safe_places.emptied(tmp_path)
    assert list(inside.iterdir()) == [] and outside.exists()
    safe_places.emptied(tmp_path / "none")


def test_records_that_a_killed_kernel_left_in_a_draft_go_as_a_stage_is_saved(tmp_path):
    of = {}
    for name in ("records-left", "spark-left", "records-held"):
        of[name] = tmp_path / "restricted/data/engine" / name
        put(of[name] / HELD)
        put(of[name] / "person.parquet")
    with locked(of["records-held"] / HELD):
        safe_places.emptied(tmp_path)
    assert [path.name for path in of["records-held"].parent.iterdir()] == [
        "records-held"
    ]
