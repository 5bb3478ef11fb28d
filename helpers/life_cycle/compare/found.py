"""Whom two runs compared, and how alike they were, as each released it.

Both numbers of a line are printed as they were released. Nothing is worked out from
the two, and a number that was withheld is told as [c].
"""

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.life_cycle.compare import changes
from helpers.life_cycle.compare.measures import both
from helpers.life_cycle.compare.sides import Side
from helpers.life_cycle.parts import FOUND, largest, printed
from helpers.publication import labels, refs
from helpers.publication.numbers import MINUS, Number
from helpers.publication.report.changed import SIZES
from helpers.request.limits import REASONABLE, WELL

#: of the page's own numbers: who was submitted and is not in an analysis
NOT_IN = "People on the list who are not in it"
#: whether an analysis has a result, as result.json says it
WHY = "could_not_be_analysed"
#: a characteristic and its level, as both runs know it whatever each calls it
Level = tuple[str, str]
#: a difference after matching that was withheld
HIDDEN = "withheld"


def people(a: Side, b: Side) -> Iterator[str]:
    """Tell who was submitted, linked and analysed, where it is printed otherwise."""
    was, now = (_number(side, refs.SUBMITTED) for side in (a, b))
    yield from changes.changed(SIZES["n_submitted"], was, now)
    yield from changes.differing(_linked(a), _linked(b))
    old, new = a.analyses, b.analyses
    yield from (f"analyses {line}" for line in changes.apart(old, new))
    for name in both(old, new):
        yield from changes.under(name, _people(a, b, name, old[name], new[name]))


def balance(a: Side, b: Side) -> Iterator[str]:
    """Tell how alike the groups of each analysis are, where it is told otherwise."""
    old, new = a.analyses, b.analyses
    for name in both(old, new):
        was, now = old[name], new[name]
        rows = list(changes.changed("Verdict", _quality(was), _quality(now)))
        sizes = _largest(was), _largest(now)
        rows += changes.changed("Largest difference shown", *sizes)
        before, after = _characteristics(was), _characteristics(now)
        called = _labels(b, now) | _labels(a, was)
        for what in both(before, after):
            (verdict, smd), (verdict_now, smd_now) = before[what], after[what]
            if verdict != verdict_now:
                sizes = (f"{verdict} ({smd})", f"{verdict_now} ({smd_now})")
                rows.append(changes.line(called[what], *sizes))
        only = changes.apart(before, after, called.__getitem__)
        rows += [f"characteristics {line}" for line in only]
        yield from changes.under(name, rows)


def published(a: Side, b: Side) -> Iterator[str]:
    """Tell the numbers of two summaries of published results that differ."""
    yield from changes.differing(a.result, b.result)


def _people(a: Side, b: Side, name: str, was: Mapping, now: Mapping) -> Iterator[str]:
    sides = ((was, a), (now, b))
    for field, label in SIZES.items():
        if field != "n_submitted":  # told once, of all analyses
            sizes = (printed(one.get(field)) for one, _ in sides)
            yield from changes.changed(label, *sizes)
    out = refs.of(name, "not_analysed")
    yield from changes.changed(NOT_IN, *(_number(side, out) for _, side in sides))
    why = (changes.told(one.get(WHY) or "has a result") for one, _ in sides)
    yield from changes.changed("Result", *(word.replace("_", " ") for word in why))


def _number(side: Side, ref: str) -> str:
    return printed(side.numbers.get(ref))


def _linked(side: Side) -> dict[str, str]:
    """Give how many lines were found in the records, and how, as printed."""
    rows = (list(row.values()) for row in side.rows(FOUND))
    return {f"Lines, {how[:1].lower()}{how[1:]}": lines for how, lines, *_ in rows}


def _quality(one: Mapping[str, Any]) -> str:
    quality = one.get("match_quality")
    return f"{quality} matched" if quality else printed(None)


def _largest(one: Mapping[str, Any]) -> str:
    return _per_cent(largest(one["balance"]))


def _per_cent(smd: float | None) -> str:
    """Give a standardised mean difference as the page prints it."""
    if smd is None:
        return printed(None)
    return f"{Number('', float(smd), 'smd').text.replace(MINUS, '-')}%"


def _characteristics(one: Mapping[str, Any]) -> dict[Level, tuple[str, str]]:
    """Give each characteristic's verdict after matching, and its difference."""
    return {
        (row["variable"], row["level"]): (_verdict(smd), _per_cent(smd))
        for row in one["balance"]
        for smd in [row["smd_after"]]
    }


def _labels(side: Side, one: Mapping[str, Any]) -> dict[Level, str]:
    """Give what each characteristic is called in the report of a run."""
    rows = one["balance"]
    return {(row["variable"], row["level"]): _label(side, row, rows) for row in rows}


def _verdict(smd: float | None) -> str:
    if smd is None:
        return HIDDEN
    return (
        "well matched" if abs(smd) <= WELL
        else "reasonably matched" if abs(smd) <= REASONABLE
        else "poorly matched"
    )  # fmt: skip


def _label(side: Side, row: Mapping[str, Any], rows: list[Any]) -> str:
    """Give what a characteristic is called in a report."""
    name, value = row["variable"], row["level"]
    if side.request is None:
        return f"{labels.plain(name)}: {value}" if value else labels.plain(name)
    called = labels.variable(side.request, name)
    levels = {one["level"].lower() for one in rows if one["variable"] == name}
    coded = levels <= {*labels.YES_NO, "missing"}
    level = labels.level(side.request, name, value, yes_no=coded) if value else ""
    return f"{called}: {level}" if level else called
