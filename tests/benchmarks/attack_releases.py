"""How much releases tell: random requests, the cases that leaked, or finished runs.

    python tests/benchmarks/attack_releases.py random [first] [how many]
    python tests/benchmarks/attack_releases.py cases
    python tests/benchmarks/attack_releases.py run OUTPUTS/ID [OUTPUTS/ID ...]

Random requests and cases are made up and carried out in this process, each attacked at
every strength (tests/support/attack). A run is attacked as it is, several together as
releases on the same people; what is told is held against restricted/. A count is told
when fewer than three values are left, and seen to be unsafe when what adds up alone
says so. The last lines are rows of the attack log in tests/README.md.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support import in_process  # noqa: E402
from support.attack.attack import attack  # noqa: E402
from support.attack.cases import CASES  # noqa: E402
from support.attack.random_requests import studies  # noqa: E402
from support.attack.study import Study  # noqa: E402

from helpers.errors import KitError  # noqa: E402

#: what is counted of each request, and the words of the log
COUNTED = {
    "requests": "requests",
    "refused": "of them refused by the kit",
    "leaking": "of them with a count told",
    "unsafe": "counts that nobody may know",
    "told": "of them told",
    "narrowed": "of them seen to be unsafe",
    "wrong": "contradictions of the truth",
}


def counted(name: str, make: Callable[[], list[Study]]) -> Counter:
    """Carry out the studies of one request and attack what they released."""
    found = Counter(requests=1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made = make()
        try:
            runs = [
                in_process.run(one.write(place), place / "outputs", whole=False)
                for one in made
            ]
        except KitError as error:
            print(f"{name}: refused: {error}", flush=True)
            return found + Counter(refused=1)
        told = attack(*runs, facts=made[0].facts)
    found.update(unsafe=told.unsafe, told=len(told.told), wrong=len(told.wrong))
    found.update(narrowed=len(told.narrowed), leaking=int(bool(told.told)))
    if told.told or told.wrong:
        print(f"{name}: {told}", flush=True)
    return found


def one_random(seed: int) -> Counter:
    """Count what the random request of a seed tells."""
    return counted(f"seed {seed}", lambda: studies(seed))


def one_case(name: str) -> Counter:
    """Count what a case tells."""
    return counted(name, lambda: [CASES[name]()])


def main(kind: str, *arguments: str) -> None:
    """Attack what is asked for, and print what was found."""
    if kind == "run":
        print(attack(*arguments))
        return
    first, many = (*map(int, arguments), *(0, 1000)[len(arguments) :])
    work, what = {
        "random": (one_random, range(first, first + many)),
        "cases": (one_case, list(CASES)),
    }[kind]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        total = sum(pool.map(work, what), Counter())
    for key, words in COUNTED.items():
        print(f"| {words} | {total[key]:,} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
