"""The ledger's chain: known answers by hand, and whatever is done to a line is told."""

import contextlib
import hashlib
import hmac
import json
import multiprocessing
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import effort, small_study

from helpers.errors import RequestError
from helpers.runs.carrying_out import attempt
from helpers.runs.written import chain, ledger

LEDGER, HEAD, KEY = "ledger.jsonl", ".ledger.head", ".ledger.key"
LINES = 5


def written(folder: Path, number: int = LINES) -> list[bytes]:
    for at in range(number):
        ledger.record(folder, "outcomes opened", f"run-{at}")
    return (folder / LEDGER).read_bytes().splitlines(keepends=True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    written(folder)
    return folder


def put(folder: Path, each: list[bytes]) -> list[str]:
    """What is told where the ledger has these lines in place of its own."""
    with tempfile.TemporaryDirectory() as other:
        for name in (HEAD, KEY):
            shutil.copy(folder / name, other)
        (Path(other) / LEDGER).write_bytes(b"".join(each))
        return ledger.problems(Path(other))


def test_a_key_from_before_the_first_line_is_no_sign_of_a_ledger_that_is_gone(tmp_path):
    ledger.key(tmp_path)  # by itself it is
    assert ledger.problems(tmp_path) == [
        "ledger.jsonl: it is missing, and .ledger.key is there"
    ]
    (tmp_path / KEY).unlink()
    ledger.begin(tmp_path)
    first = (tmp_path / KEY).read_text()
    assert ledger.problems(tmp_path) == []
    written(tmp_path, 2)
    ledger.begin(tmp_path)
    assert ledger.problems(tmp_path) == []
    assert (tmp_path / KEY).read_text() == first
    (tmp_path / LEDGER).unlink()
    assert ledger.problems(tmp_path) == [
        "ledger.jsonl: 2 lines were cut off at its end, or cut out: 2 had been written"
    ]


# known answers -----------------------------------------------------------------------


def test_each_line_has_the_hash_of_the_bytes_of_the_one_before(tmp_path):
    first, second, _ = written(tmp_path, 3)
    assert json.loads(first)["before"] == 64 * "0"
    known = hashlib.sha256(first.removesuffix(b"\n")).hexdigest()
    assert json.loads(second)["before"] == known
    assert ledger.problems(tmp_path) == []


def test_a_chain_written_out_by_hand_is_whole():
    one = b'{"event": "e", "id": "a", "before": "%s"}' % (64 * b"0")
    two = b'{"event": "e", "id": "b", "before": "%s"}' % (
        # sha256sum of the bytes above, without a newline
        hashlib.sha256(one).hexdigest().encode()
    )
    assert chain.broken([one, two]) == []
    assert chain.broken([one.replace(b"a", b"c", 1), two])


def test_the_head_is_sealed_by_hmac_under_the_folders_key(tmp_path):
    *_, last = written(tmp_path)
    told = json.loads((tmp_path / HEAD).read_text())
    seal = told.pop("seal")
    digest = hashlib.sha256(last.removesuffix(b"\n")).hexdigest()
    assert told == {"lines": LINES, "last": digest, "coming": ""}
    secret = bytes.fromhex((tmp_path / KEY).read_text())
    says = b'{"lines": 5, "last": "%s", "coming": ""}' % digest.encode()
    assert hmac.digest(secret, says, "sha256").hex()[:32] == seal


# what is done to lines is told -------------------------------------------------------


@settings(max_examples=effort.examples(40))
@given(st.integers(0, LINES - 1))
def test_a_line_that_is_cut_out_or_stands_twice_is_told(whole, at):
    each = (whole / LEDGER).read_bytes().splitlines(keepends=True)
    assert put(whole, [*each[:at], *each[at + 1 :]])
    assert put(whole, [*each[: at + 1], *each[at:]])
    assert put(whole, each[:at])


@settings(max_examples=effort.examples(40))
@given(st.permutations(range(LINES)))
def test_lines_in_another_order_are_told(whole, order):
    each = (whole / LEDGER).read_bytes().splitlines(keepends=True)
    assert bool(put(whole, [each[at] for at in order])) == (order != sorted(order))


@settings(max_examples=effort.examples(60))
@given(st.data())
def test_a_byte_that_is_changed_is_told(whole, data):
    text = bytearray((whole / LEDGER).read_bytes())
    at = data.draw(st.integers(0, len(text) - 2))
    text[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[at]))
    assert put(whole, [bytes(text)])


