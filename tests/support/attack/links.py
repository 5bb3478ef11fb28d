"""What the linkage ladder tells beside the lines found in each way, and those waiting.

Each rung has people of its own kind of lines: some are lost on the way, some are
matched in the headline alone (`less`) or in the rung alone (`more`).
"""

import pandas as pd
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.ladders import events, told
from support.attack.outcomes import RATE
from support.attack.release import Release

RUNGS = BY_ID, LIKELY = ("links_id", "links_likely")


def links(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the linkage ladder of an analysis, if it has one."""
    base, m, p = release.base(analysis), known.m, release.prefix
    if not told(release, base, "links", "Found by a PNC id"):
        return
    for rung in (f"{base}_{variant}" for variant in RUNGS):
        size = release.number(m.var(f"{rung}.n_treatment"))
        if size is not None:
            m.fix(f"{rung}.n_treatment", round(size))
        for end in ("more", "less", "own", "rest"):
            known.ask(f"{rung}.{end}", "apart of rung")
        m.line({f"{base}.not_matched": 1, f"{rung}.more": -1}, 0, BIG)
    _by_id(known, base, f"{base}_{BY_ID}", f"{p}intake.linked")
    _likely(known, base, f"{base}_{LIKELY}", f"{p}intake")
    for variant, gone, come in (
        (BY_ID, ("own", "less"), ("more",)),
        (LIKELY, ("less",), ("own", "more")),
    ):
        rung = f"{base}_{variant}"
        gone, come = ([f"{rung}.{end}" for end in ends] for ends in (gone, come))
        events(known, release, base, rung, gone=gone, come=come)


def _by_id(known: Knowledge, base: str, rung: str, linked: str) -> None:
    """`own` are the people of the headline who were found otherwise."""
    m = known.m
    otherwise = m.var(f"{rung}.otherwise_lost")
    m.line({f"{base}.n_treatment": 1, f"{rung}.own": -1, f"{rung}.less": -1,
            f"{rung}.more": 1, f"{rung}.n_treatment": -1}, 0, 0)  # fmt: skip
    m.total(f"{linked}.number", [f"{rung}.n_treatment", f"{rung}.rest"])
    m.line({f"{rung}.rest": 1, f"{rung}.less": -1}, 0, BIG)
    m.line({f"{linked}.exact": 1, f"{linked}.near": 1, f"{rung}.own": -1,
            otherwise: -1}, 0, 0)  # fmt: skip
    known.ask(otherwise, "apart of rung")


def _likely(known: Knowledge, base: str, rung: str, intake: str) -> None:
    """`own` are the people who are taken in, `rest` the lines that wait without one."""
    m = known.m
    m.line({f"{base}.n_treatment": 1, f"{rung}.own": 1, f"{rung}.less": -1,
            f"{rung}.more": 1, f"{rung}.n_treatment": -1}, 0, 0)  # fmt: skip
    m.total(f"{intake}.under_review", [f"{rung}.own", f"{rung}.rest"])


def truth(release: Release, analysis: dict, matched: pd.DataFrame, after: pd.DataFrame):
    """The counts behind the names above, from everyone of each variant."""
    base = release.base(analysis)
    own = matched[(matched["analysis"] == analysis["name"]) & (matched["weight"] > 0)]
    treated = own[own["treatment"] == 1].groupby("variant")["person_id"].agg(set)
    if LIKELY not in treated:
        return {}
    data = release.folder / "restricted/data"
    people = pd.read_parquet(data / "people.parquet").set_index("person_id")
    surely = people["how_surely_found"]
    cells = pd.read_parquet(data / "cells_intake.parquet").set_index("ref")["value"]
    main, found = treated["main"], {}
    for variant, kind in ((BY_ID, "otherwise"), (LIKELY, "likely")):
        rung, kept = f"{base}_{variant}", treated[variant]
        of_kind = set(surely.index[surely == kind])
        ours = len((main if variant == BY_ID else kept) & of_kind)
        found |= {
            f"{rung}.n_treatment": len(kept),
            f"{rung}.own": ours,
            f"{rung}.more": len(kept - main - of_kind),
            f"{rung}.less": len(main - kept - of_kind),
            f"{rung}.{RATE}.value_treatment": int(
                after[RATE].reindex(sorted(kept)).sum()
            ),
        }
    rung = f"{base}_{BY_ID}"
    otherwise = cells["intake.linked.exact"] + cells["intake.linked.near"]
    found[f"{rung}.rest"] = int(cells["intake.linked.number"]) - len(treated[BY_ID])
    found[f"{rung}.otherwise_lost"] = int(otherwise) - found[f"{rung}.own"]
    waiting = int(cells["intake.under_review"])
    found[f"{base}_{LIKELY}.rest"] = waiting - found[f"{base}_{LIKELY}.own"]
    whole = {f"{base}_{v}.{RATE}.value_treatment": len(treated[v]) for v in RUNGS}
    return {name: (count, whole.get(name)) for name, count in found.items()}
