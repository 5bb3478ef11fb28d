"""A run repeated from its manifest: the same bytes, or what differs, line by line.

What can be compared beforehand is: inputs, versions, code, settings and the releases
that the disclosure decision looked at. If all of it is the same the run is made again,
and its report and release are held against the manifest.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.errors import KitError, RequestError, RunFailed
from helpers.files import ROOT, sha256, shown
from helpers.request import AnyRequest, load
from helpers.runs import hashes, manifest, others, pipeline, safe_places, whole
from helpers.runs.carrying_out import attempt
from helpers.runs.progress import Progress
from helpers.runs.written import editions

#: what a manifest must hold, and as what, so that its run can be repeated
PARTS = {
    "id": str, "hash": str, "kit_version": str, "python": str, "git": dict,
    "request": dict, "packages": dict, "settings": dict, "inputs": dict, "code": dict,
    "beside": dict, "outputs": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Repeated:
    """A run that was repeated: how many files are the same, and where it lies."""

    files: int
    folder: Path
    kept: bool  # it became the run, since there was none


def repeat(
    file: Path,
    *,
    outputs: Path | None = None,
    check: Callable[[AnyRequest], object] | None = None,
    progress: Progress,
) -> Repeated:
    """Repeat the run of a manifest in its folder of runs, or in another one.

    A finished run there stays as it is; where there is none the repeated one becomes
    the run. Raises RequestError with a line for everything that differs beforehand,
    and RunFailed with one for each file of the report or release that does afterwards.
    """
    then = _read(file)
    outputs = outputs or ROOT / "outputs"
    request = _request(file, then)
    problems = [*_beside_it(file, then), *_differences(then, request, outputs)]
    if problems:
        raise RequestError(_of(file, problems))
    pipeline.accept(request, outputs, check)
    with pipeline.alone(request, outputs) as held:
        expected = hashes.run_hash(request, editions.before(outputs, request))
        part, _ = attempt.make(request, outputs, expected, progress, held, fresh=True)
        now = json.loads((part / "audit" / "manifest.json").read_text(encoding="utf-8"))
        wrong = list(_differing(then["outputs"], now["outputs"]))
        folder = outputs / request.id
        kept = not wrong and not folder.exists() and not folder.is_symlink()
        if kept:
            safe_places.open_up(part)
            whole.swap(outputs, request.id)
        else:
            shutil.rmtree(part, ignore_errors=True)
    if wrong:
        wrong += _why(then, now)
        raise RunFailed(_of(file, wrong))
    return Repeated(len(leaving(then["outputs"])), folder, kept)


def _of(file: Path, lines: list[str]) -> list[str]:
    return [f"{shown(file)}: {line}" for line in lines]


def _read(file: Path) -> dict[str, Any]:
    """Read a manifest; one that is none, or was edited, is refused in one line."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RequestError(
            f"{shown(file)}: cannot be read ({error.strerror})"
        ) from None
    except (ValueError, RecursionError):
        found = None
    name = shown(file)
    advice = "give the audit/manifest.json of a finished run"
    if not isinstance(found, dict) or found.get("status") != "finished":
        raise RequestError(f"{name}: is not the manifest of a finished run; {advice}")
    version = found.get("kit_version")
    if version != manifest.VERSION:
        commit = _commit(found)
        raise RequestError(
            f"{name}: kit_version: the run was made by {_plain(version)}, and this is "
            f"{manifest.VERSION}; repeat it with that version{commit}"
        )
    if missing := lacking(found):
        raise RequestError(
            f"{name}: has no {', '.join(missing)} as this version writes it, so that "
            f"its run cannot be repeated; {advice}, made by this version"
        )
    if not as_written(found):
        raise RequestError(
            f"{name}: request, inputs, code and packages do not give its hash: it was "
            "edited, or one of them was changed while its run was made; put it back as "
            f"it was written, or {advice}"
        )
    return found


def lacking(found: Mapping[str, Any]) -> list[str]:
    """Name the parts of a manifest that are not there as this version writes them."""
    return [k for k, kind in PARTS.items() if not isinstance(found.get(k), kind)]


def well_formed(found: Mapping[str, Any]) -> bool:
    """Tell whether the parts of a manifest hold what this version writes in them."""
    flat = [found[k] for k in ("packages", "settings", "inputs", "code", "beside")]
    texts = all(isinstance(value, str) for part in flat for value in part.values())
    files = all(
        isinstance(output, dict) and {"class", "sha256"} <= output.keys()
        for output in found["outputs"].values()
    )
    return texts and files and found["request"].get("id") == found["id"]


def as_written(found: Mapping[str, Any]) -> bool:
    """Tell whether what a manifest says its run was made from gives its own hash."""
    if not well_formed(found):
        return False
    read = found["inputs"] | found["code"]
    if before := _edition_before(found):
        read |= {hashes.EDITION_BEFORE: before}
    return hashes.of(found["request"], found["packages"], read) == found["hash"]


