"""Time the linkage of 10,000 lines with a register of 1,000,000 people, and score it.

    python tests/benchmarks/linkage_speed.py [people] [lines] [folder]

The records are made up (`helpers.synthetic.records`) and kept in the folder for the
next time, if one is given. The limits: precision 0.999 and recall 0.955 before review,
15 s, and a peak memory of 1.5 GB of the process that links, reading included.

Precision is the share of linked lines that name the right person; recall the share of
lines of people who are in the records that are linked to them.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.intake.linkage import link
from helpers.intake.records.extract import open_extract
from helpers.intake.submission.read import read
from helpers.request.engine import Engine

RECEIVED = date(2026, 6, 25)


def score(folder: Path) -> None:
    """Link, and print time, memory, precision and recall."""
    lines = read(folder / "submission.csv", today=RECEIVED).lines
    lines = lines[lines["left_out"].isna()]
    with (
        tempfile.TemporaryDirectory() as work,
        open_extract(
            folder / "extract", Path(work), engine=Engine(memory="1GB")
        ) as records,
    ):
        start = time.perf_counter(), time.process_time()
        found = link.link(records, lines, RECEIVED)
        taken = time.perf_counter() - start[0], time.process_time() - start[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    truth = pd.read_parquet(folder / "truth.parquet")
    truth = truth.set_index("line")["person_id"]
    right = found.links["person_id"] == found.links["line"].map(truth)
    there = lines["line"].map(truth).notna().sum()
    print(f"time {taken[0]:.1f} s (processor {taken[1]:.1f} s), peak {peak:.2f} GB")
    print(f"lines {len(lines)}, of people in the records {there}")
    print(f"precision {right.mean():.5f} ({(~right).sum()} wrong)")
    print(f"recall before review {right.sum() / there:.4f}")
    listed = found.review["person_id"] == found.review["line"].map(truth)
    print(f"under review {found.review['line'].nunique()} lines, {len(found.review)} "
          f"candidates, {listed.sum()} of them right")  # fmt: skip
    wrong = found.links["passed"].where(~right).value_counts()
    table = link.quality(found, lines)
    table["wrong"] = table["passed"].map(wrong).fillna(0).astype(int)
    print(table.to_string(index=False, float_format="{:.4f}".format))


def main(people: int = 1_000_000, lines: int = 10_000, folder: str = "") -> None:
    """Make the records if they are not there, and link them in a process of its own."""
    with tempfile.TemporaryDirectory() as made:
        where = Path(folder or made)
        if not (where / "truth.parquet").exists():
            from helpers.synthetic.records import write

            write(where, people, lines, seed=1)
        subprocess.run([sys.executable, __file__, "score", str(where)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["score"]:
        score(Path(sys.argv[2]))
    else:
        main(*(int(number) for number in sys.argv[1:3]), *sys.argv[3:4])
