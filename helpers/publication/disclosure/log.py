"""What was decided on each number, as a file of the audit trail, and by rule."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from helpers.files import harmless
from helpers.publication.cells import EXEMPT, Cell
from helpers.publication.disclosure.decision import Decision
from helpers.publication.disclosure.rules import RULES

COLUMNS = ("ref", "table", "rule", "decision", "reason")
RELEASED = "No rule withholds it."
EXEMPTED = (
    "It is a setting or is published already, and tells nothing about the people."
)
COARSENED = "The number itself would tell about the few who were left unmatched."


def disclosure_log(
    cells: Iterable[Cell],
    decision: Decision,
    places: Mapping[str, Sequence[str]],
) -> str:
    """Tell what was decided on each number, by which rule and why; never its value.

    `places` gives the keys of the tables, figures and words in which a number stands.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cell in cells:
        table = "; ".join(places.get(cell.ref, ()))
        row = [cell.ref, table, *decided(cell, decision)]
        writer.writerow([harmless(text) for text in row])
    return out.getvalue()


def decided(cell: Cell, decision: Decision) -> tuple[str, str, str]:
    """Give the rule on a number, what was decided, and why, in a sentence."""
    rule = decision.withheld.get(cell.ref, "")
    if rule:
        return rule, "withheld", RULES[rule]
    if cell.ref in decision.coarsened:
        return "unmatched", "told as a range", COARSENED
    if cell.kind in EXEMPT:
        return "", "exempt", EXEMPTED
    return "", "released", RELEASED


def by_rule(
    cells: Iterable[Cell], decision: Decision
) -> list[tuple[str, str, str, int]]:
    """Count the numbers by what was decided on them, and why: the rules in order."""
    counts = Counter(decided(cell, decision) for cell in cells)
    order = ["", *RULES]
    rows = sorted(counts.items(), key=lambda one: (one[0][1], order.index(one[0][0])))
    return [(*why, count) for why, count in rows]