def _edition_before(found: Mapping[str, Any]) -> str | None:
    """Give the hash of the published result against which a page tells changes."""
    publication = found["request"].get("publication")
    edition = publication.get("edition") if isinstance(publication, dict) else None
    number = edition - 1 if isinstance(edition, int) else 0
    return found["beside"].get(f"{found['id']}/{number}")


def _request(file: Path, then: Mapping[str, Any]) -> AnyRequest:
    """Read the request of a manifest as this kit does."""
    try:
        return load(then["request"])
    except KitError as error:
        raise RequestError(_of(file, error.problems)) from None


# beforehand --------------------------------------------------------------------------


def _differences(
    then: Mapping[str, Any], request: AnyRequest, outputs: Path
) -> Iterator[str]:
    """Give a line for everything that is not as it was when the run was made."""
    yield from _inputs(then["inputs"], hashes.input_files(request))
    yield from _versions("python", {"": then["python"]}, {"": hashes.python()})
    packages = hashes.package_versions(request)
    yield from _versions("packages", then["packages"], packages)
    yield from _versions("settings", then["settings"], hashes.settings())
    asked = request.completed()
    for key in sorted({*asked, *then["request"]}):
        if asked.get(key) != then["request"].get(key):
            yield f"request: {key} is completed otherwise by this kit"
    yield from _code(then, manifest.hashed(hashes.code_files()))
    for name, sha in then["beside"].items():
        now = others.standing(outputs, name)
        if now != sha:
            what = "has changed since" if now else "is not there, or holds nobody"
            yield (
                f"beside: {name}, which the disclosure decision looked at, {what} in "
                f"{shown(outputs)}; give the folder of runs in which it stands with "
                "--outputs"
            )


def _beside_it(file: Path, then: Mapping[str, Any]) -> Iterator[str]:
    """Give a line for each file of the run beside a manifest that it does not know."""
    folder = file.parents[1]
    for name, sha in (
        leaving(then["outputs"]).items()
        if (file.parent.name == "audit" and (folder / "report.html").is_file())
        else ()
    ):
        path = folder / name
        if not path.is_file() or sha256(path) != sha:
            yield (
                f"{_plain(name)}: is not as this manifest has it: it was edited since, "
                "or the manifest was; put it back"
            )


def _inputs(then: Mapping[str, str], now: Mapping[Path, str]) -> Iterator[str]:
    for name, sha in then.items():
        path = ROOT / name
        if not path.is_file():
            yield f"inputs: there is no file {name}; put it back where the run read it"
        elif sha256(path) != sha:
            yield f"inputs: {name} has changed since the run; put back what it read"
    for path, key in now.items():
        if shown(path) not in then:
            yield f"inputs: {shown(path)} ({key}) is not among what the run read"


def _versions(
    what: str, then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[str]:
    for name in sorted({*then, *now}):
        was, here = (_plain(part.get(name, "not there")) for part in (then, now))
        if was != here:
            key = f"{what}: {_plain(name)}" if name else what
            yield f"{key}: was {was}, is {here} here"


def _code(then: Mapping[str, Any], now: Mapping[str, str]) -> Iterator[str]:
    """Give a line for each notebook and module that is not as it was."""
    was = then["code"]
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            what = "is not there" if name not in now else "has changed since the run"
            what = what if name in was else "is new since the run"
            yield f"code: {name} {what}{_commit(then)}"


def _commit(then: Mapping[str, Any]) -> str:
    """Tell which commit a run was made at, as far as a manifest has one."""
    git = then.get("git")
    commit = git.get("commit") if isinstance(git, dict) else None
    return f" (commit {_plain(commit)[:12]})" if commit else ""


def _plain(text: object) -> str:
    """Give a text of somebody's file as one short line."""
    return " ".join(str(text).split())[:80]


# afterwards --------------------------------------------------------------------------


def leaving(outputs: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Give the hash of every file that may leave."""
    classes = ("published", "release")
    return {n: o["sha256"] for n, o in outputs.items() if o["class"] in classes}


def _differing(
    then: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Give a line for each file of the report or release that is not the same."""
    was, here = leaving(then), leaving(now)
    for name in sorted({*was, *here}):
        if name not in here:
            yield f"{_plain(name)}: was not made again"
        elif name not in was:
            yield f"{name}: is made now, and was not"
        elif was[name] != here[name]:
            yield f"{name}: differs"


def _why(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Say what may have moved a byte that no input, version or setting explains."""
    for name in sorted({*now["beside"]} - {*then["beside"]}):
        yield (
            f"beside: {name} is new since the run, on some of the same people, and the "
            "disclosure decision looks at it now"
        )
    if then["outputs"].get("audit/checks.csv") != now["outputs"]["audit/checks.csv"]:
        yield (
            "audit/checks.csv: differs too: what the ledger tells of earlier openings "
            "is among its checks"
        )
