"""What two runs were made from: inputs, settings, packages and the kit."""

from collections.abc import Iterator
from typing import Any

from helpers.life_cycle.compare import changes
from helpers.life_cycle.compare.sides import PACKAGES, Side

#: signs of a hash that a line gives
SHORT = 12


def inputs(a: Side, b: Side) -> Iterator[str]:
    """Give a line for each file of which the runs read other bytes, or one alone.

    People who are made up anew for each run are no file: how is told in its place.
    """
    was, now = a.manifest["inputs"], b.manifest["inputs"]
    new = {sha: name for name, sha in now.items() if name not in was}
    for name, sha in was.items():
        other = now.get(name)
        if other is None and sha in new:
            yield changes.line("the same bytes elsewhere", name, new.pop(sha))
        elif other is None:
            yield f"{changes.told(name)}: read in A only"
        elif other != sha:
            yield changes.line(f"{name}, SHA-256", sha[:SHORT], other[:SHORT])
    yield from (f"{changes.told(name)}: read in B only" for name in new.values())
    yield from changes.differing(*map(_made_up, (a, b)), "made-up people")


def _made_up(side: Side) -> Any:
    """Give how many people a request has made up, and how; None where it has none."""
    return (side.manifest["request"].get("inputs") or {}).get("made_up")


def settings(a: Side, b: Side) -> Iterator[str]:
    """Give a line for each key of the completed requests that differs."""
    yield from changes.differing(a.manifest["request"], b.manifest["request"])


def packages(a: Side, b: Side) -> Iterator[str]:
    """Tell the versions on which numbers rest, then those of all else installed."""
    yield from changes.differing(
        {"Python": a.manifest["python"], **a.manifest["packages"]},
        {"Python": b.manifest["python"], **b.manifest["packages"]},
    )
    yield from changes.differing(a.manifest["settings"], b.manifest["settings"])
    known = {*a.manifest["packages"], *b.manifest["packages"]}
    was, now = (_installed(side, known) for side in (a, b))
    others = sorted(changes.differing(was, now))
    if others:
        yield f"Beside them, in {PACKAGES}: {changes.named(others)}"


def kit(a: Side, b: Side) -> Iterator[str]:
    """Tell version and commit where they differ, and name the files that do."""
    was, now = ({"version": s.manifest["kit_version"], "commit": _commit(s)}
                for s in (a, b))  # fmt: skip
    yield from changes.differing(was, now)
    old, new = a.manifest["code"], b.manifest["code"]
    other = [name for name in old if name in new and old[name] != new[name]]
    if other:
        yield f"Notebooks and helpers of other bytes: {changes.named(other)}"
    yield from (f"Notebooks and helpers {line}" for line in changes.apart(old, new))


def _installed(side: Side, without: set[str]) -> dict[str, str]:
    """Give every installed package with its version, but for some."""
    pairs = (line.partition("==") for line in side.text(PACKAGES).splitlines())
    return {name: version for name, _, version in pairs if name not in without}


def _commit(side: Side) -> str:
    """Give the commit that a run was made at, as far as it is known."""
    git = side.manifest["git"]
    commit = git.get("commit")
    if not isinstance(commit, str):
        return "not known"
    return commit[:SHORT] + (", with changes" if git.get("changed") else "")
