"""What the rungs of a ladder tell: those without an assessment, and those unmatched.

A rung shows how many people it keeps and a difference. Its rates stand nowhere: that of
the comparison group may be anything from 0 to 100 per cent.
"""

import pandas as pd
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.outcomes import RATE, value_of
from support.attack.release import Release

RUNGS = ("oasys_assessed", "oasys_needs")


def ladders(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the ladder of an analysis, if it has one."""
    base, m = release.base(analysis), known.m
    if not told(release, base, "oasys", "People with an assessment (OASys)"):
        return
    whole, in_, out = (f"{base}.oasys.{x}" for x in ("whole", "assessed", "without"))
    m.total(f"{release.prefix}intake.available", [f"{base}.filtered", m.var(whole)])
    m.total(whole, [m.var(in_), m.var(out)])
    known.ask(out, "not known")
    for variant in RUNGS:
        rung = f"{base}_{variant}"
        n, left, more, less = (
            m.var(f"{rung}.{x}") for x in ("n_treatment", "left", "more", "less")
        )
        m.total(in_, [n, left])
        known.ask(left, "not known")
        size = release.number(n)
        if size is not None:
            m.fix(n, round(size))
        # those matched in one of the two alone
        m.line({n: 1, f"{base}.n_treatment": -1, more: -1, less: 1}, 0, 0)
        m.line({f"{base}.not_matched": 1, more: -1}, 0, BIG)
        m.line({out: 1, left: 1, less: -1}, 0, BIG)
        known.ask(more, "apart of rung")
        known.ask(less, "apart of rung")
        events(known, release, base, rung, gone=[less], come=[more])


def told(release: Release, base: str, ladder: str, label: str) -> bool:
    """Tell whether a release tells of a ladder: by itself, or among the other ways."""
    name = base.removeprefix(release.prefix)
    rows = release.tables.get(f"estimators-{name}", [])
    beside = any(row[0].startswith(label) for row in rows)
    return beside or f"ladder-{ladder}-{name}" in release.tables


def events(known: Knowledge, release: Release, base: str, rung: str, *, gone, come):
    """What a difference tells of who reoffended on a rung, beside the headline.

    `gone` are the people of the headline who are not on it, `come` those who are on it
    alone.
    """
    m, n = known.m, f"{rung}.n_treatment"
    headline = value_of(base, RATE, "treatment")
    difference = release.number(f"{rung}.{RATE}.difference")
    if difference is None or headline not in m.names:
        return
    own = m.var(f"{rung}.{RATE}.value_treatment")
    m.line({n: 1, own: -1}, 0, BIG)
    known.share(own, n, difference - 0.5, difference + 100.5)
    known.ask(own, "outcome")
    m.line({own: 1, headline: -1} | dict.fromkeys(gone, 1), 0, BIG)
    m.line({headline: 1, own: -1} | dict.fromkeys(come, 1), 0, BIG)


def truth(release: Release, analysis: dict, matched: pd.DataFrame, after: pd.DataFrame):
    """The counts behind the names above, from everyone of each variant."""
    base = release.base(analysis)
    own = matched[(matched["analysis"] == analysis["name"])]
    treated = own[own["treatment"] == 1].set_index("person_id")
    variants = {name: rows for name, rows in treated.groupby("variant")}
    if RUNGS[0] not in variants:
        return {}
    main = variants["main"]
    matched_main = set(main.index[main["weight"] > 0])
    whole, in_ = len(main), len(variants[RUNGS[0]])
    found = {
        f"{base}.oasys.whole": (whole, None),
        f"{base}.oasys.assessed": (in_, None),
        f"{base}.oasys.without": (whole - in_, None),
    }
    for variant in RUNGS:
        rung, rows = f"{base}_{variant}", variants[variant]
        kept = set(rows.index[rows["weight"] > 0])
        events = int((after[RATE].reindex(sorted(kept)) > 0).sum())
        found |= {
            f"{rung}.n_treatment": (len(kept), None),
            f"{rung}.left": (in_ - len(kept), None),
            f"{rung}.more": (len(kept - matched_main), None),
            f"{rung}.less": (len(matched_main - kept), None),
            f"{rung}.{RATE}.value_treatment": (events, len(kept)),
        }
    return found
