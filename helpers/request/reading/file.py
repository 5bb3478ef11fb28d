"""A request as it stands in a file: YAML with duplicate keys and odd signs refused.

Values without quotes stay as they are written (`Plain`): whether `012` or `no` is a
text or a number is for the key to say, not for YAML.
"""

import copy
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import RequestError
from helpers.files import ROOT, shown
from helpers.request.reading.signs import misread
from helpers.request.reading.syntax import explain

#: a request file of more bytes is refused; a long one has some 20,000
LARGEST = 256 * 1024
#: so many keys and values a request may come to, each alias (*name) written out
MOST_VALUES = 20_000


class Plain(str):
    """A value that stands in the file without quotes."""


def read(source: str | Path) -> tuple[dict[str, Any], str]:
    """Read the mapping under `request:` of a YAML file; the file's name for messages.

    The path is absolute or relative to the repository root (else to the working
    folder). Raises RequestError with every problem of the file as YAML.
    """
    path = _locate(Path(source))
    name = shown(path)
    found, text = misread(_text(path, name))
    builder, content = _Builder(), None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = builder.build(node) if node is not None else None
        if builder.written_out(node) > MOST_VALUES:
            builder.problems.append(
                f"comes to more than {MOST_VALUES:,} values with each alias (*) "
                "written out; a request has some hundred"
            )
    except (yaml.YAMLError, RecursionError) as error:
        # where signs were misread, YAML stumbles over what comes of it
        found = found or [explain(error, text)]
    found += builder.problems
    if found:
        raise RequestError([f"{name}: {problem}" for problem in found])
    return unwrap(content, name, file=True), name


def _text(path: Path, name: str) -> str:
    """Give the text of a request file, its lines ended as on this machine."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise RequestError(
                f"{name}: is larger than {LARGEST // 1024} KB, which no request is; "
                "name the file of a request"
            )
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise RequestError(f"{name}: cannot be read; {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RequestError(
            f"{name}: line {line}: a character that is not UTF-8; "
            "save the file with the encoding UTF-8"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unwrap(content: Any, name: str, *, file: bool = False) -> dict[str, Any]:
    """Give the mapping under `request:`; without a file the mapping itself will do."""
    first = "the first line of a request is request:, all its keys stand under it"
    if content is None or content == {}:
        raise RequestError(f"{name}: is empty; {first}")
    if not isinstance(content, Mapping):
        raise RequestError(f"{name}: holds no keys; {first}")
    if "request" not in content:
        if not file:
            return dict(content)
        near = difflib.get_close_matches("request", map(str, content), 1)
        asked = f"; found {near[0]}: in its place" if near else ""
        raise RequestError(f"{name}: has no request: at its top{asked}; {first}")
    beside = [str(key) for key in content if key != "request"]
    if beside:
        raise RequestError(
            f"{name}: {', '.join(beside)} must stand under request:, not beside it; "
            "put two spaces before it"
        )
    inner = content["request"]
    if not isinstance(inner, Mapping):
        raise RequestError(
            f"{name}: request holds no keys; put the keys of the request under it, "
            "two spaces in"
        )
    return dict(inner)


def changed(raw: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the request with settings replaced, each named by its dotted path.

    A number in a path counts the items of a list from 0. Raises RequestError.
    """
    result, problems = copy.deepcopy(raw), []
    for path, value in changes.items():
        problem = _put(result, path.split("."), copy.deepcopy(value))
        if problem:
            problems.append(f"changes: {path}: {problem}")
    if problems:
        raise RequestError(problems)
    return result


def _put(place: Any, parts: list[str], value: Any) -> str | None:
    for depth, part in enumerate(parts):
        above = ".".join(parts[:depth])
        last = depth == len(parts) - 1
        if isinstance(place, list):
            if not part.isdigit() or int(part) >= len(place):
                numbers = f"0 to {len(place) - 1}" if len(place) > 1 else "0"
                return f"{above} is a list, its items are {numbers}; found {part}"
            key: Any = int(part)
        elif isinstance(place, dict):
            key = part
            if place.get(key) is None and not last:
                place[key] = {}
        else:
            return f"{above} holds one value; change {above} as a whole"
        if last:
            place[key] = value
        place = place[key]
    return None


def _locate(source: Path) -> Path:
    path = ROOT / source.expanduser()
    if not path.exists() and source.exists():
        path = source.resolve()
    if path.is_file():
        return path
    name = shown(path)
    folder = path if path.is_dir() else path.parent
    files = sorted(shown(file) for file in folder.glob("*.y*ml"))
    files = files or sorted(shown(file) for file in (ROOT / "params").glob("*.y*ml"))
    near = difflib.get_close_matches(name, files, 1, 0.5)
    if path.exists() and not path.is_dir():
        raise RequestError(f"{name}: is no ordinary file; name the file of a request")
    if path.is_dir():
        advice = f"name a file in it, for example {files[0]}" if files else ""
        raise RequestError(f"{name}: is a folder; {advice or 'name a file'}")
    advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(files)}"
    raise RequestError(f"{name}: does not exist; {advice}")


class _Builder:
    """Builds mappings, lists and values from YAML nodes, each node once."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.built: dict[int, Any] = {}
        self.open: set[int] = set()
        self.counts: dict[int, int] = {}

    def written_out(self, node: yaml.Node | None) -> int:
        """Give how many keys and values a node comes to, its aliases written out."""
        if not isinstance(node, yaml.CollectionNode):
            return 1
        if id(node) not in self.counts:
            self.counts[id(node)] = 1  # a block that stands inside itself is told
            items = node.value
            if isinstance(node, yaml.MappingNode):
                items = [part for pair in items for part in pair]
            self.counts[id(node)] += sum(map(self.written_out, items))
        return self.counts[id(node)]

    def build(self, node: yaml.Node) -> Any:
        if id(node) in self.open:
            self._problem(node, "a block that stands inside itself; write it out")
            return None
        if id(node) not in self.built:
            self.open.add(id(node))
            self.built[id(node)] = self._make(node)
            self.open.discard(id(node))
        return self.built[id(node)]

    def _make(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if kind.startswith(("!", "python/", "tag:")):
            self._problem(node, f"{node.tag} is not used here; leave it out")
        if node.style is not None or kind == "str" and not _bare(node):
            return str(node.value)
        if kind == "null":
            return None
        if kind == "bool" and node.value.lower() in ("true", "false"):
            return node.value.lower() == "true"
        return Plain(node.value)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, "brackets where a key is wanted; put a text that "
                              "starts with { or [ in quotes")  # fmt: skip
                continue
            name, line = str(key.value), key.start_mark.line + 1
            if name in lines:
                self.problems.append(
                    f"line {line}: {name} stands here again, first in line "
                    f"{lines[name]}; keep one of the two"
                )
            lines.setdefault(name, line)
            result[name] = self.build(value)
        return result

    def _problem(self, node: yaml.Node, text: str) -> None:
        self.problems.append(f"line {node.start_mark.line + 1}: {text}")


def _bare(node: yaml.ScalarNode) -> bool:
    """Tell whether a text has no tag of its own, as `!!str 012` has."""
    pointer, buffer = node.start_mark.pointer, node.start_mark.buffer
    return buffer is None or not buffer[pointer:].startswith("!")
