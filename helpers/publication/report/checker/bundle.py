"""All files of the bundle: tables, pictures, the sheet, results.json, checksums."""

from collections.abc import Iterable, Mapping

from helpers.publication import figures
from helpers.publication.cells import Sum
from helpers.publication.facts.resolve import resolve
from helpers.publication.report.checker import acro, beside, sheet
from helpers.publication.report.checker.output import Output
from helpers.publication.report.checker.sheet import Study

SHEET = "outputs.csv"


def files(
    outputs: list[Output], written: Mapping[str, str], sums: Iterable[Sum], study: Study
) -> dict[str, bytes]:
    """Give the files of the bundle by name, from released numbers alone.

    `written` are the tables as they stand in release/.
    """
    others = beside.subtractable(outputs, study.cells, sums)
    rows = sheet.rows(outputs, others, study)
    content: dict[str, bytes] = {}
    for one in outputs:
        table, *pictures = one.files
        content[table] = written[f"tables/{one.part.key}.csv"].encode()
        content |= {name: picture(one, study) for name in pictures}
    content[SHEET] = sheet.as_csv(rows).encode()
    date = study.request.publication.date.isoformat()
    content[acro.RESULTS] = acro.results(outputs, rows, SHEET, date).encode()
    sums_of_bytes = acro.checksums(content)
    return content | {name: text.encode() for name, text in sums_of_bytes.items()}


def picture(one: Output, study: Study) -> bytes:
    """Give the wide form of a figure as a picture of pixels."""
    recipe = one.part.recipe
    module = figures.FIGURES[recipe["figure"]]
    data = module.Data(**resolve(recipe["data"], study.released))
    return figures.png(module.draw(data, False))
