"""tests/README.md has the evidence table that a whole run of the tests prints."""

import math
import re

import pytest

from helpers.files import ROOT

TABLE = re.compile("<!-- evidence -->(.*)<!-- end of evidence -->", re.DOTALL)


def written():
    """What, compared with what, and the largest difference, as the page has them."""
    text = TABLE.search((ROOT / "tests" / "README.md").read_text(encoding="utf-8"))[1]
    rows = [line.strip("| ").split(" | ") for line in text.strip().splitlines()[2:]]
    return {(what, against): float(size) for what, against, size in rows}


#: what slow tests compare
SLOW = {
    (
        "one-year rate by offence group, disposal, age, sex (made-up records)",
        "proven reoffending statistics (points)",
    )
}


@pytest.mark.last  # when every other test has recorded what it compared
def test_the_evidence_in_the_page_is_what_the_tests_found(recorded, request):
    found, page = recorded, written()
    assert set(found) <= set(page)
    if request.config.args == request.config.getini("testpaths"):
        # nothing was chosen: the whole suite ran, but for the slow tests
        if not request.config.option.keyword:
            whole = request.config.getoption("--all")
            assert set(page) - set(found) == (set() if whole else SLOW)
    for row, size in found.items():
        # last bits differ between machines: an order of magnitude is compared
        assert size <= 10 * page[row] or math.isclose(size, page[row], abs_tol=1e-9)
