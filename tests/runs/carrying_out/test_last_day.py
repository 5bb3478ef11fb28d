"""The last day of what is shared follows the agreement, though nothing is done anew."""

from datetime import date
from types import SimpleNamespace

import pytest

from helpers.files import REQUESTS, SHARED
from helpers.life_cycle import holdings
from helpers.runs.carrying_out.last_day import tell_again


def asked(day, alone=False):
    sharing = SimpleNamespace(last_day=day)
    return SimpleNamespace(id="a", alone=alone, data_sharing=sharing)


@pytest.fixture
def outputs(tmp_path):
    """Two extracts that request a shares, the first with request b, and one of b's."""
    for name, ids in (("1", "ab"), ("2", "a"), ("3", "b")):
        place = tmp_path / SHARED / name / REQUESTS
        place.mkdir(parents=True)
        (place.parent / "offence.parquet").write_text("x")
        for request in ids:
            (place / request).write_text("2027-06-30")
    return tmp_path


def days(outputs):
    return {
        (folder.name, request): day
        for folder, of in holdings.shared(outputs).items()
        for request, day in of.items()
    }


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2030, 1, 1), None])
def test_a_day_that_was_moved_either_way_is_told_wherever_the_request_stands(
    day, outputs
):
    before = days(outputs)
    tell_again(asked(day), outputs)
    assert days(outputs) == before | {("1", "a"): day, ("2", "a"): day}


def test_what_outlives_the_shortened_agreement_is_overdue(outputs):
    """As after the run itself was deleted by hand."""
    tell_again(asked(date(2026, 12, 31)), outputs)
    [line] = holdings.overdue(outputs, outputs, date(2027, 1, 1))
    assert f"{SHARED}/2: its data should have been destroyed by 2026-12-31" in line


def test_a_request_that_shares_nothing_and_a_summary_write_nothing(outputs):
    before = days(outputs)
    tell_again(asked(date(2030, 1, 1), alone=True), outputs)
    assert days(outputs) == before
    tell_again(asked(date(2030, 1, 1)), outputs / "none")
    assert not (outputs / "none").exists()


def test_no_day_is_written_beyond_a_link(outputs):
    place = outputs / SHARED
    (outputs / "elsewhere").mkdir()
    (place / "2" / REQUESTS).rename(outputs / "elsewhere" / REQUESTS)
    (place / "2" / REQUESTS).symlink_to(outputs / "elsewhere" / REQUESTS)
    (outputs / "elsewhere" / "4").mkdir()
    (place / "1" / REQUESTS).rename(outputs / "elsewhere" / "4" / REQUESTS)
    (place / "4").symlink_to(outputs / "elsewhere" / "4")
    tell_again(asked(date(2030, 1, 1)), outputs)
    written = [path.read_text() for path in (outputs / "elsewhere").rglob("a")]
    assert written == ["2027-06-30", "2027-06-30"]
