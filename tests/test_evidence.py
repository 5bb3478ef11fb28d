"""What is said when tests/README.md and what the tests compared do not agree."""

import pytest
from support.evidence import PAGE, SLOW, disagreements, due, written

ROW, OTHER = ("Welch", "R t.test"), ("Wilson", "statsmodels")
TABLE = """\
Before.
<!-- evidence -->
| what | compared with | largest difference |
| --- | --- | --- |
| Welch | R t.test | 3.6e-12 |
| Wilson | statsmodels | 2.0e-03 |
<!-- end of evidence -->
"""


@pytest.fixture
def page():
    return written(TABLE)


def test_the_rows_of_a_page_are_read(page):
    assert page == {ROW: 3.6e-12, OTHER: 2e-3}


def test_the_page_of_the_tests_has_rows_also_those_of_slow_tests():
    found = written(PAGE.read_text(encoding="utf-8"))
    assert len(found) > 20
    assert set(found) > SLOW


def test_what_agrees_is_not_spoken_of(page):
    # last bits differ between machines
    assert disagreements({ROW: 9e-10, OTHER: 1e-2}, page, set(page)) == []


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ({ROW: 0, OTHER: 3e-2}, "differs by 3.0e-02, in the page 2.0e-03: Wilson | "),
        ({ROW: 0}, "was not compared: Wilson | statsmodels"),
        ({ROW: 0, OTHER: 0, ("x", "y"): 0}, "is not in the page: x | y"),
    ],
)
def test_what_does_not_agree_is_named(page, found, line):
    (named,) = disagreements(found, page, set(page))
    assert named.startswith(line)


def test_a_whole_run_must_find_every_row_and_a_chosen_one_none():
    page = {ROW: 0.0, **dict.fromkeys(SLOW, 1.0)}
    assert due(whole=True, slow=True, page=page) == set(page)
    assert due(whole=True, slow=False, page=page) == {ROW}
    assert due(whole=False, slow=True, page=page) == set()
