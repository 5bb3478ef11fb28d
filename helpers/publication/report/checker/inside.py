"""What a checker inside may see besides: rules number by number, and other runs."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

from helpers.files import harmless
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.disclosure.structure import Analysis
from helpers.publication.numbers import refs_in
from helpers.publication.report.checker import beside
from helpers.publication.report.checker.output import Output

COLUMNS = ("output", "file", "what", "which", "numbers")
OTHER_RUN = "could be subtracted from another finished run on some of the same people"


def as_csv(
    outputs: list[Output],
    cells: Mapping[str, Cell],
    decision: Decision,
    runs: Mapping[str, Sequence[Analysis]],
) -> str:
    """Give the numbers of each output by rule, and the other runs beside it.

    `runs` are the analyses of other finished runs on some of the same people, by the
    name of the run. No value stands there.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    others = [
        (OTHER_RUN, f"{run}: {', '.join(one.name for one in analyses)}", "")
        for run, analyses in runs.items()
        if analyses
    ]
    for output in outputs:
        rows = [
            (what, rule, str(number))
            for (what, rule), number in sorted(
                _by_rule(output, cells, decision).items()
            )
        ]
        rows += others if beside.of_people(output, cells) else []
        for row in rows:
            told = (output.name, output.files[0], *row)
            writer.writerow([harmless(text) for text in told])
    return out.getvalue()


def _by_rule(
    output: Output, cells: Mapping[str, Cell], decision: Decision
) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for ref in dict.fromkeys(refs_in(output.part.recipe)):
        if ref in cells:
            rule, what, _ = disclosure_log.decided(cells[ref], decision)
            counts[what, rule] += 1
    return counts
