"""What is wrong with a request, a line a problem: key, rule, what was found, advice."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from helpers.request.reading.file import Plain
from helpers.request.reading.signs import named

Place = tuple[str | int, ...]

#: rules of pydantic's own that a key's limits can break
LIMITS = {
    "greater_than": ("must be above {}", "gt"),
    "greater_than_equal": ("must be {} or more", "ge"),
    "less_than": ("must be below {}", "lt"),
    "less_than_equal": ("must be {} or less", "le"),
    "string_too_long": ("must have {} characters at most", "max_length"),
}


@dataclass(frozen=True)
class Problem:
    """A broken rule at a place of the request; `found` "" is not printed."""

    place: Place
    rule: str
    found: str = ""
    advice: str = ""

    def line(self, raw: Any) -> str:
        """Give the problem in one line, without the file's name."""
        parts = [f"{spoken(self.place, raw)} {self.rule}".strip()]
        if self.found:
            parts.append(f"found {self.found}")
        return named("; ".join([*parts, self.advice] if self.advice else parts))


def problems(
    error: ValidationError, raw: Any, schema: dict[str, Any], prefix: Place = ()
) -> list[Problem]:
    """Give every problem that the models found, in the house's words.

    `raw` is the whole request as written, `schema` its JSON schema, `prefix` the place
    of the part that was validated.
    """
    # a part is one of an analysis
    keys = _Keys(schema, "Request" if prefix else error.title)
    found = [_problem(item, raw, keys, prefix) for item in error.errors()]
    # a misspelt key is one problem, not also a missing key
    meant = {
        (*problem.place[:-1], problem.advice[len("did you mean ") : -1].split(".")[-1])
        for problem in found
        if problem.advice.startswith("did you mean ") and "not a key" in problem.rule
    }
    return [
        problem
        for problem in found
        if problem.place not in meant or problem.rule != "is missing"
    ]


def _problem(item: Any, raw: Any, keys: "_Keys", prefix: Place) -> Problem:
    steps = (*prefix, *item["loc"])
    place = tuple(
        step for step in steps if not (isinstance(step, str) and step[:1] in ("(", "["))
    )
    context, kind = item.get("ctx", {}), item["type"]
    if kind == "extra_forbidden":
        return Problem(place, "is not a key of a request", "", keys.meant(place, raw))
    if kind == "missing":
        written = _at(raw, place[:-1])
        empty = isinstance(written, Mapping) and place[-1] in written
        example = keys.example(place)
        advice = f"write for example {place[-1]}: {example}" if example else ""
        return Problem(place, "is empty" if empty else "is missing", "", advice)
    value = item["input"]
    example = keys.example(place)
    advice = f"write for example {example}" if example else ""
    if kind in LIMITS:
        rule, limit = LIMITS[kind]
        return Problem(place, rule.format(f"{context[limit]:g}"), show(value), advice)
    if kind == "fault":
        found = show(value) if context["found"] is None else context["found"]
        found = "" if context["rule"] == "is empty" else found
        return Problem(place, context["rule"], found, context["advice"] or advice)
    return Problem(place, "is not what a request holds here", show(value), advice)


def show(value: Any) -> str:
    """Give a value as it stands in YAML, cut where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        names = ", ".join(map(str, value))
        return f"the keys {_cut(names)}" if value else "no keys"
    if isinstance(value, list | tuple):
        return f"the list {_cut(written(list(value)))}" if value else "an empty list"
    if isinstance(value, str):
        bare = isinstance(value, Plain) and value[:1] in "-+.0123456789"
        return _cut(value) if bare else f'"{_cut(value)}"'
    return _cut(str(value))


def written(value: Any) -> str:
    """Give a value as a user writes it in YAML, on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {written(v)}' for name, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    try:
        plain = yaml.safe_load(f"[{value}]") == [value]
    except (yaml.YAMLError, ValueError):  # a day that no month has, a huge number
        plain = False
    return value if plain or isinstance(value, Plain) else json.dumps(value)


def _cut(text: str, length: int = 60) -> str:
    text = " ".join(re.split("[ \n]+", text.strip(" \n")))
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _at(raw: Any, place: Place) -> Any:
    for step in place:
        if isinstance(raw, Mapping):
            raw = raw.get(step)
        elif isinstance(raw, list | tuple) and isinstance(step, int):
            raw = raw[step] if step < len(raw) else None
        else:
            return None
    return raw


