"""A thousand broken uploads and a thousand broken requests: what becomes of each.

    python tests/benchmarks/fuzz.py [uploads] [requests] [first]

The number of each is its seed. One in a hundred requests is carried out in this process
if it can be, which few that are broken can. What did not hold is printed with its
seed, and the exit status is 1; tests/README.md tells what was found.
"""

import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from support import fuzz  # noqa: E402

#: bytes that the whole campaign may take
MEMORY = 6 * 1024**3


def campaign(
    what: str, many: range, make: Callable[[int], Path], ask: Callable[[Path, int], str]
) -> int:
    """Try all of one kind; prints how they ended, gives how many broke something."""
    ended, slowest, started = Counter[str](), (0.0, 0), time.monotonic()
    broken = 0
    for number in many:
        path, begun = make(number), time.monotonic()
        try:
            ended[ask(path, number)] += 1
        except (Exception, fuzz.Hang) as error:
            broken += 1
            at = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(at.filename).name}:{at.lineno}"
            print(f"{what} {number}: {type(error).__name__} {where} {str(error)[:400]}")
        slowest = max(slowest, (time.monotonic() - begun, number))
        path.unlink(missing_ok=True)
    took = time.monotonic() - started
    print(f"{what}: {len(many)} in {took:.0f} s, {broken} broke something; "
          f"the slowest took {slowest[0]:.1f} s (number {slowest[1]})")  # fmt: skip
    for end, count in ended.most_common():
        print(f"  {count:5} {end}")
    return broken


def main(uploads: int = 1000, requests: int = 1000, first: int = 0) -> int:
    """Carry the campaign out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lists").mkdir()
        broken = campaign(
            "upload", range(first, first + uploads),
            lambda n: fuzz.upload(n, folder / "lists"),
            lambda path, _: fuzz.checked(path),
        )  # fmt: skip
        fuzz.cohort(folder)
        broken += campaign(
            "request", range(first, first + requests),
            lambda n: fuzz.request(n, folder),
            lambda path, n: fuzz.asked(path, whole=n % 100 == 2),
        )  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {peak:.0f} MB")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
