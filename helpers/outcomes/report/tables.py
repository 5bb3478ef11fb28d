"""The tables of measures: a row for each analysis, by the Ministry's form.

Measures that add up, such as court outcomes, share a table, each under its heading.
"""

from typing import Any

from helpers.matching.report import sizes as report_sizes
from helpers.outcomes.report import reasons, recipes
from helpers.outcomes.report.by_measure import Measures, Row, called
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.publication.facts.in_tables import AND
from helpers.publication.labels import among, every_100, not_matched
from helpers.request import Outcome, Request
from helpers.runs.run import Run

#: kind of measure -> what its values are called
VALUES = {
    "rate": "rate",
    "frequency": "frequency",
    "days": "time",
    "amount": "average",
}
#: kind of measure -> how a difference on either side of nought is called
SIDES = {
    "rate": ("fewer", "more"),
    "frequency": ("fewer", "more"),
    "days": ("shorter", "longer"),
    "amount": ("lower", "higher"),
}
#: the columns of both groups' values and of their difference, where no row says more
COMPARED = [
    "Programme",
    "Comparison",
    "Difference",
    "95% interval from",
    "95% interval to",
    "p-value",
]
WEIGHTED = (
    "The values of the comparison group are weighted, so they cannot be worked out "
    "from counts of people."
)
OF_ROUNDED = (
    "Counts are rounded, and rates of people who count the same are made from rounded "
    "counts. The width of an interval and its p-value are those of the counts before "
    "rounding."
)
ROUNDED = (
    "Differences are taken before rounding, and are not always those of the printed "
    "values."
)


def table(
    run: Run,
    of: Measures,
    says: str,
    notes: list[Any],
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give a table of measures, with what its name `says` in the sentence before it."""
    rows: list[list[Any]] = []
    for outcome in of.outcomes:
        if len(of.outcomes) > 1:
            rows.append([outcome.standard.part])
        rows += [in_table(row) for row in of.rows[outcome.name]]
    return blocks.table(
        run,
        of.key,
        caption=caption(run.request, of),
        columns=columns(of.outcomes[0]),
        rows=rows,
        lead=[see(of.key), says],
        notes=notes,
        fold=fold,
    )


def caption(request: Request, of: Measures) -> str:
    """Give what a table is called: its measures, and of how many people."""
    first, noun = of.outcomes[0], "people"
    if len(request.analyses) == 1:
        noun = request.noun(request.analyses[0].name)
    # some titles say whom it is about
    some = first.of_some and not (first.event and first.event in called(of))
    whom = f" ({among(noun, first.event)})" if some else ""
    of_whom = {
        "rate": f", for {every_100(noun, first.event, of_some=first.of_some)}",
        "frequency": f", per person{whom}",
        "days": f" in days{whom}",
    }.get(first.kind, f" ({first.unit}){whom}")
    return called(of) + of_whom


def columns(outcome: Outcome) -> list[str]:
    """Give the columns of a table of a measure, by the Ministry's form."""
    value = VALUES[outcome.kind]
    return [
        "Analysis",
        "Number in treatment group",
        "Number in comparison group",
        f"Treatment group {value}",
        f"Comparison group {value}",
        "Difference",
        "Estimated difference (95% interval)",
        "Significant difference?",
        "p-value",
    ]


def in_table(row: Row) -> list[Any]:
    """Give an estimate as a row: sizes, values, difference, interval, verdict, p."""
    of, measure = (row.analysis, row.outcome.name), row.measure
    treated, compared, gap, low, high = (number(row, n) for n in recipes.LEVELS)
    less, more = SIDES[row.outcome.kind]
    ends = {"fact": "interval", "low": low, "high": high, "less": less, "more": more}
    return [
        row.analysis,
        *({"ref": refs.measure(*of, f"n_{g}")} for g in ("treatment", "comparison")),
        treated,
        compared,
        gap,
        ends,
        measure,  # whose verdict stands here
        measure["p_value"],
    ]


def number(row: Row, name: str) -> dict[str, str]:
    """Give a number of a row; of a frequency it is that for one person."""
    if row.outcome.kind != "frequency":
        return row.measure[name]
    style = "frequency" if name.startswith("value") else "frequency_fewer"
    return {"ref": refs.measure(row.analysis, row.outcome.name, name), "format": style}


# notes ----------------------------------------------------------------------------


def notes(run: Run, of: Measures) -> list[Any]:
    """Say how to read a table, and why rows are as they are."""
    return [*_on_all(run, of), *on_rows(run, of)]


def _on_all(run: Run, of: Measures) -> list[str]:
    """Say how to read the rows of a table."""
    first = of.outcomes[0]
    less, more = SIDES[first.kind]
    notes = [
        f"{less.capitalize()} and {more} tell how the treatment group differs from the "
        "comparison group."
    ]
    if any(report_sizes.weighted(run, row.analysis) for row in of.every):
        notes.append(WEIGHTED)
    if first.kind == "rate" and run.request.disclosure.profile == "rounded":
        notes.append(OF_ROUNDED)
    if first.of_some:
        notes.append(not_matched("people", first.event))
    return notes


def on_rows(run: Run, of: Measures) -> list[Any]:
    """Say why some rows of a table are as they are."""
    notes, named = [], len(of.every) > 1
    by_text: dict[str, dict[str, list[Any]]] = {}
    least = run.request.least_people
    for row in of.every:
        told = reasons.of_row(row.estimate, row.outcome, row.match, least)
        for text, names in told.items():
            of_text = by_text.setdefault(text, {})
            of_text.setdefault(row.analysis, []).append((row, names))
    for text, of_text in by_text.items():
        about = [one for rows in of_text.values() for one in _about(of, rows)]
        notes.append(note(text, about, named=named))
    return [*notes, note(ROUNDED, [_printed(of, row) for row in of.every], named=named)]


def note(text: str, about: list[Any], *, named: bool) -> dict[str, Any]:
    """Give a note on some rows of a table, which names them where it has others."""
    return {"fact": "note", "text": text, "about": about, "named": named}


def _about(of: Measures, rows: list[tuple[Row, tuple[str, ...]]]) -> list[Any]:
    """Name an analysis' rows of which something is true; all of them by its name."""
    if len(rows) == len(of.outcomes):
        names = dict.fromkeys(name for _, needs in rows for name in needs)
        return [blocks.told(rows[0][0].analysis, *names)]
    return [blocks.told(_name(of, row), *needs) for row, needs in rows]


def _name(of: Measures, row: Row) -> str:
    """Name a row, with its heading where the table has several."""
    if len(of.outcomes) == 1:
        return row.analysis
    return f"{row.analysis}{AND}{row.outcome.standard.part.lower()}"


def _printed(of: Measures, row: Row) -> dict[str, Any]:
    names = ("value_treatment", "value_comparison", "difference")
    numbers = [number(row, name) for name in names]
    fields = ("treatment", "comparison", "difference")
    of_row = dict(zip(fields, numbers, strict=True))
    return {"fact": "printed", "row": _name(of, row), **of_row}