def spoken(place: Iterable[str | int], raw: Any) -> str:
    """Give a place as a user finds it: dotted keys, items of a list by their name."""
    text, so_far = "", ()
    for step in place:
        so_far = (*so_far, step)
        if isinstance(step, str):
            step = _cut(step)
            text += f".{step}" if text and not text.endswith(": ") else step
            continue
        if not isinstance(_at(raw, so_far[:-1]), list | tuple):
            continue  # one value in place of a list
        item = _at(raw, so_far)
        name = item.get("name") if isinstance(item, Mapping) else item
        text += (
            f' "{_cut(name)}": '
            if isinstance(name, str) and name
            else f" number {step + 1}: "
        )
    return text if not text.endswith(": ") else text[:-2]


class _Keys:
    """The keys of a request, their places and examples, read off its JSON schema."""

    def __init__(self, schema: dict[str, Any], model: str) -> None:
        self.schema = schema
        self.request = {"$ref": f"#/$defs/{model}"}

    def nodes(self, place: Place) -> list[dict[str, Any]]:
        """Give every part of the schema that can stand at a place."""
        nodes = [self.request]
        for step in place:
            below = []
            for node in self._open(nodes):
                if isinstance(step, int):
                    below += [node["items"]] if "items" in node else []
                elif step in node.get("properties", {}):
                    below.append(node["properties"][step])
                elif isinstance(node.get("additionalProperties"), dict):
                    below.append(node["additionalProperties"])
            nodes = below
        return nodes

    def _open(self, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        result = []
        for node in nodes:
            inner = [*node.get("anyOf", []), *node.get("oneOf", [])]
            if "$ref" in node:
                inner.append(self.schema["$defs"][node["$ref"].split("/")[-1]])
            result += self._open(inner) if inner else [node]
        return result

    def siblings(self, place: Place) -> list[str]:
        """Give the keys that may stand in the block of a place."""
        blocks = self._open(self.nodes(place[:-1]))
        return list(dict.fromkeys(k for b in blocks for k in b.get("properties", {})))

    def everywhere(self) -> list[tuple[str, ...]]:
        """Give every key's place, items of lists left out."""
        places, todo = [], [((), [self.request])]
        while todo:
            place, nodes = todo.pop(0)
            for node in self._open(nodes):
                for name, below in node.get("properties", {}).items():
                    places.append((*place, name))
                    todo.append(((*place, name), [below]))
                if "items" in node:
                    todo.append((place, [node["items"]]))
        return places

    def example(self, place: Place) -> str:
        """Give an example of what stands at a place, "" where there is none."""
        nodes = self.nodes(place)
        for node in [*nodes, *self._open(nodes)]:
            for example in node.get("examples", []):
                return written(example)
        return ""

    def meant(self, place: Place, raw: Any) -> str:
        """Tell which key was meant by one that a request does not have."""
        name, siblings = str(place[-1]), self.siblings(place)
        here = spoken(place[:-1], raw)
        lead = f"{here}." if here and not isinstance(place[-2], int) else ""
        plain = name.lower().replace("-", "_").replace(" ", "_")
        close = difflib.get_close_matches(plain, siblings, 1, 0.8)
        if close:
            return f"did you mean {lead}{close[0]}?"
        all_keys = self.everywhere()
        blocks = [".".join(key[:-1]) for key in all_keys if key[-1] == plain]
        homes = list(dict.fromkeys(home for home in blocks if home))
        if homes and len(homes) <= 4:
            return f"{plain} belongs under {' or '.join(homes)}"
        part = [key for key in siblings if plain in key.split("_")]
        close = part or difflib.get_close_matches(plain, siblings, 1, 0.6)
        if close:
            return f"did you mean {lead}{close[0]}?"
        part = [".".join(key) for key in all_keys if plain in key[-1].split("_")]
        if part and len(part) <= 2:
            return f"did you mean {' or '.join(part)}?"
        dotted = {key[-1]: ".".join(key) for key in reversed(all_keys)}
        close = difflib.get_close_matches(plain, dotted, 1, 0.75)
        if close:
            return f"did you mean {dotted[close[0]]}?"
        return f"the keys here are {', '.join(siblings)}"