def test_a_line_with_the_right_hash_that_the_kit_did_not_write_is_told(whole):
    each = (whole / LEDGER).read_bytes().splitlines(keepends=True)
    before = hashlib.sha256(each[-1].removesuffix(b"\n")).hexdigest()
    forged = json.loads(each[-1]) | {"event": "approved", "before": before}
    (line,) = put(whole, [*each, json.dumps(forged).encode() + b"\n"])
    assert "the kit did not write" in line


def test_what_was_cut_is_told_after_further_lines_too(tmp_path):
    each = written(tmp_path)
    (tmp_path / LEDGER).write_bytes(b"".join(each[:-2]))
    ledger.record(tmp_path, "design gate", "run-9")
    ledger.record(tmp_path, "design gate", "run-9")
    (line,) = ledger.problems(tmp_path)
    assert "2 lines were cut off at its end" in line
    with pytest.raises(RequestError, match="cut off at its end"):
        ledger.refuse_broken(tmp_path)


@pytest.mark.parametrize("gone", [[LEDGER], [HEAD], [KEY], [HEAD, KEY], [LEDGER, HEAD]])
def test_a_ledger_head_or_key_that_was_deleted_is_told(tmp_path, gone):
    written(tmp_path)
    for name in gone:
        (tmp_path / name).unlink()
    assert len(ledger.problems(tmp_path)) == 1
    if gone != [LEDGER, HEAD]:  # there only runs know of lines that were
        ledger.record(tmp_path, "design gate", "run-9")
        assert ledger.problems(tmp_path)


def test_a_run_whose_opening_is_in_no_ledger_is_told(copied):
    assert ledger.problems(copied.outputs) == []
    for name in (LEDGER, HEAD, KEY):
        (copied.outputs / name).unlink()
    (line,) = ledger.problems(copied.outputs)
    assert line == f"{LEDGER}: has no line of the outcomes that {copied.id} opened"


# a power failure, an older kit, two processes ----------------------------------------


@pytest.mark.parametrize("left", [0, 1, 40, -2, -1])
def test_a_line_broken_off_by_a_power_failure_stops_nothing(
    tmp_path, monkeypatch, left
):
    written(tmp_path)
    before = (tmp_path / LEDGER).read_bytes()

    class Off(Exception):
        pass

    def broken_off(path, data):
        with path.open("ab") as file:
            file.write(data[:left] if left else b"")
        raise Off

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_add", broken_off)
        with pytest.raises(Off):
            ledger.record(tmp_path, "design gate", "run-9")
    assert ledger.problems(tmp_path) == []
    ledger.record(tmp_path, "design gate", "run-10")
    assert ledger.problems(tmp_path) == []
    assert (tmp_path / LEDGER).read_bytes().startswith(before)
    told = ledger.account(tmp_path)[2]
    assert ["broken off" in line for line in told] == [True] * (left in (1, 40, -2))


