"""All files of the bundle: tables, pictures, the sheet, results.json, checksums."""

from collections.abc import Iterable

from helpers.publication.cells import Sum
from helpers.publication.report.checker import acro, beside, sheet
from helpers.publication.report.checker.output import Output
from helpers.publication.report.checker.sheet import Study
from helpers.publication.report.forms.written import Written

SHEET = "outputs.csv"


def files(
    outputs: list[Output],
    written: Written,
    sums: Iterable[Sum],
    study: Study,
) -> dict[str, bytes]:
    """Give the files of the bundle by name, from released numbers alone.

    `written` has the tables as they stand in release/, and the pictures.
    """
    others = beside.subtractable(outputs, study.cells, sums)
    rows = sheet.rows(outputs, others, study)
    content: dict[str, bytes] = {}
    for one in outputs:
        table, *drawn = one.files
        content[table] = written.files[f"tables/{one.part.key}.csv"].encode()
        content |= {name: written.pictures[one.part.key] for name in drawn}
    content[SHEET] = sheet.as_csv(rows).encode()
    date = study.request.publication.date.isoformat()
    content[acro.RESULTS] = acro.results(outputs, rows, SHEET, date).encode()
    sums_of_bytes = acro.checksums(content)
    return content | {name: text.encode() for name, text in sums_of_bytes.items()}
