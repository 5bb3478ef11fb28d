"""What two runs wrote: results of checks, decisions on numbers, pages."""

from collections import Counter
from collections.abc import Iterator

from helpers.files import is_plain, sha256
from helpers.life_cycle.compare import changes
from helpers.life_cycle.compare.sides import CHECKS, DISCLOSURE, PAGE, Side
from helpers.life_cycle.parts import TOLD
from helpers.runs.repeat import leaving


def checks(a: Side, b: Side) -> Iterator[str]:
    """Tell the checks that came out otherwise, and those of one run alone."""
    was, now = (
        {row["check"]: TOLD.get(row["result"], row["result"]) for row in s.rows(CHECKS)}
        for s in (a, b)
    )
    for name in (one for one in was if one in now):
        yield from changes.differing(was[name], now[name], name)
    yield from changes.apart(was, now)


def decisions(a: Side, b: Side) -> Iterator[str]:
    """Tell how many numbers of each run were decided on in which way."""
    was, now = (
        Counter(f"Numbers {row['decision']}" for row in side.rows(DISCLOSURE))
        for side in (a, b)
    )
    # the counts alone: which number was hidden in one run only is in no line
    for name in sorted({*was, *now}):
        yield from changes.changed(name, f"{was[name]:,}", f"{now[name]:,}")


def pages(a: Side, b: Side) -> Iterator[str]:
    """Tell the files that may leave of which the bytes differ."""
    was, now = (leaving(side.manifest["outputs"]) for side in (a, b))
    if was.get(PAGE) != now.get(PAGE):
        yield f"{PAGE}: other bytes"
    files = [name for name in was if name in now and name != PAGE]
    other = [name for name in files if was[name] != now[name]]
    if other:
        yield (
            f"release/: {len(other)} of {len(files)} files have other bytes: "
            f"{changes.named(name.removeprefix('release/') for name in other)}"
        )
    yield from changes.apart(was, now)


def altered(side: Side) -> list[str]:
    """Name the files of a run that may leave and are not as it wrote them."""
    return [
        name
        for name, sha in leaving(side.manifest["outputs"]).items()
        if not is_plain(side.folder / name) or sha256(side.folder / name) != sha
    ]
