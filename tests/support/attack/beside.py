"""What numbers beside the estimates tell: sub-groups compared with each other.

How far apart two differences are gives either of them from the other, and with it a
rate: of the treated where that of the comparison group is known, or from 0 to 100.
"""

from support.attack.knowledge import Knowledge
from support.attack.outcomes import RATE, size_of, value_of
from support.attack.release import Release


def beside(known: Knowledge, release: Release) -> None:
    """Read every pair that is compared in the rate of reoffending."""
    for name in release.numbers:
        first, _, rest = name.partition(".")
        if first == "contrasts" and rest.endswith(f".{RATE}.difference"):
            one, other = rest.split(".")[:2]
            gap = release.number(name)
            if gap is not None:
                _part(known, release, one, _of(release, other, "difference"), gap)
                _part(known, release, other, _of(release, one, "difference"), -gap)


def _of(release: Release, analysis: str, name: str) -> float | None:
    return release.number(f"{analysis}.{RATE}.{name}")


def _part(
    known: Knowledge, release: Release, analysis: str, beside: float | None, gap: float
) -> None:
    """Bound a treated rate by the other analysis' difference and the gap."""
    base = release.prefix + analysis
    rate, size = (f(base, RATE, "treatment") for f in (value_of, size_of))
    if beside is None or not {rate, size} <= set(known.m.names):
        return
    compared = _of(release, analysis, "value_comparison")
    low, high = (0.0, 100.0) if compared is None else (compared - 0.5, compared + 0.5)
    # each of the two is rounded to a whole point
    known.share(rate, size, beside + gap - 1 + low, beside + gap + 1 + high)
