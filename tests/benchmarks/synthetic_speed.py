"""Time the writing of made-up national records of 500,000 people.

    python tests/benchmarks/synthetic_speed.py [people] [submitted]

At most 60 seconds on two cores are wanted; memory is the most that was held at once.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from helpers.synthetic import records


def main(people: int = 500_000, submitted: int = 10_000) -> None:
    """Write once, tell how long it took and how much there is."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        written = records.write(Path(folder), people, submitted, effect=-0.08)
        taken = time.perf_counter() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{people:,} people in {taken:.1f} s, {most:.1f} GB")
        for file in sorted(written.extract.iterdir()):
            rows = pq.read_metadata(file).num_rows
            print(
                f"{file.stem:12} {rows:>11,} rows {file.stat().st_size / 1e6:7.1f} MB"
            )


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
