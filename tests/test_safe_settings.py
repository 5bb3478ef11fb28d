"""The settings of a run: no network, nothing about people outside, files of its owner.

One request goes through the real driver with every socket but loopback refused in all
its processes, a home and a folder for temporary files that are watched, a telling
person among made-up ones, and a umask that would leave every file open to everybody.
"""

import json
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.planted import found, found_below
from support.shared_runs import driver_command
from test_privacy import MARKERS, plant, request_on  # noqa: F401

from helpers.files import ROOT

pytestmark = pytest.mark.slow

#: refuses and writes down whatever would leave the machine; each process says it began
GUARD = """\
import os, socket, sys

FOLDER = {folder!r}

def note(kind, text):
    with open(os.path.join(FOLDER, f"{{kind}}.{{os.getpid()}}"), "a") as file:
        file.write(text + "\\n")

def local(where):
    if isinstance(where, (str, bytes)):  # a socket of this machine's own files
        return True
    host = str(where[0])
    return host in ("", "localhost", "::1", "0.0.0.0", "::") or host.startswith("127.")

def guarded(name, at):
    real = getattr(socket.socket, name)
    def call(self, *given):
        if not (self.family == getattr(socket, "AF_UNIX", None) or local(given[at])):
            note("refused", f"{{name}} {{given[at]}}")
            raise OSError(101, "refused by the test")
        return real(self, *given)
    setattr(socket.socket, name, call)

for name, at in (("connect", 0), ("connect_ex", 0), ("bind", 0), ("sendto", -1)):
    guarded(name, at)

looked_up = socket.getaddrinfo
def getaddrinfo(host, *given, **more):
    if host not in (None, "", "localhost", "::1") and not str(host).startswith("127."):
        note("refused", f"getaddrinfo {{host}}")
        raise socket.gaierror(-3, "refused by the test")
    return looked_up(host, *given, **more)
socket.getaddrinfo = getaddrinfo

try:  # the guard holds in this very process
    socket.create_connection(("192.0.2.1", 80), timeout=0.1)
except OSError as error:
    assert "refused by the test" in str(error)
    os.remove(os.path.join(FOLDER, f"refused.{{os.getpid()}}"))
    note("guarded", " ".join(getattr(sys, "orig_argv", sys.argv)))
"""

#: notes the addresses that other processes could reach, as kernels are talked to
WATCH = """
import jupyter_client.manager as place
started = place.KernelManager._async_launch_kernel
async def launch_kernel(self, cmd, **given):
    name = self.connection_file
    import json
    told = json.load(open(name))
    told["file"], told["mode"] = name, os.stat(name).st_mode & 0o777
    told["within"] = os.stat(os.path.dirname(name)).st_mode & 0o777
    told["arguments"] = cmd
    note("kernel", json.dumps(told))
    return await started(self, cmd, **given)
place.KernelManager._async_launch_kernel = launch_kernel
"""


@dataclass(frozen=True)
class Watched:
    """A finished run, what its processes left in the places around it, what it said."""

    outputs: Path
    around: Path
    notes: Path
    told: subprocess.CompletedProcess
    sent: Path

    def noted(self, kind: str) -> list[str]:
        return [line for path in sorted(self.notes.glob(f"{kind}.*"))
                for line in path.read_text().splitlines()]  # fmt: skip


def files_of_the_kit() -> set[str]:
    """Every file of the repository but the environment and what Python compiles."""
    apart = {".venv", ".git", "__pycache__", ".pytest_cache", ".ruff_cache"}
    apart |= {".hypothesis"}
    return {str(path) for path in ROOT.rglob("*")
            if not apart & set(path.relative_to(ROOT).parts)}  # fmt: skip


