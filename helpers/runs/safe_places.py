"""People's files lie where git does not take them up."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import AnyRequest


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
