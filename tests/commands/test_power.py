"""The command that tells what an analysis could find, as a user types it."""

import re

import pytest
from support import page_checks

from helpers.commands import command_line
from helpers.files import ROOT
from helpers.publication.report.reading_back import numbers_from_nowhere
from helpers.request import load


@pytest.fixture
def asked(capsys, monkeypatch, tmp_path):
    """Type the command in an empty folder; gives status, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def ask(people, rate, *words):
        typed = ["power", "--people", people, "--base-rate", rate, *words]
        status = command_line.main(typed)
        told = capsys.readouterr()
        return status, re.sub(r"\s+", " ", told.out), told.err

    return ask


def test_it_says_what_would_be_found(asked):
    status, out, err = asked("250", "0.25")
    assert (status, err) == (0, "")
    assert out.startswith(
        "With 250 people, all of whom can be found and matched, an analysis would "
        "usually (four times in five) find a fall from 25 to about 18 in every 100 "
        "(7.2 points), or a larger one. A smaller one could be missed."
    )
    # half the people and twice as many, and shares, each with what is found
    for row in ("125 125 9.7", "250 250 7.2", "500 500 5.3", "50% 125 9.7"):
        assert row in out
    assert "No share was given" in out
    # by hand 1,661, 562 and 115, rounded up to two figures
    for row in ("3 22 1,700", "5 20 570", "10 15 120"):
        assert row in out


def test_a_share_leaves_fewer_to_find_it(asked):
    _, out, _ = asked("250", "0.25", "--expected-share", "0.5")
    assert "With 250 people, of whom 125 can be found and matched" in out
    assert "9.7 points" in out and "Share analysed" not in out


def test_too_few_are_told_so_and_it_is_an_answer(asked):
    status, out, _ = asked("100", "0.12")
    assert status == 0
    # by hand 3.1 points remain, of 100 people fewer than ten
    assert "could come to no verdict on a fall from 12 to about" in out
    status, out, err = asked("60", "0.01")
    assert (status, err) == (0, "")
    assert "would often miss even a fall from 1 in every 100 to none at all" in out
    assert "60 60 none none no" in out


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        (("59", "0.5"), "59 people would be sent, and all of them found and matched."),
        (("1", "0.02"), "1 person would be sent, and found and matched."),
        (("12", "0.99", "--expected-share", "0.1"),
         "12 people would be sent, and 1 of them found and matched."),
        (("119", "0.5", "--expected-share", "0.5"),
         "119 people would be sent, and 59 of them found and matched."),
    ],
)  # fmt: skip
def test_with_fewer_than_sixty_left_no_analysis_would_be_made(asked, words, sent):
    status, out, err = asked(*words)
    assert (status, err) == (0, "")
    first, _, rest = out.partition(" Half as many people")
    assert first == (
        f"Fewer than sixty people: an analysis would not be made. {sent} So few can do "
        "better or worse by chance alone. It takes at least sixty people who can be "
        "found and matched."
    )
    assert "[z]" not in out and "no analysis no analysis no" in rest
    # twice 59 are enough again
    assert ("118 118 13.1 37 yes" in out) is (words == ("59", "0.5"))


def test_sixty_are_enough_for_an_analysis(asked):
    assert asked("60", "0.5")[1].startswith("With 60 people, all of whom")


def test_a_column_has_one_precision(asked):
    """At 1,000 people the fall is just below one point: tenths for all of a column."""
    out = asked("1000", "0.02")[1]
    for row in ("500 500 1.2 0.8 no", "1,000 1,000 1.0 1.0 yes", "2,000 2,000 0.7 1.3"):
        assert row in out
    assert "How many people find a fall" not in out
    assert (
        "No table says how many people find a fall: of a rate of 2 in every 100 even "
        "three points fewer would leave nobody who reoffends."
    ) in out


@pytest.mark.parametrize(
    "words",
    [
        ("250", "0.25"),
        ("2000", "0.253", "--expected-share", "0.5", "--comparison-ratio", "2"),
        ("1", "0.02"),
        ("1000000", "0.999"),
    ],
)
def test_the_page_is_looked_at_as_a_report_is(asked, tmp_path, words):
    status, out, _ = asked(*words, "--out", "page.html")
    assert status == 0 and "page.html: written." in out
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page_checks.problems(page) == []
    example = load(ROOT / "params/example.yml")  # whose own words are none of the page
    assert numbers_from_nowhere(page, example, "page.html") == []
    asked(*words, "--out", "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == page
    assert ("<figure" in page) == (words != ("1", "0.02"))
    assert "[z]" not in page
    assert 'data-verdict="withheld"' in page  # it has no finding, and says so


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("./", "--out: . is no file; name one, such as plan.html"),
        ("", "--out: . is no file; name one, such as plan.html"),
        ("/", "--out: / is no file; name one, such as plan.html"),
        (f"{'a' * 300}.html", f"--out: {'a' * 40}…: file name too long; name another"),
    ],
)
def test_a_place_that_is_no_file_is_a_line(asked, out, said):
    status, _, err = asked("250", "0.25", "--out", out)
    assert (status, err.splitlines()) == (1, [said])


def test_every_slip_of_typing_is_a_line(asked, tmp_path):
    (tmp_path / "there.html").write_text("kept")
    words = ("--expected-share", "50", "--comparison-ratio", "0", "--out", "there.html")
    status, out, err = asked("250.5", "25", *words)
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "--people must be a whole number from 1 to 1,000,000; found '250.5'",
        "--base-rate must lie between 0 and 1, as 0.25 does for 25 in every 100 "
        "people; found 25; write 0.25",
        "--expected-share must be above 0 and at most 1, as 0.5 is for half of them; "
        "found 50; write 0.5",
        "--comparison-ratio must be above 0; found 0",
        "there.html: is there already; name another, or move it away",
    ]
    assert (tmp_path / "there.html").read_text() == "kept"


@pytest.mark.parametrize(("share", "hint"), [("1.2", ""), ("50", "; write 0.5")])
def test_a_share_above_one_is_read_only_where_it_can_be_meant(asked, share, hint):
    status, _, err = asked("250", "0.25", "--expected-share", share)
    assert status == 1 and err.rstrip().endswith(f"found {share}{hint}")


@pytest.mark.parametrize("people", ["0", "-5", "ten", "1e3", "1" * 5000, "1,00", "²"])
def test_people_are_a_whole_number(asked, people):
    status, _, err = asked(f"{people}", "0.25")
    assert status == 1 and err.startswith("--people must be a whole number from 1")


@pytest.mark.parametrize("rate", ["0", "1", "nan", "inf", "25%", "0,25", "", "-0.1"])
def test_a_rate_lies_between_nought_and_one(asked, rate):
    status, _, err = asked("250", rate)
    assert status == 1 and err.startswith("--base-rate must") and err.count("\n") == 1
    assert ("write 0.25" in err) == (rate == "25%")


def test_thousands_may_be_set_apart(asked):
    assert asked("1,000", "0.25")[1].startswith("With 1,000 people,")


def test_a_share_of_few_may_leave_nobody(asked):
    status, _, err = asked("2", "0.25", "--expected-share", "0.3")
    assert (status, err.count("\n")) == (1, 1) and "leaves nobody" in err


def test_a_page_needs_its_folder_and_its_ending(asked):
    assert "make it" in asked("250", "0.25", "--out", "no/page.html")[2]
    assert "write page.html" in asked("250", "0.25", "--out", "page.pdf")[2]
