"""The evidence table of tests/README.md, held against what the tests have compared."""

import math
import re
import shutil
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "README.md"

TABLE = re.compile("<!-- evidence -->(.*)<!-- end of evidence -->", re.DOTALL)

#: what was compared, and with what
Row = tuple[str, str]

#: what R works out once more while the tests run
SECOND_ANALYST: Row = (
    "both examples: scores, weights and estimates (a second analyst)",
    "R glm and base R",
)

#: what slow tests compare
SLOW: set[Row] = {
    (
        "one-year rate by offence group, disposal, age, sex (made-up records)",
        "proven reoffending statistics (points)",
    ),
    SECOND_ANALYST,
}


def written(text: str) -> dict[Row, float]:
    """The rows of the page, each with the largest difference."""
    lines = TABLE.search(text)[1].strip().splitlines()[2:]
    rows = [line.strip("| ").split(" | ") for line in lines]
    return {(what, against): float(size) for what, against, size in rows}


def due(whole: bool, slow: bool, page: dict[Row, float]) -> set[Row]:
    """The rows that the chosen tests must find: none unless the whole suite ran."""
    if not whole:
        return set()
    without = set() if slow else SLOW
    if not shutil.which("Rscript"):
        without = {*without, SECOND_ANALYST}
    return set(page) - without


def disagreements(
    found: dict[Row, float], page: dict[Row, float], due: set[Row]
) -> list[str]:
    """Say in what the page differs from what the tests found; `due` are rows to find.

    Last bits differ between machines: an order of magnitude is compared.
    """
    lines = [f"is not in the page: {' | '.join(row)}" for row in found.keys() - page]
    lines += [f"was not compared: {' | '.join(row)}" for row in due - found.keys()]
    lines += [
        f"differs by {size:.1e}, in the page {page[row]:.1e}: {' | '.join(row)}"
        for row, size in found.items()
        if row in page
        and not (size <= 10 * page[row] or math.isclose(size, page[row], abs_tol=1e-9))
    ]
    return sorted(lines)
