"""What the source tells of the layout of helpers/, read from its imports and literals.

Every function takes the source as a mapping of path (below the repository, as text) to
text, so that a test can plant a breach in it, and gives a line for each breach. What
one file tells is kept, by its text: beside a planted breach all other files are known.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

Source = Mapping[str, str]

#: who may import whom: only what stands on an earlier line; one line, one floor
FLOORS = (
    {"errors", "files", "names", "set_up"},
    {"request"},
    {"publication", "jupyter", "synthetic"},
    {"runs"},
    {"charts", "intake", "life_cycle"},
    {"matching"},
    {"outcomes"},
    {"commands"},
    {"__main__"},
)
STAGES = ("intake", "matching", "outcomes", "charts")
#: a library and the only places that may know it
ONLY = {
    "matplotlib": "helpers.publication.figures.",
    "seaborn": "helpers.publication.figures.",
    "nbconvert": "helpers.publication.report.pages",
    "papermill": "helpers.runs.carrying_out.execute",
    "IPython": "helpers.jupyter.",
    "ipykernel": "helpers.jupyter.",
    "mpl_toolkits": "helpers.publication.figures.",
    "duckdb": "helpers.intake.records.duckdb_engine",
    "pyspark": "helpers.intake.records.spark_engine",
}
#: what the standard library alone carries, since it runs before anything is installed
BARE = ("helpers.set_up", "helpers.files", "helpers.errors", "helpers.names",
        "helpers.__main__")  # fmt: skip
FULL = 16  # modules in a folder, above which it is cut into rooms
ARGUMENTS = 5  # of a public function, options that are named in the call not counted


def source_of(root: Path) -> dict[str, str]:
    """The Python files below helpers/ of a checkout."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / "helpers").rglob("*.py"))
    }


