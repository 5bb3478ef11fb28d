"""How long the check of a provider's list of 100,000 rows takes.

    python tests/benchmarks/submission_speed.py

It makes the list twice, as a workbook and as CSV, one row in fifty with a mistake, and
prints the seconds to read and check each: budget 5, with nothing imported before.
"""

import csv
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import xlsxwriter

ROWS = 100_000
HEADER = ["Surname", "Forename", "D.O.B.", "Gender", "Index date", "Conviction date",
          "Start date", "End date", "PNC ID", "Prison no.", "Postcode", "Completed",
          "Group 2", "Site", "Notes"]  # fmt: skip
TIMED = """
import sys, time
started = time.perf_counter()
from helpers.intake.submission import read as submission
found = submission.read(sys.argv[1])
told = submission.report_lines(found)[0].split(": ")[1]
size = len(submission.problems_file(found)) / 1e6
seconds, busy = time.perf_counter() - started, time.process_time()
print(f"{sys.argv[1][-4:]}: {seconds:.1f} s (budget 5), {busy:.1f} s of them at work; "
      f"{told}; problems file {size:.1f} MB")
"""


def pnc(year: int, serial: int) -> str:
    """A PNC id with the letter that fits."""
    letter = "ZABCDEFGHJKLMNPQRTUVWXY"[(year % 100 * 10**7 + serial) % 23]
    return f"{year}/{serial:07}{letter}"


def rows() -> list[list[object]]:
    """Made-up people: letters for names, and a mistake in every fiftieth row."""
    rng, found = np.random.default_rng(1), []
    letters = np.array(list("abcdefghijklmnoprstuvwyz"))
    day = datetime(2020, 1, 1)
    words = ["".join(word).title() for word in rng.choice(letters, (40_000, 7))]
    for n, (a, b, born, start) in enumerate(
        zip(
            rng.integers(0, 40_000, ROWS), rng.integers(0, 900, ROWS),
            rng.integers(8_000, 20_000, ROWS), rng.integers(0, 1_000, ROWS),
            strict=True,
        )
    ):  # fmt: skip
        begun = day + timedelta(days=int(start))
        found.append([
            words[a], words[b], "03/25/1990" if n % 50 == 0 else
            day - timedelta(days=int(born)), "F" if n % 5 == 0 else "Male",
            begun, begun - timedelta(days=90), begun, begun + timedelta(days=60),
            pnc(1990 + n % 30, n), f"A{n % 10_000:04}{words[a][:2].upper()}",
            "ZZ1 1ZZ", "yes" if n % 3 else "no", n % 7, f"Site {n % 12}", None,
        ])  # fmt: skip
    return found


def main() -> None:
    """Write both files and time each in a process of its own."""
    people = rows()
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder) / "list.xlsx", Path(folder) / "list.csv"
        workbook = xlsxwriter.Workbook(
            book, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
        )
        sheet = workbook.add_worksheet("People")
        for number, row in enumerate([HEADER, *people]):
            sheet.write_row(number, 0, row)
        workbook.close()
        with text.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(
                [f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else cell
                 for cell in row] for row in people
            )  # fmt: skip
        for path in (book, text):
            command = [sys.executable, "-c", TIMED, str(path)]
            subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


if __name__ == "__main__":
    main()
