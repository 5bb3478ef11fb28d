"""People's files lie where git does not take them up, and where nobody else looks.

What is written for a while lies inside the run, and is gone before the run is whole.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpers.errors import RequestError
from helpers.files import ROOT, Hold, private, private_folder, remove_left
from helpers.request import AnyRequest
from helpers.set_up.process import environment

#: where files for a while lie in a run or a draft
FOR_A_WHILE = Path("restricted") / "tmp"
#: where the engine of the records keeps its files, among the restricted ones
ENGINE = "data/engine"
#: what each kernel at work in a run holds, so that nothing else begins there meanwhile
AT_WORK = FOR_A_WHILE / "at_work"
#: what nobody but the owner of a new file or folder may do with it
CLOSED = 0o077
#: set for the kernels of a run: the driver has prepared its folder, and holds it
DRIVEN = "JDL_DRIVEN"
#: set for a kernel of a run: the fingerprint that its stage had as the run began
MADE_FROM = "JDL_MADE_FROM"


def outputs(variables: Mapping[str, str]) -> Path:
    """Give the folder that notebooks keep drafts in: `JDL_OUTPUTS`, else outputs/."""
    return ROOT / (variables.get("JDL_OUTPUTS") or "outputs")


def refuse_tracked(path: Path, what: str, *, made_up: bool = False) -> None:
    """Refuse a file about people in the repository that git would take up.

    `path` is a file, or a folder of runs, there or not yet; `what` begins the line:
    the request's file and key, or an option. Made-up people may lie anywhere. Raises
    RequestError.
    """
    root, place = ROOT.resolve(), path.resolve()
    if made_up or not place.is_relative_to(root) or _ignored(place, root):
        return
    name = place.relative_to(root).as_posix()
    raise RequestError(
        f"{what}: {'the repository' if name == '.' else name} is not ignored by git, "
        "so what it holds about people could be committed; move it out of the "
        "repository, or into outputs/"
    )


def refuse_inputs(request: AnyRequest) -> None:
    """Refuse a list or decisions of a request that git would take up.

    A file is marked as made up by "made-up" in its name.
    """
    if request.alone:
        return
    for key in ("submission", "decisions"):
        name = getattr(request.inputs, key)
        if name:
            made_up = "made-up" in Path(name).name.lower().replace("_", "-")
            what = f"{request.source}: inputs.{key}"
            refuse_tracked(ROOT / name, what, made_up=made_up)


def refuse_outputs(request: AnyRequest, folder: Path, what: str) -> None:
    """Refuse a folder of runs that git would take up, unless its people are open."""
    anyone = request.alone or bool(
        request.inputs.made_up or request.data_sharing.open_data
    )
    refuse_tracked(folder, what, made_up=anyone)


def _ignored(place: Path, root: Path) -> bool:
    """Tell whether git passes over a file, or over whatever a folder will hold."""
    # outputs/ is itself no ignored folder, only what lies in it is
    probe = place if place.is_file() else place / "data"
    try:
        # a file that is tracked already counts as not ignored
        answer = subprocess.run(
            ["git", "check-ignore", "--quiet", "--", str(probe)],
            cwd=root,
            capture_output=True,
        ).returncode
    except OSError:  # no git on this machine
        answer = 128
    if answer in (0, 1):
        return answer == 0
    outputs = root / "outputs"
    kept = (outputs / "sample", outputs / "README.md")
    return probe.is_relative_to(outputs) and not any(map(place.is_relative_to, kept))


# while a run is made ---------------------------------------------------------------


@contextlib.contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Make a run in a folder of its own: what this process and its kernels write.

    New files are for their owner alone, those for a while lie inside and are removed
    at the end. At the end `restricted/` and `audit/` are closed whoever wrote there,
    and the rest is as readable as the umask of the user says.
    """
    before, place, umask = dict(os.environ), tempfile.tempdir, os.umask(CLOSED)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        private(folder)
        os.environ.update(environment(before) | {DRIVEN: "1"})
        stay_inside(folder)
        yield
    finally:
        os.umask(umask)
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = place
        shutil.rmtree(folder / FOR_A_WHILE, ignore_errors=True)
        close(folder)


def stay_inside(folder: Path) -> None:
    """Have this process, and those that it starts, put files for a while into a run.

    So do libraries and the engine beyond their memory; Jupyter its connection files,
    with the keys by which a kernel is talked to, and IPython its own.
    """
    os.umask(CLOSED)
    _make(folder)
    place = folder.absolute() / FOR_A_WHILE
    inside = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place))
    inside["JUPYTER_RUNTIME_DIR"] = str(place / "jupyter")
    inside["IPYTHONDIR"] = str(place / "ipython")
    home = Path(os.path.expanduser("~"))
    if not (home.is_dir() and os.access(home, os.W_OK)):
        # matplotlib complains, and leaves a folder to be removed when all is over
        inside["MPLCONFIGDIR"] = str(place / "matplotlib")
    os.environ.update(inside)
    tempfile.tempdir = str(place)


def at_work(folder: Path) -> Hold:
    """Say that a kernel is at work in a run, for as long as what is given is kept."""
    _make(folder)
    return Hold(folder / AT_WORK)


def _make(folder: Path) -> None:
    for part in (*reversed(FOR_A_WHILE.parents), FOR_A_WHILE):
        private_folder(folder / part)


def emptied(folder: Path) -> None:
    """Remove what lies in a draft for a while, and what killed kernels have left."""
    remove_left(folder / "restricted" / ENGINE)
    for path in (folder / FOR_A_WHILE).glob("*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def close(folder: Path) -> None:
    """Close every file and folder about people, also what other programs wrote."""
    for name in ("restricted", "audit"):
        for path in (folder / name, *(folder / name).rglob("*")):
            if path.exists() and not path.is_symlink():
                private(path)


def open_up(folder: Path) -> None:
    """Let others read what may leave a whole run, as far as the user's umask says."""
    umask = os.umask(CLOSED)
    os.umask(umask)
    released = (folder / "release").rglob("*")
    for path in (folder, folder / "report.html", folder / "release", *released):
        mode = 0o777 if path.is_dir() else 0o666
        path.chmod(mode & ~umask | mode & 0o700)
