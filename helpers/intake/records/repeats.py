"""Rows of a table that repeat another, as after an export that was appended."""

from collections.abc import Iterable

import ibis

from helpers.intake.records.check import UNIQUE
from helpers.intake.records.counted import MOST, OK, STOPS, TOLD, Line
from helpers.intake.records.engine import Records

#: the share that are like another but for ids and columns that are not read, above
#: which it is told: several counts of one day are common, every second row is not
ALIKE = 0.2
WHAT = "repeats another in every column"
STOP = (
    "see whether the table was exported or appended twice, and write repeated_rows: "
    "drop under inputs if they are the same event, keep if each is one of its own"
)


def repeated(records: Records, name: str, asked: str | None) -> list[Line]:
    """Count the rows of a table that repeat another, and drop them where asked to.

    `asked` is the request's `inputs.repeated_rows`. The columns that the kit does not
    read count too: an id of each offence tells two counts of one day apart.
    """
    whole, table = records.whole[name], records.tables[name]
    said = [column for column in table.columns if column != UNIQUE.get(name)]
    counts = records.frame(
        whole.aggregate(
            rows=whole.count(),
            whole=_number(whole, whole.columns).nunique(),
            said=_number(whole, said).nunique(),
        )
    ).iloc[0]
    rows = int(counts["rows"])
    twice, alike = rows - int(counts["whole"]), rows - int(counts["said"])
    if asked == "drop" and twice:
        once = whole.distinct()
        columns = {column: _as(once[column], table[column]) for column in table.columns}
        records.tables[name] = records.converted(once.select(**columns), f"{name}_once")
    lines = [_line(name, twice, rows, asked)]
    apart = sorted(set(whole.columns) - set(said))
    if rows and alike / rows > ALIKE > twice / rows:
        what = f"repeats another in every column but {', '.join(apart[:3])}"
        done = "counted; see whether the table was exported or appended twice"
        lines.append(Line(name, what, alike, rows, done, TOLD))
    return lines


def _line(name: str, twice: int, rows: int, asked: str | None) -> Line:
    if asked == "drop" and twice:
        return Line(name, WHAT, twice, rows, "dropped, as the request says", OK)
    if asked == "keep" and twice:
        verdict = TOLD if twice > MOST * rows else OK
        return Line(name, WHAT, twice, rows, "kept, as the request says", verdict)
    if twice > MOST * rows:
        return Line(name, WHAT, twice, rows, STOP, STOPS)
    if twice:
        done = "counted; inputs.repeated_rows may say drop"
        return Line(name, WHAT, twice, rows, done, TOLD)
    return Line(name, WHAT, 0, rows)


def _number(table: ibis.Table, columns: Iterable[str]) -> ibis.Value:
    """Give a number for these columns of a row: equal rows have the same."""
    return ibis.struct({name: table[name] for name in columns}).hash()


def _as(column: ibis.Value, declared: ibis.Value) -> ibis.Value:
    """Give a column of the file in the kind that the table has it in."""
    kind = declared.type()
    return ibis.null(kind) if column.type().is_null() else column.cast(kind)
