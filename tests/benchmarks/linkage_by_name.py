"""Score the linkage for each kind of name, on a register of 1,000,000 people.

    python tests/benchmarks/linkage_by_name.py [people] [lines of each kind]

Nothing is asked of a person: precision is the share of links that name the right
person, recall the share of lines of people in the register that are linked to them.
"""

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.hand_made import holding
from support.kinds_of_name import by_kind, make  # noqa: E402

from helpers.intake.linkage.link import link  # noqa: E402


def main(people: int = 1_000_000, lines: int = 3_000) -> None:
    """Make the records, link them, and print the table."""
    labelled = make(people, lines)
    start = time.perf_counter()
    found = link(holding(labelled.tables), labelled.lines, date(2026, 6, 1))
    print(f"{time.perf_counter() - start:.0f} s")
    print(by_kind(found.links, found.review, labelled).round(4).to_string())
    person = found.links["line"].map(labelled.truth["person_id"])
    wrong = found.links["person_id"] != person
    print(found.links["passed"][wrong].value_counts().to_string())


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:3]))
