"""Where the submitted lines went: each box shown, hidden, or left out since empty."""

from collections.abc import Iterator

from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.release import AFTER, BEFORE, HIDDEN, WHY, Release

BOXES = {  # labels of the flow, in the order of the kit
    "Details that cannot be used": "line-that-cannot-be-used",
    "Same line sent more than once": "duplicate-line",
    "Not found in the national records": "not-linked",
    "Another line of a person already counted": "another-line-of-a-person-already-counted",  # noqa: E501
    "Support did not fit a sentence that can be used": "no-suitable-sentence",
    "Outside the age limits": "outside-the-age-limits",
    "Too recent to know what happened afterwards": "not-yet-followed-up",
    "Reoffended before the support began": "reoffended-before-support",
    "What happened afterwards is not known": "outcome-missing",
}
BOXES = {label: f"intake.box.{ref}" for label, ref in BOXES.items()}
LINKED = {
    "A PNC id or prison number, and two of surname, forename and date of birth": "linked.number",  # noqa: E501
    "The same names and date of birth": "linked.exact",
    "Nearly the same names or date of birth, or a person decided": "linked.near",
    "Found, all ways": "linked",
    "Uncertain: a person has still to decide": "under_review",
    "Not found": "not_found",
}
LINKED = {label: f"intake.{ref}" for label, ref in LINKED.items()}
OWN = {
    "Nobody similar enough to compare with": "not_matched",
    "Not part of this analysis": "filtered",
    "Not analysed, all reasons": "not_analysed",
    "In the analysis": "n_treatment",
}
#: the row that stands for all boxes that are hidden
TOGETHER = "Other reasons, together"
OTHER = "other_reasons"
#: the fewest people of a headline, where a request does not say
LEAST = 60


def flow(known: Knowledge, release: Release) -> None:
    """Read the flow of every analysis of a release."""
    m, p, seen = known.m, release.prefix, _seen(release)
    boxes = [p + ref for ref in BOXES.values()]
    for name in (*boxes, f"{p}intake.submitted", f"{p}intake.available"):
        _count(known, release, name, seen)
    m.total(f"{p}intake.lost", boxes)
    m.total(f"{p}intake.submitted", [f"{p}intake.lost", f"{p}intake.available"])
    if "found-in-records" in release.tables:
        _linked(known, release, seen, boxes)
    for analysis in release.analyses:
        base = release.base(analysis)
        lost, filtered, left, n_t = names = [f"{base}.{name}" for name in OWN.values()]
        for name in names:
            _count(known, release, name, seen | {n_t})
        m.total(f"{p}intake.available", [filtered, lost, n_t])
        m.total(f"{p}intake.submitted", [left, n_t])
        _together(known, release, base)
        _shares(known, release, base, names)
        _before_matching(known, release, base)
    for analysis in release.without_result:
        if (
            analysis[WHY] == "not_followed_up"
        ):  # with those too recent there were enough
            recent = BOXES["Too recent to know what happened afterwards"]
            m.line({f"{p}intake.available": 1, f"{p}{recent}": 1}, LEAST, BIG)
    _primaries(known, release)


def _count(known: Knowledge, release: Release, name: str, seen: set[str]) -> None:
    """A count that a table shows, hides, or leaves out because nobody is in it."""
    value = release.number(known.m.var(name))
    if value is not None:
        known.m.fix(name, round(value))
    elif name in seen:
        known.m.fix(name, 1, BIG)
        known.ask(name, "flow")
    elif not name.endswith(("intake.available", "intake.submitted")):
        known.m.fix(name, 0)


def _rows(release: Release, base: str = "") -> Iterator[tuple[str, str]]:
    """Each row of the flow tables (of an analysis): the count's name, what stands."""
    p = release.prefix
    for key, rows in release.tables.items():
        own = key.startswith("flow-") and not key.startswith("flow-chart-")
        if base and key != f"flow-{base.removeprefix(p)}":
            continue
        for label, *cells in rows[1:]:
            if key.startswith("flow-chart-") and "records can be used" in label:
                yield f"{p}intake.available", cells[-1]
            elif own and label in OWN:
                yield f"{p}{key.removeprefix('flow-')}.{OWN[label]}", cells[0]
            elif key == "flow-sent" and label == "Left to analyse":
                yield f"{p}intake.available", cells[0]
            elif own and label == TOGETHER:
                yield f"{p}{key.removeprefix('flow-')}.{OTHER}", cells[0]
            for names in (BOXES, LINKED):
                if label in names:
                    yield p + names[label], (cells or [""])[0]