@pytest.fixture(scope="module")
def watched(request_on, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("settings")
    sent = plant(folder / "sent")
    request = request_on(folder, sent)
    guard, notes, around = (folder / n for n in ("guard", "notes", "around"))
    for place in (guard, notes, around / "home", around / "tmp"):
        place.mkdir(parents=True)
    code = GUARD.format(folder=str(notes))
    (guard / "sitecustomize.py").write_text(code + _only_in_the_driver(WATCH))
    settings = {name: value for name, value in os.environ.items()
                if not name.startswith(("JUPYTER", "IPYTHON", "XDG"))}  # fmt: skip
    settings |= {"PYTHONPATH": str(guard), "HOME": str(around / "home")}
    settings |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(around / "tmp"))
    before = files_of_the_kit()
    told = subprocess.run(
        driver_command(request, folder / "outputs"),
        cwd=ROOT, env=settings, umask=0, capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert files_of_the_kit() == before
    return Watched(folder / "outputs", around, notes, told, sent.submission.parent)


def _only_in_the_driver(code: str) -> str:
    """A kernel needs none of it, and Python that is only asked its version neither."""
    body = "".join(f"    {line}\n" for line in code.strip().splitlines())
    return f'\nif "helpers" in getattr(sys, "orig_argv", []):\n{body}'


def test_a_whole_run_asks_nothing_of_the_network(watched):
    began = watched.noted("guarded")
    # each waits, and becomes the kernel of one notebook
    assert sum("helpers.jupyter.waiting" in line for line in began) == 4
    assert any("-m helpers run" in line for line in began)
    assert watched.noted("refused") == []


def test_kernels_are_talked_to_on_this_machine_alone_and_encrypted(watched):
    kernels = [json.loads(line) for line in watched.noted("kernel")]
    assert len(kernels) == 4
    for one in kernels:
        assert (one["transport"], one["ip"]) == ("tcp", "127.0.0.1")
        assert len(one["curve_publickey"]) == len(one["curve_secretkey"]) == 40
        assert len(one["key"]) >= 32
        assert "/.planted.part/restricted/tmp/" in one["file"]
        assert one["mode"] == 0o600
        assert one["within"] == 0o700
        assert "--HistoryManager.enabled=False" in one["arguments"]


def test_nothing_about_anybody_is_written_around_a_run(watched):
    assert found_below(watched.sent, MARKERS)  # they are there to be found
    assert found_below(watched.around, MARKERS) == []
    # and what libraries put there is no more than what they know of fonts
    left = [path.relative_to(watched.around).as_posix()
            for path in watched.around.rglob("*") if path.is_file()]  # fmt: skip
    assert [name for name in left if "fontlist" not in name
            and not name.endswith("mpl-matplotlib.lock")] == []  # fmt: skip
    said = f"{watched.told.stdout}\n{watched.told.stderr}".encode()
    assert found(said, MARKERS) == []


def test_what_lay_in_the_run_for_a_while_is_gone(watched):
    assert not (watched.outputs / "planted/restricted/tmp").exists()
    assert not [path for path in watched.outputs.rglob("*") if path.is_socket()]


def test_people_are_closed_under_a_umask_that_closes_nothing(watched):
    run = watched.outputs / "planted"
    for path in [run, *run.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        closed = path.relative_to(run).parts[:1] in (("restricted",), ("audit",))
        full = 0o700 if closed else 0o777
        assert mode == (full if path.is_dir() else full & 0o666), path
    for name in ("ledger.jsonl", ".ledger.key"):
        assert stat.S_IMODE((watched.outputs / name).stat().st_mode) == 0o600


#: what of restricted/data may say who somebody is, or who everyone is in the records
MAY_NAME = ("key.parquet", "review_list.csv", "decisions.csv", "list_problems.csv")


def test_names_dates_of_birth_and_ids_leave_after_the_linkage(watched):
    """Of everybody on the list, not only of those that were planted."""
    import pandas as pd

    restricted = watched.outputs / "planted/restricted"
    (sent,) = watched.sent.glob("*.csv")
    people = pd.read_csv(sent, dtype=str, keep_default_na=False)
    telling = {
        value.strip()
        for name in ("pnc_id", "prison_number")
        for value in people[name]
        if len(value.strip()) > 6
    }
    columns = {"surname", "forename", "date_of_birth", "pnc_id", "prison_number"}
    read = 0
    for path in restricted.rglob("*"):
        if not path.is_file() or path.name in MAY_NAME:
            continue
        data = path.read_bytes()
        assert found(data, MARKERS, path.name) == []
        if path.suffix == ".parquet":
            table = pd.read_parquet(path)
            assert not columns & set(table.columns), path
            data = table.to_csv().encode()
        assert not [value for value in telling if value.encode() in data], path
        read += 1
    assert read > 30


def test_jupyterlab_speaks_encrypted_to_its_kernels(monkeypatch):
    from helpers.commands import running
    from helpers.set_up import process

    started = []
    monkeypatch.setattr(process, "hand_over", lambda *given: started.append(given))
    before = os.umask(0o077)
    try:
        running.lab(running_options())
    finally:
        os.umask(before)
    assert "--KernelManager.transport_encryption=required" in started[0][0]


def running_options():
    """What `helpers lab` is given: nothing."""
    from types import SimpleNamespace

    return SimpleNamespace(request=None, outputs=None, rest=[])
