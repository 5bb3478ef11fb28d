"""environment.lock agrees with environment.yml and holds nothing of a machine."""

import importlib.metadata
import re

import pytest
from packaging.requirements import Requirement

from helpers.files import ROOT
from helpers.set_up import lock
from helpers.set_up.pins import pins

TEXT = (ROOT / lock.NAME).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def versions():
    """The versions of each package that the lock holds, mostly one."""
    found = {}
    for entry in lock.read(ROOT):
        found.setdefault(entry.name, set()).add(entry.version)
    return found


def test_the_lock_holds_every_pin_at_its_version_and_no_other(versions):
    assert lock.uncovered(pins(ROOT), lock.read(ROOT)) == ""
    held = {lock.plain(name): {version} for name, version in pins(ROOT).items()}
    assert held.items() <= versions.items()


def test_the_lock_holds_what_the_pins_lead_to_here(versions):
    waiting, seen = [Requirement(f"{n}=={v}") for n, v in pins(ROOT).items()], set()
    while waiting:
        asked = waiting.pop()
        name = lock.plain(asked.name)
        # a machine may have the one of several versions that its Python asks for
        assert any(asked.specifier.contains(v, True) for v in versions[name]), asked
        if (name, *asked.extras) in seen:
            continue
        seen.add((name, *asked.extras))
        try:
            needs = importlib.metadata.requires(asked.name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # the tool that a machine may go without
        for need in map(Requirement, needs):
            extras = asked.extras or {""}
            marker = need.marker
            if not marker or any(marker.evaluate({"extra": e}) for e in extras):
                waiting.append(need)
    assert len(seen) > 100


def test_every_line_is_a_package_with_the_hashes_of_its_files():
    assert TEXT.startswith(lock.HEADER)
    assert "python3 -m helpers.set_up.lock" in lock.HEADER
    body = TEXT.removeprefix(lock.HEADER)
    entries = lock.read(ROOT)
    assert "".join(entry.text for entry in entries) == body
    hashes = re.findall(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$", body, re.M)
    assert len(hashes) + len(entries) == body.count("\n")


def test_the_lock_is_small_and_names_no_index_and_no_folder():
    assert len(TEXT) < 1_000_000
    assert not re.search(r"https?:|file:|^-|(?<![\w.])/\w", TEXT, re.MULTILINE)


def test_a_lock_is_left_out_where_it_does_not_hold_the_pins(monkeypatch):
    entries = lock.read(ROOT)
    assert lock.uncovered({"numpy": "1.0"}, entries) == "it does not hold numpy==1.0"
    assert lock.uncovered({"numpy": "1.0"}, []) == "there is none"
    monkeypatch.setattr(lock.sys.implementation, "name", "pypy")
    assert lock.uncovered({}, entries) == "it does not cover pypy"


def test_the_lock_is_made_from_the_pins_and_the_lock_before(tmp_path, monkeypatch):
    (tmp_path / "environment.yml").write_text("- python>=3.11\n- a==1\n- b==2  # why\n")
    (tmp_path / lock.NAME).write_text("c==3 \\\n    --hash=sha256:00\n")
    asked = []

    def uv(command, *, input, **_):
        part = tmp_path / f".{lock.NAME}.part"
        asked.append((command, input, part.read_text()))
        part.write_text("a==1 \\\n    --hash=sha256:11\n")

    monkeypatch.setattr(lock.subprocess, "run", uv)
    lock.make(tmp_path, ["--upgrade"])
    ((command, pinned, before),) = asked
    assert command[-3:] == ["--python-version", "3.11", "--upgrade"]
    assert pinned == "a==1\nb==2\n" and before.startswith("c==3")
    assert (tmp_path / lock.NAME).read_text().startswith(lock.HEADER + "a==1")
    assert not list(tmp_path.glob(".*"))
