"""How long both copies of a report take once the notebooks have run.

    python tests/benchmarks/report_speed.py outputs/example

Give it the folder of a finished run. It copies the run, builds its pages again and
prints the seconds: budget 5, with nothing imported before.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path


def main(finished: Path) -> None:
    """Build the pages of a copy of a finished run and print how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / finished.name
        shutil.copytree(finished, copy)
        started = time.perf_counter()
        from helpers.request import load
        from helpers.runs import report
        from helpers.runs.run import Run

        report.write(Run(load(copy / "audit" / "request.yml"), "charts", copy))
        seconds = time.perf_counter() - started
        size = (copy / "report.html").stat().st_size / 1e6
        print(f"both copies: {seconds:.1f} s (budget 5); report.html: {size:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
