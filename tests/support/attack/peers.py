"""Who was matched with fewer than ten people of the pool near: the share of the others.

The design gate tells what share of the treatment group has ten of the pool inside the
caliper. All of those are matched, so that the rest of those matched have fewer.
"""

import pandas as pd
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.release import Release

LABEL = "Overlap: share of the treatment group with ten people of the pool"


def peers(known: Knowledge, release: Release) -> None:
    """Read the share of every analysis in the table of the gate."""
    bases = {one["name"]: release.base(one) for one in release.analyses}
    base = next(iter(bases.values()), "")
    for label, *cells in release.tables.get("design-gate", [])[1:]:
        base = bases.get(label, base)
        share = cells[1].rstrip("%") if len(cells) > 1 else ""
        if label.startswith(LABEL) and share.isdigit():
            _share(known, base, float(share))


def _share(known: Knowledge, base: str, share: float) -> None:
    m, near, without = known.m, f"{base}.near", f"{base}.without_near"
    for name in (near, without):
        m.var(name, 0, BIG)
    m.total(f"{base}.n_treatment", [near, without])
    size = m.var(f"{base}.could_match")
    m.total(size, [f"{base}.n_treatment", f"{base}.not_matched"])
    known.share(near, size, share - 0.5, share + 0.5)
    known.ask(without, "near")


def truth(release: Release, analysis: dict, matched: int) -> dict:
    """Give how many of those matched have fewer than ten people near."""
    data = release.folder / "restricted/data"
    if not (data / "gate.parquet").exists():
        return {}
    gate = pd.read_parquet(data / "gate.parquet")
    own = gate[(gate["analysis"] == analysis["name"]) & (gate["criterion"] == "near")]
    sizes = pd.read_parquet(data / "matches.parquet").set_index("analysis")
    if own.empty:
        return {}
    every = sizes["available"][analysis["name"]]
    near = round(float(own["value"].iloc[0]) * every / 100)
    base = release.base(analysis)
    return {
        f"{base}.near": (near, None),
        f"{base}.without_near": (matched - near, None),
    }
