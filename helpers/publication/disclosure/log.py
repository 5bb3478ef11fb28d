"""What was decided on each number, as a file of the audit trail."""

import csv
import io

from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision


def disclosure_log(cells: list[Cell], decision: Decision) -> str:
    """Tell what was decided on each number, by which rule; never a withheld value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ref", "kind", "decision", "rule"])
    for cell in cells:
        rule = decision.withheld.get(cell.ref, "")
        writer.writerow([cell.ref, cell.kind, "withheld" if rule else "released", rule])
    return out.getvalue()