def module_of(path: str) -> str:
    """The dotted name of a file."""
    name = ".".join(PurePosixPath(path).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports(source: Source) -> dict[str, set[str]]:
    """What each module imports: those in functions and under TYPE_CHECKING too.

    A name taken from a package counts as its module where there is one of that name.
    """
    known = {module_of(path) for path in source}
    found: dict[str, set[str]] = {}
    for path, text in source.items():
        plain, from_ = _imported(path, text)
        taken = {full if full in known else base for full, base in from_}
        found[module_of(path)] = plain | taken
    return found


@cache
def _imported(path: str, text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """What one file imports: modules, and names (in full) with what they are from."""
    name, plain, from_ = module_of(path), set(), set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            plain |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Call):
            plain |= _by_name(node)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = node.level - path.endswith("/__init__.py")
                above = name.split(".")[: -up or None]
                base = ".".join([*above, *filter(None, [node.module])])
            from_ |= {(f"{base}.{alias.name}", base) for alias in node.names}
    return plain, from_


def _by_name(call: ast.Call) -> set[str]:
    """The module that a call imports by its name, written out as a text."""
    called = ast.unparse(call.func).split(".")[-1]
    if called not in ("import_module", "__import__") or not call.args:
        return set()
    first = call.args[0]
    if isinstance(first, ast.JoinedStr):  # what stands before the first brace is known
        first = first.values[0]
    return {first.value} if isinstance(first, ast.Constant) else {"a name worked out"}


def hidden(source: Source) -> list[str]:
    """Imports that hide what is used: helpers as a whole, or a name worked out."""
    return [
        f"{module} imports {other}; name the module"
        for module, others in imports(source).items()
        for other in sorted(others & {"helpers", "a name worked out"})
    ]


def _room(module: str) -> str:
    """The part of helpers/ that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


def upward(source: Source) -> list[str]:
    """Imports that go up or along a floor, from one part of helpers/ to another."""
    floor = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
    found = [f"helpers/{room} is on no floor"
             for room in sorted({_room(module_of(path)) for path in source} - {""})
             if room not in floor]  # fmt: skip
    for module, others in imports(source).items():
        for other in sorted(o for o in others if o.startswith("helpers.")):
            here, there = _room(module), _room(other)
            if here in floor and there in floor and here != there:
                # the lowest floor is one: files and errors lie below set_up
                lowest = floor[here] == 0 and there in ("errors", "files")
                if floor[there] >= floor[here] and not lowest:
                    found.append(f"{module} imports {other}, which is not below it")
    return found


def circles(source: Source) -> list[str]:
    """Modules that import each other, by whatever way round."""
    edges = {m: {o for o in others if o.startswith("helpers")}
             for m, others in imports(source).items()}  # fmt: skip
    reach: dict[str, set[str]] = {}
    for start in edges:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for other in edges.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        reach[start] = seen
    return [f"{module} is imported by what it imports itself"
            for module in sorted(edges) if module in reach[module]]  # fmt: skip


def strangers(source: Source) -> list[str]:
    """Imports that only one place may have, and rooms that know the report."""
    found = []
    for module, others in imports(source).items():
        stage, *rest = module.split(".")[1:] or [""]
        inside = rest[:1] and rest[0] not in ("report", "sources")
        for other in sorted(others):
            place = ONLY.get(other.split(".")[0])
            if place and not f"{module}.".startswith(place):
                found.append(f"{module} imports {other}; only {place} may")
            if stage in STAGES and inside:
                if _room(other) in ("publication", "runs"):
                    found.append(f"{module} imports {other}; only its report/ may")
                if other.startswith(f"helpers.{stage}.report"):
                    found.append(f"{module} imports {other}, which is made from it")
    return found


def heavy(source: Source, standard: frozenset[str]) -> list[str]:
    """What runs before the set-up and imports more than the standard library."""
    return [
        f"{module} imports {other}; it runs before anything is installed"
        for module, others in imports(source).items()
        if module.startswith(BARE)
        for other in sorted(others)
        if other.split(".")[0] not in standard
        and not other.startswith((*BARE, "helpers.commands.start"))
    ]


#: what a command's help needs, and what every command asks: only in functions more
EARLY = ("helpers.commands", "helpers.life_cycle.holdings")


def early(source: Source, standard: frozenset[str]) -> list[str]:
    """What is imported with the command line, before the set-up, and is not bare."""
    top = {path: _top(text) for path, text in source.items()}
    return [
        f"{module} imports {other} before anything is installed"
        for module, others in imports(source | top).items()
        if module.startswith(EARLY)
        for other in sorted(others)
        if other.split(".")[0] not in standard and not other.startswith((*BARE, *EARLY))
    ]


@cache
def _top(text: str) -> str:
    """The imports of a file that stand in no function."""
    body = ast.parse(text).body
    kept = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    return ast.unparse(ast.Module(kept, []))


def unmapped(source: Source) -> list[str]:
    """Packages whose docstring is no map, and stages' `__init__` that import."""
    found = []
    for path, text in source.items():
        if not path.endswith("/__init__.py"):
            continue
        package, folder = module_of(path), PurePosixPath(path).parent
        tree = ast.parse(text)
        map_ = ast.get_docstring(tree) or ""
        if package.split(".")[1:2] and package.split(".")[1] in STAGES:
            nodes = ast.walk(tree)
            if any(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes):
                found.append(f"{path} imports; only its docstring is the map")
        inside = {
            PurePosixPath(p).relative_to(folder).parts[0].removesuffix(".py")
            for p in source
            if PurePosixPath(p).is_relative_to(folder)
        }
        for name in sorted(inside - {"__init__", "__main__"}) if "." in package else ():
            if not re.search(rf"^{name}/? +\S", map_, re.MULTILINE):
                found.append(f"{path}: its map does not tell of {name}")
        lines = re.findall(r"^([a-z_]+)/? {2,}\S", map_, re.MULTILINE)
        beside = {"settings", "template"}  # folders without Python in them
        found += [
            f"{path}: its map tells of {name}, which is not there"
            for name in lines
            if name not in inside | beside
        ]
    return found


def crowded(source: Source) -> list[str]:
    """Folders with too many modules, and prefixes that ask for a folder."""
    found = []
    folders: dict[PurePosixPath, list[str]] = {}
    for path in source:
        place = PurePosixPath(path)
        if place.name != "__init__.py":
            folders.setdefault(place.parent, []).append(place.stem)
    for folder, names in folders.items():
        if len(names) > FULL:
            found.append(f"{folder} holds {len(names)} modules; cut it into rooms")
        starts = [name.split("_")[0] for name in names]
        found += [
            f"{folder}: {starts.count(start)} modules begin with {start}; make a room"
            for start in sorted(set(starts))
            if start and starts.count(start) >= 3
        ]
    return found


def many_arguments(source: Source) -> list[str]:
    """Public functions that take more than five arguments besides options."""
    return [line for path, text in source.items() for line in _many(path, text)]


@cache
def _many(path: str, text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        names = [name for name in names if name not in ("self", "cls")]
        private = node.name.startswith("_") and node.name != "__init__"
        if not private and len(names) > ARGUMENTS:
            found.append(f"{path}: {node.name} takes {len(names)} arguments")
    return found


FRAME = r"(pd|pandas)\.(DataFrame|concat|read_\w+)|.*\.merge"


def nameless(source: Source) -> list[str]:
    """Frames called found, made or whole: a variable is named for what it holds."""
    return [line for path, text in source.items() for line in _nameless(path, text)]


@cache
def _nameless(path: str, text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            continue
        if not isinstance(node.value, ast.Call):
            continue
        makes = re.fullmatch(FRAME, ast.unparse(node.value.func))
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [n.id for n in targets if isinstance(n, ast.Name)]
        for name in names:
            if makes and name in ("found", "made", "whole"):
                found.append(f"{path}: line {node.lineno}: a frame called {name}")
    return found


def constants(source: Source) -> Iterator[tuple[str, int, object]]:
    """Texts and numbers that stand in the code, docstrings left out."""
    for path, text in source.items():
        for line, value in _constants(text):
            yield path, line, value


@cache
def _constants(text: str) -> list[tuple[int, object]]:
    nodes = list(ast.walk(ast.parse(text)))
    told = {
        id(node.value)
        for node in nodes
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and id(node) not in told
    ]


def told_again(source: Source, texts: Mapping[str, str]) -> list[str]:
    """Texts that stand in another module than the one that has them.

    `texts` is text → the path of its one module.
    """
    return [
        f"{path}: line {line}: {value!r} is told by {texts[value]}"
        for path, line, value in constants(source)
        if isinstance(value, str) and value in texts and path != texts[value]
    ]


def compared_with(source: Source, numbers: set[float], home: str) -> list[str]:
    """Comparisons with a number that has a name in the module `home`."""
    found = []
    for path, text in source.items():
        for node in ast.walk(ast.parse(text)):
            if path == home or not isinstance(node, ast.Compare):
                continue
            for side in (node.left, *node.comparators):
                if (
                    isinstance(side, ast.Constant)
                    and type(side.value) in (int, float)
                    and side.value in numbers
                ):
                    told = ast.unparse(node)
                    found.append(f"{path}: line {node.lineno}: {told}; see {home}")
    return found
