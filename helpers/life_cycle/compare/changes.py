"""Old and new side by side, as a line has them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from helpers.runs.written import chain

#: how a value is told that is not there
NONE = "not there"
#: names that a line gives; more are counted
NAMED = 8


def line(what: str, was: Any, now: Any) -> str:
    """Give a line of what changed; a value that is None was not there."""
    return f"{seen(what)}: {told(was)} → {told(now)}"


def changed(what: str, was: str, now: str) -> list[str]:
    """Give a line where two texts differ; nothing where they are the same."""
    return [] if was == now else [line(what, was, now)]


def under(name: str, rows: Iterable[str]) -> list[str]:
    """Put rows under a heading, indented; nothing where there is no row."""
    rows = [f"  {row}" for row in rows]
    return [f"{told(name)}:", *rows] if rows else []


def seen(text: str) -> str:
    """Give a text in one line, as a terminal may show it."""
    return chain.seen(" ".join(text.split()))


def told(value: Any) -> str:
    """Give a value as a person reads it, whatever a file had in it."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        value = [f"{name}: {told(inner)}" for name, inner in value.items()]
    if isinstance(value, list):
        return named(map(str, value)) or "none"
    return seen(value if isinstance(value, str) else str(value)) or "empty"


def named(names: Iterable[str]) -> str:
    """Name things one after the other, and count those beyond the first few."""
    each = [seen(name) for name in names]
    more = len(each) - NAMED
    return "; ".join(each[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def apart(
    was: Iterable[Any], now: Iterable[Any], call: Callable[[Any], str] = str
) -> list[str]:
    """Name what the first run alone has, and what the second alone has, in order.

    `call` gives what each is called, where that is not what it is known by.
    """
    was, now = list(dict.fromkeys(was)), list(dict.fromkeys(now))
    sides = {
        "in A only": [name for name in was if name not in now],
        "in B only": [name for name in now if name not in was],
    }
    return [
        f"{where}: {named(map(call, names))}" for where, names in sides.items() if names
    ]


def differing(was: Any, now: Any, key: str = "") -> Iterator[str]:
    """Give a line for each key of which two nested values differ.

    A block that one run alone has is one line. Of lists it names what one alone has; of
    things that have names, such as analyses, those that both have are looked into.
    """
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys([*was, *now]):
            inner = f"{key}.{name}" if key else str(name)
            yield from differing(was.get(name), now.get(name), inner)
    elif isinstance(was, list) and isinstance(now, list):
        yield from _lists(was, now, key)
    else:
        yield line(key, was, now)


def _lists(was: list[Any], now: list[Any], key: str) -> Iterator[str]:
    if all(map(_is_named, [*was, *now])):
        old, new = ({one["name"]: one for one in side} for side in (was, now))
        for name in old:
            if name in new:
                yield from differing(old[name], new[name], f"{key} ({name})")
    else:
        old, new = ({str(one): one for one in side} for side in (was, now))
    only = apart(old, new)
    yield from (f"{seen(key)}: {names}" for names in only)
    if not only and list(old) != list(new):
        yield f"{seen(key)}: the same in another order"


def _is_named(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("name"), str)