@contextlib.contextmanager
def room_for(size):
    """A disk that takes no more of a file than this: the rest of a write is refused."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_fills_up_within_a_line_leaves_none_of_it(tmp_path):
    written(tmp_path)
    before = (tmp_path / LEDGER).read_bytes()
    with room_for(len(before) + 10), pytest.raises(OSError):
        ledger.record(tmp_path, "design gate", "run-9")
    assert (tmp_path / LEDGER).read_bytes() == before
    assert ledger.problems(tmp_path) == []
    ledger.record(tmp_path, "design gate", "run-10")
    assert ledger.problems(tmp_path) == []
    assert not any("broken off" in line for line in ledger.account(tmp_path)[2])


def test_a_disk_that_fills_up_within_the_key_leaves_none(tmp_path):
    with room_for(ledger.KEY_LENGTH - 1), pytest.raises(OSError):
        ledger.key(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(ledger.key(tmp_path)) == ledger.KEY_LENGTH / 2


def test_a_head_one_behind_is_that_of_a_crash(tmp_path, monkeypatch):
    written(tmp_path)
    heads = []
    write = ledger._write_head

    def first_alone(outputs, told):
        if not heads:
            write(outputs, told)
        heads.append(told)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_write_head", first_alone)
        ledger.record(tmp_path, "design gate", "run-9")
    assert ledger.problems(tmp_path) == []
    ledger.record(tmp_path, "design gate", "run-9")
    assert ledger.problems(tmp_path) == []


def test_lines_of_a_time_before_the_chain_are_counted_once(tmp_path):
    old = {"event": "outcomes opened", "id": "a", "by": "me"}
    line = json.dumps(old | {"at": "2026-01-01T00:00:00+00:00"})
    (tmp_path / LEDGER).write_text(f"{line}\n{line}\n")
    (told,) = ledger.problems(tmp_path)
    assert "2 lines are not chained" in told
    ledger.record(tmp_path, "design gate", "a")
    assert ledger.problems(tmp_path) == []
    assert ["2 lines are not chained" in t for t in ledger.account(tmp_path)[2]] == [
        True
    ]
    text = (tmp_path / LEDGER).read_text()
    (tmp_path / LEDGER).write_text(text.replace('"me"', '"he"', 1))
    assert "were edited since" in ledger.problems(tmp_path)[0]


def _write_many(folder: str, name: str) -> None:
    for at in range(15):
        ledger.record(Path(folder), "design gate", f"{name}-{at}", rows=["x" * 3000])


@pytest.mark.parametrize("lock", [ledger.LOCK, attempt.DECIDING])
def test_no_request_has_an_id_whose_lock_is_one_of_the_folder(tmp_path, lock):
    # it would wait for itself without end
    run_id = lock.removeprefix(".").removesuffix(".lock")
    with pytest.raises(RequestError, match="id must be lower-case letters"):
        small_study.study(id=run_id)


def test_processes_lose_and_mix_no_line(tmp_path):
    context = multiprocessing.get_context("fork" if os.name != "nt" else "spawn")
    each = [
        context.Process(target=_write_many, args=(str(tmp_path), f"p{n}"))
        for n in range(4)
    ]
    for process in each:
        process.start()
    for process in each:
        process.join()
    assert ledger.problems(tmp_path) == []
    told = {line["id"] for line in ledger.lines(tmp_path)}
    assert told == {f"p{n}-{at}" for n in range(4) for at in range(15)}


@pytest.mark.parametrize(
    "row", [b"{", b"\xff\xfe", b"[]", b"5", 3000 * b"[", b'{"event": 5}', b""]
)
def test_a_line_that_is_none_is_told_and_stops_no_run(tmp_path, row):
    each = written(tmp_path)
    (tmp_path / LEDGER).write_bytes(b"".join([*each[:2], row + b"\n", *each[2:]]))
    assert len(ledger.lines(tmp_path)) == LINES
    assert ledger.problems(tmp_path)
    ledger.record(tmp_path, "design gate", "run-9")


@pytest.mark.parametrize("name", [LEDGER, HEAD, KEY])
def test_a_ledger_that_is_a_link_is_neither_read_nor_written(tmp_path, name):
    written(tmp_path)
    (tmp_path / name).rename(tmp_path / "mine")
    before = (tmp_path / "mine").read_bytes()
    (tmp_path / name).symlink_to(tmp_path / "mine")
    for act in (ledger.lines, ledger.problems):
        with pytest.raises(RequestError, match="is a link, a folder or a device"):
            act(tmp_path)
    with pytest.raises(RequestError, match="is a link, a folder or a device"):
        ledger.record(tmp_path, "design gate", "run-9")
    assert (tmp_path / "mine").read_bytes() == before


# the clock ---------------------------------------------------------------------------


def at(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def test_a_clock_set_back_is_refused_and_told_and_breaks_no_chain(tmp_path):
    ledger.record(tmp_path, "design gate", "a", at=at(0.5))
    ledger.refuse_clock_set_back(tmp_path)  # a step of less than a minute
    ledger.record(tmp_path, "design gate", "a", at=at(30))
    with pytest.raises(RequestError, match="set the clock right") as refused:
        ledger.refuse_clock_set_back(tmp_path)
    assert "\n" not in str(refused.value)
    ledger.record(tmp_path, "design gate", "a")
    (line,) = ledger.problems(tmp_path)
    assert line.startswith("ledger.jsonl: line 3: is of ") and "line 2" in line
    ledger.refuse_broken(tmp_path)
    ledger.refuse_clock_set_back(tmp_path)
