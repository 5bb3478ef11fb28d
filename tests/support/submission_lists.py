"""Made-up lists for the tests of the check: rows of text as CSV, or as a workbook."""

import csv
import io
from datetime import date

import xlsxwriter

from helpers.intake.submission import read as submission

TODAY = date(2026, 6, 1)
HEADER = ["surname", "forename", "date_of_birth", "sex", "index_date",
          "conviction_date", "intervention_start", "intervention_end", "pnc_id",
          "prison_number"]  # fmt: skip
#: a row without anything wrong; 900012345 mod 23 is 12, the letter M
FINE = dict(zip(HEADER, ["Example", "Robin", "31/12/1990", "Female", "14/02/2022",
                         "03/09/2021", "01/03/2022", "30/08/2022", "1990/0012345M",
                         "A1234BC"], strict=True))  # fmt: skip


def csv_text(rows, header=HEADER, separator=","):
    held = io.StringIO()
    writer = csv.writer(held, delimiter=separator)
    writer.writerow(header)
    writer.writerows(
        [row.get(name, "") if isinstance(row, dict) else row[n]
         for n, name in enumerate(header)] for row in rows
    )  # fmt: skip
    return held.getvalue()


def write_csv(folder, rows, header=HEADER, encoding="utf-8", separator=","):
    path = folder / "list.csv"
    path.write_bytes(csv_text(rows, header, separator).encode(encoding))
    return path


def write_xlsx(folder, sheets, name="list.xlsx", finish=None, options=None):
    """A workbook: name of a sheet, its rows of cells; `finish` adds to the sheets."""
    path = folder / name
    book = xlsxwriter.Workbook(
        path, {"default_date_format": "dd/mm/yyyy", **(options or {})}
    )
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
        if finish:
            finish(sheet)
    book.close()
    return path


def check(path, columns=None, minimum_people=0, **more):
    return submission.read(
        path, columns, today=TODAY, minimum_people=minimum_people, name="LIST", **more
    )


def found(read):
    """Row, column, level and rule of every problem; the file as a whole is row 0."""
    return [
        (int(row) if row == row and row is not None else 0, column, level, rule)
        for row, column, level, rule in read.problems.astype({"row": object})
        .fillna({"row": 0})[["row", "column", "level", "rule"]]
        .itertuples(index=False)
    ]
