"""What two runs found, as each released it: people, balance and estimates.

Both numbers of a line are printed as they were released. Nothing is worked out from
the two, and a number that was withheld is told as [c].
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from helpers.life_cycle.compare import changes
from helpers.life_cycle.compare.sides import Side
from helpers.life_cycle.parts import FOUND, largest, printed
from helpers.publication import labels, refs
from helpers.publication.report.changed import (
    MEASURED,
    SIGNIFICANT,
    SIZES,
    VERDICT,
    titled,
)
from helpers.request.limits import REASONABLE, WELL

#: of the page's own numbers: who was submitted and is not in an analysis
NOT_IN = "People on the list who are not in it"
#: whether an analysis has a result, as result.json says it
WHY = "could_not_be_analysed"
YES_NO = {True: "yes", False: "no"}
#: the finest that a number is told, but for one that would be nought
HUNDREDTH = Decimal("0.01")
#: a difference after matching that was withheld
HIDDEN = "withheld"


def said(a: Side, b: Side) -> Iterator[str]:
    """Tell each measure that is no longer said to come to the same."""
    old, new = _analyses(a), _analyses(b)
    titles = _titles(a) | _titles(b)
    for name in _both(old, new):
        was, now = (
            {one["outcome"]: one for one in side[name]["outcomes"]}
            for side in (old, new)
        )
        rows: list[str] = []
        for key in _both(was, now):
            words = (_said(one[key]) for one in (was, now))
            rows += _changed(titles.get(key, key), *words)
        yield from _under(name, rows)


def _said(one: Mapping[str, Any]) -> str:
    """Give what a measure is said to come to; [c] where that was withheld."""
    significant, difference = one.get(VERDICT), one.get("difference")
    if significant is None:
        return printed(None)
    if not significant:
        return "not statistically significant"
    way = {True: " decrease", False: " increase", None: ""}
    return f"significant{way[None if difference is None else difference < 0]}"


def people(a: Side, b: Side) -> Iterator[str]:
    """Tell who was submitted, linked and analysed, where it is printed otherwise."""
    was, now = (_number(side, refs.SUBMITTED) for side in (a, b))
    yield from _changed(SIZES["n_submitted"], was, now)
    yield from changes.differing(_linked(a), _linked(b))
    old, new = _analyses(a), _analyses(b)
    yield from (f"analyses {line}" for line in changes.apart(old, new))
    for name in _both(old, new):
        yield from _under(name, _people(a, b, name, old[name], new[name]))


def balance(a: Side, b: Side) -> Iterator[str]:
    """Tell how alike the groups of each analysis are, where it is told otherwise."""
    old, new = _analyses(a), _analyses(b)
    for name in _both(old, new):
        was, now = old[name], new[name]
        rows = list(_changed("Verdict", _quality(was), _quality(now)))
        rows += _changed("Largest difference shown", _largest(was), _largest(now))
        before, after = _characteristics(a, was), _characteristics(b, now)
        for what in (one for one in before if one in after):
            (verdict, smd), (verdict_now, smd_now) = before[what], after[what]
            if verdict != verdict_now:
                sizes = (f"{verdict} ({smd})", f"{verdict_now} ({smd_now})")
                rows.append(changes.line(what, *sizes))
        rows += [f"characteristics {line}" for line in changes.apart(before, after)]
        yield from _under(name, rows)


def estimates(a: Side, b: Side) -> Iterator[str]:
    """Tell each measure of each analysis that is printed otherwise."""
    old, new = _analyses(a), _analyses(b)
    for name in _both(old, new):
        was, now = (
            {one["outcome"]: one for one in side[name]["outcomes"]}
            for side in (old, new)
        )
        titles = _titles(a) | _titles(b)
        named = ([titles.get(key, key) for key in side] for side in (was, now))
        rows = [f"measures {line}" for line in changes.apart(*named)]
        for key in _both(was, now):
            times = 100 if "rate" in (_kind(a, key), _kind(b, key)) else 1
            rows += _under(titles.get(key, key), _measure(was[key], now[key], times))
        yield from _under(name, rows)


def published(a: Side, b: Side) -> Iterator[str]:
    """Tell the numbers of two summaries of published results that differ."""
    yield from changes.differing(a.result, b.result)


def _measure(was: Mapping, now: Mapping, times: int) -> list[str]:
    """Give what of a measure is printed otherwise, and its verdict in any case."""
    rows = []
    for field, label in MEASURED.items():
        scale = 1 if field.startswith("n_") else times
        rows += _changed(label, *_as_fine(was.get(field), now.get(field), times=scale))
    verdicts = [YES_NO.get(one.get(VERDICT), printed(None)) for one in (was, now)]
    if verdicts[0] != verdicts[1]:
        return [*rows, changes.line(SIGNIFICANT, *verdicts)]
    return [*rows, f"{SIGNIFICANT}: {verdicts[0]} in both"] if rows else []


def _as_fine(*values: float | None, times: int) -> list[str]:
    """Give released numbers with as many decimals as the finest of them has.

    One that two decimals would show as nought has as many as its first figure needs.
    """
    sizes = [None if v is None else Decimal(repr(v)) * times for v in values]
    places = 0
    for size in sizes:
        if size:
            enough = size.quantize(HUNDREDTH) or Decimal(f"{size:.0e}")
            exponent = enough.normalize().as_tuple().exponent
            places = max(places, -int(exponent))
    return [printed(None) if s is None else f"{s:,.{places}f}" for s in sizes]


def _people(a: Side, b: Side, name: str, was: Mapping, now: Mapping) -> Iterator[str]:
    sides = ((was, a), (now, b))
    for field, label in SIZES.items():
        if field != "n_submitted":  # told once, of all analyses
            yield from _changed(label, *(printed(one.get(field)) for one, _ in sides))
    out = refs.of(name, "not_analysed")
    yield from _changed(NOT_IN, *(_number(side, out) for _, side in sides))
    why = (changes.told(one.get(WHY) or "has a result") for one, _ in sides)
    yield from _changed("Result", *(word.replace("_", " ") for word in why))


def _analyses(side: Side) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in side.result.get("analyses", [])}


def _both(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [name for name in old if name in new]


def _under(name: str, rows: Any) -> list[str]:
    """Put rows under a heading, indented; nothing where there is no row."""
    rows = [f"  {row}" for row in rows]
    return [f"{changes.told(name)}:", *rows] if rows else []


def _changed(label: str, was: str, now: str) -> list[str]:
    return [] if was == now else [changes.line(label, was, now)]


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
    size = largest(one["balance"])
    return printed(None) if size is None else f"{printed(size)}%"


def _characteristics(side: Side, one: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give each characteristic's verdict after matching, and its difference."""
    told = {}
    for row in one["balance"]:
        smd = row["smd_after"]
        shown = printed(smd) if smd is None else f"{printed(smd)}%"
        told[_label(side, row, one["balance"])] = (_verdict(smd), shown)
    return told


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


def _titles(side: Side) -> dict[str, str]:
    """Give the title of each measure with what its values are counted in."""
    outcomes = side.request.outcomes if side.request else ()
    return {one.name: titled(one) for one in outcomes}


def _kind(side: Side, outcome: str) -> str | None:
    asked = side.manifest["request"].get("outcomes", [])
    return next((one.get("kind") for one in asked if one["name"] == outcome), None)