def _seen(release: Release) -> set[str]:
    return {f"{release.prefix}intake.submitted"} | {name for name, _ in _rows(release)}


def _linked(
    known: Knowledge, release: Release, seen: set[str], boxes: list[str]
) -> None:
    p = release.prefix
    names = [p + ref for ref in LINKED.values()]
    for name in names:
        _count(known, release, name, seen)
    ways = [name for name in names if name.startswith(f"{p}intake.linked.")]
    known.m.total(f"{p}intake.linked", ways)
    not_linked = [f"{p}intake.under_review", f"{p}intake.not_found"]
    known.m.total(f"{p}intake.box.not-linked", not_linked)
    known.m.total(f"{p}intake.submitted", [*boxes[:3], f"{p}intake.linked"])


def _together(known: Knowledge, release: Release, base: str) -> None:
    """The row of other reasons is the sum of the boxes hidden beside it."""
    rows = dict(_rows(release, base))
    told = rows.get(f"{base}.{OTHER}")
    if told is None or told == HIDDEN:
        return
    box = f"{release.prefix}intake.box."
    parts = [n for n, cell in rows.items() if cell == HIDDEN and n.startswith(box)]
    if parts:
        known.m.fix(f"{base}.{OTHER}", int(told.replace(",", "")))
        known.m.total(f"{base}.{OTHER}", parts)


def _shares(known: Knowledge, release: Release, base: str, names: list[str]) -> None:
    """Whole per cents of the submitted, and of those who could have been matched."""
    p, m = release.prefix, known.m
    for name in (*names, *(p + ref for ref in BOXES.values()), f"{p}intake.available"):
        share = release.number(f"{name}.share")
        if share is not None:
            half = 0.5 if share.is_integer() else 1e-6
            known.share(name, f"{p}intake.submitted", share - half, share + half)
    matched = release.number(f"{base}.share_matched")
    if matched is not None:
        half = 0.5 if matched.is_integer() else 1e-6
        size = m.var(f"{base}.could_match")
        m.total(size, [f"{base}.n_treatment", f"{base}.not_matched"])
        known.share(f"{base}.n_treatment", size, matched - half, matched + half)


def _before_matching(known: Knowledge, release: Release, base: str) -> None:
    """Tie the sizes of the groups of a characteristics table to the flow."""
    m = known.m
    aside = release.some_set_aside(base)
    known.all_scored |= set() if aside else {base}
    m.var(f"{base}.aside", 0, BIG if aside else 0)
    m.line({f"{base}.{BEFORE}.size": 1, f"{base}.aside": 1,
            f"{base}.not_matched": -1, f"{base}.n_treatment": -1}, 0, 0)  # fmt: skip
    m.line({f"{base}.aside": -1, f"{base}.not_matched": 1}, 0, BIG)
    m.line({f"{base}.{AFTER}.size": 1, f"{base}.n_treatment": -1}, 0, 0)


def _primaries(known: Knowledge, release: Release) -> None:
    """Of the hidden counts of a flow one at least is unsafe; the others are safe."""
    own = [
        name
        for name, kind in known.asked.items()
        if kind == "flow"
        and name.startswith(release.prefix)
        and ("|" in name) == bool(release.prefix)
    ]
    if not known.knows_the_rule or not own:
        return
    switches = []
    for name in own:
        switches.append(known.few(name))
        known.safe_unless(name, None, switches[-1])
    bases = {name.rpartition(".")[0] for name in own if name.endswith(".n_treatment")}
    if not bases & known.related:  # else another analysis may be why a size is hidden
        known.m.line(dict.fromkeys(switches, 1), 1, BIG)
