"""How long the example request takes by the driver, kernel starts included.

    python tests/benchmarks/example_speed.py

It prints where the time of a run into an empty folder went, then its seconds: budget 25
on two cores that nothing else works on. The processor's seconds, which others' work
moves less, stand beside them.
"""

import resource
import subprocess
import sys
import tempfile
import time

from helpers.files import ROOT


def main() -> None:
    """Carry out the example twice, once to warm up, and print how long it took."""
    command = [
        sys.executable,
        "-m",
        "helpers",
        "run",
        "params/example.yml",
        "--profile",
    ]
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            before, began = processor(), time.perf_counter()
            subprocess.run(
                [*command, "--outputs", folder],
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            wall, used = time.perf_counter() - began, processor() - before
    print(f"the example: {wall:.1f} s (budget 25); {used:.1f} s of the processor")


def processor() -> float:
    """Give the processor's seconds of every process that was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
