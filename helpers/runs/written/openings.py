"""What earlier openings of people's outcomes make of the one at hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Whose = Literal["everyone", "pool"]

#: the states in which the matching was not settled before outcomes could be seen, or
#: in which that is not known
UNSETTLED = {"held", "before", "unread"}


#: the check that every run has which opened everyone's outcomes, and what it finds
#: where all is as it should be
FIRST_OPENED = "these outcomes were first opened by this request, on this matching"
NOT_BEFORE = "not opened before"


@dataclass(frozen=True)
class Changed:
    """What is told of the times that these people's outcomes were opened before.

    `by` is the request that opened them first, `at` when (both empty where none is
    known), `whose` were opened then, and `matching` whether on another matching than
    this one; `settings` are the keys whose values differ. `others` counts the other
    matchings on which they were opened since, and `tried` are the keys in which those
    differ. `unread` says that the ledger was
    changed, or has openings under a key that is gone.
    """

    by: str
    at: str
    whose: Whose
    matching: bool
    settings: tuple[str, ...]
    others: int = 0
    tried: tuple[str, ...] = ()
    unread: bool = False


def changed(
    own: Mapping[str, Any],
    everyone: Sequence[Mapping[str, Any]],
    pool: Sequence[Mapping[str, Any]],
    since: Sequence[Mapping[str, Any]],
    *,
    unread: bool = False,
) -> Changed | None:
    """Give what earlier openings make of one with the lines `own`; None if nothing.

    `everyone` are the lines of openings of everyone's outcomes, oldest first, `pool`
    those of the pool's before the first of them, and `since` all after it.
    """
    elsewhere = [line for line in pool if line["matching"] != own["matching"]]
    first, whose = next(iter(everyone), None), "everyone"
    if first is None or first["matching"] == own["matching"]:
        if elsewhere or first is None:
            first, whose = next(iter(elsewhere or pool), None), "pool"
    if first is None:
        return Changed("", "", "everyone", False, (), unread=True) if unread else None
    known = {own["matching"], *(line["matching"] for line in everyone[:1])}
    tried = [line for line in since if line["matching"] not in known]
    told = Changed(
        first["id"],
        first["at"],
        whose,
        first["matching"] != own["matching"],
        differing([first], own["settings"]),
        len({line["matching"] for line in tried}),
        differing(tried, own["settings"]),
        unread,
    )
    nothing = Changed(own["id"], first["at"], whose, False, ())
    return None if told == nothing else told


def differing(
    lines: Collection[Mapping[str, Any]], own: Mapping[str, str]
) -> tuple[str, ...]:
    """Give the keys of settings in which any line differs, whatever names it has."""
    each = [_as_named(line["settings"], own) for line in lines]
    keys = dict.fromkeys([*own, *(key for theirs in each for key in theirs)])
    return tuple(
        key for key in keys if any(theirs.get(key) != own.get(key) for theirs in each)
    )


def _as_named(theirs: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Give settings with an analysis called as in `own`, if but its name differs."""
    was, now = _by_analysis(theirs), _by_analysis(own)
    names = {
        name: other
        for name, parts in was.items()
        for other in now
        if name not in now and other not in was and now[other] == parts
    }
    return {
        (names[name] + key.removeprefix(name) if (name := _analysis(key)) in names
         else key): value
        for key, value in theirs.items()
    }  # fmt: skip


def _by_analysis(settings: Mapping[str, str]) -> dict[str, dict[str, str]]:
    analyses: dict[str, dict[str, str]] = {}
    for key, value in settings.items():
        if name := _analysis(key):
            analyses.setdefault(name, {})[key.removeprefix(name)] = value
    return analyses


def _analysis(key: str) -> str:
    """Give the part of a key that names an analysis; empty if it is of none."""
    name, quoted, _ = key.rpartition('": ')
    return f'{name}"' if quoted and key.startswith('analyses "') else ""


def states(told: Changed | None, run_id: str, *, held: bool) -> list[str]:
    """Give how the outcomes stood when they were opened, as every sentence has it.

    `held`: the analyst held them all along; `before`: opened first on another matching;
    `unread`: not known, the ledger was changed or its key is gone; `pool`: the pool's
    alone had been opened on another matching; `tried`: opened first on this matching
    and since on others; `same`: first by another request, on this same matching; else
    `sealed`.
    """
    if told is None:
        return ["held"] if held else ["sealed"]
    everyone = told.whose == "everyone"
    found = {
        "held": held,
        "unread": told.unread,
        "before": told.matching and everyone,
        "pool": told.matching and not everyone and not held,
    }
    if not found["before"] and not told.unread:
        another = bool(told.by) and told.by != run_id
        found["tried"] = told.others > 0
        found["same"] = another and everyone and not (held or told.others)
    return [state for state, holds in found.items() if holds] or ["sealed"]


def in_brief(told: Changed | None, run_id: str) -> str:
    """Give what a check of the opening finds."""
    brief = {
        "unread": "not known: the ledger was changed, or its key is gone",
        "before": f"opened before, by {told.by}" if told else "",
        "tried": f"opened since on other matchings: {told.others}" if told else "",
        "same": f"first opened on this matching, by {told.by}" if told else "",
    }
    # of a ready cohort too
    known = states(told, run_id, held=False)
    return "; ".join(brief[one] for one in known if one in brief) or NOT_BEFORE
