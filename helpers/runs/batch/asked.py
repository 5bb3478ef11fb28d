"""Which requests a batch is of: files, ids, folders and patterns, each request once."""

import glob
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.errors import KitError, RequestError
from helpers.files import ROOT, request_id, requests_by_id, shown
from helpers.request import AnyRequest, load

#: the line by which a file says that it is a request
IS_REQUEST = re.compile(r"^\ufeff?[\"']?request[\"']?\s*:", re.MULTILINE)
ENDINGS = (".yml", ".yaml")


@dataclass(frozen=True)
class Asked:
    """A request of a batch: what it is called, its file, or why there is none.

    `name` is its id, or what was typed where no id can be read; `problem` is empty
    unless it cannot be carried out, and then has a line for each thing that is wrong.
    `idle` says why nothing is to be done for it; it is empty where something is.
    """

    name: str
    file: Path | None = None
    request: AnyRequest | None = field(default=None, repr=False)
    problem: str = ""
    idle: str = ""

    @property
    def title(self) -> str:
        """The title of the request; empty where it cannot be read."""
        return self.request.title if self.request else ""


def is_one(names: list[str]) -> bool:
    """Tell whether just one request is asked for, by its file or its id."""
    return len(names) == 1 and not (_folder(names[0]) or _is_pattern(names[0]))


def asked(names: Iterable[str], find: Callable[[str], Path]) -> list[Asked]:
    """Give the requests that are meant, in the order in which they are named.

    `find` gives the file of a name. A folder or a pattern stands for the requests in
    it, by their names. A file that cannot be read as a request is among them, with
    what is wrong; so are all that have one id. Raises RequestError where nothing in
    the folders that are named is a request.
    """
    each: dict[Path | str, Asked] = {}
    for name in names:
        for one in _meant(name, find):
            each.setdefault(one.file.resolve() if one.file else one.name, one)
    if not each:
        raise RequestError(
            f"{', '.join(names)}: holds no request; a request file ends in .yml and "
            "has request: at its top"
        )
    return _without_doubles(list(each.values()))


def _meant(name: str, find: Callable[[str], Path]) -> Iterator[Asked]:
    folder = _folder(name)
    if folder is None and not _is_pattern(name):
        try:
            yield _read(find(name))
        except RequestError as error:
            yield Asked(name or "''", problem=str(error))
        return
    files = _files(f"{glob.escape(str(folder.absolute()))}/*" if folder else name)
    if not files and folder is None:
        yield Asked(name, problem=f"{name}: no file has such a name")
    for path in files:
        if path.suffix.lower() in ENDINGS and path.is_file() and _is_request(path):
            yield _read(path)


def _folder(name: str) -> Path | None:
    """Give the folder that is meant; no name is none, nor is the id of a request."""
    places = (Path(name), ROOT / name) if name else ()
    folder = next((place for place in places if place.is_dir()), None)
    return None if folder and name in requests_by_id(ROOT / "params") else folder


def _files(pattern: str) -> list[Path]:
    """Give the files of a pattern, of the kit's folder where there are none here."""
    here = [Path(path).absolute() for path in sorted(glob.glob(pattern))]
    return here or [ROOT / path for path in sorted(glob.glob(pattern, root_dir=ROOT))]


def _is_pattern(name: str) -> bool:
    """Tell whether a name is a pattern that no shell has put files in place of."""
    return glob.has_magic(name) and not Path(name).is_file()


def _is_request(path: Path) -> bool:
    """Tell whether a file says that it is a request, or cannot be looked into."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True  # to be told, not passed over
    return IS_REQUEST.search(text) is not None


def _read(path: Path) -> Asked:
    try:
        request = load(path)
    except KitError as error:
        return Asked(request_id(path) or shown(path), path, problem=str(error))
    return Asked(request.id, path, request)


def _without_doubles(each: list[Asked]) -> list[Asked]:
    """Refuse all requests that have one id: neither may replace the other's run."""
    of_name: dict[str, list[Path]] = {}
    for one in each:
        if one.file:  # what was typed and is nothing takes no id from anybody
            of_name.setdefault(one.name, []).append(one.file)
    return [
        replace(one, problem=_double(one, one.file, of_name[one.name]))
        if one.file and len(of_name[one.name]) > 1
        else one
        for one in each
    ]


def _double(one: Asked, file: Path, same: list[Path]) -> str:
    others = " and ".join(shown(other) for other in same if other != file)
    told = (
        f"{shown(file)}: id: {one.name} is the id of {others} too, and none of them "
        "is run; give each an id of its own"
    )
    return "\n".join(filter(None, (one.problem, told)))
