"""A run's folder: the classes of its files, and which tables a stage reads there."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers import files
from helpers.errors import RequestError
from helpers.files import sha256
from helpers.request import AnyRequest
from helpers.runs import stage_files
from helpers.runs.tables import described
from helpers.runs.written import outcomes
from helpers.runs.written.contents import as_bytes

Sensitivity = Literal["restricted", "release", "audit", "published"]

#: where a file of each class lies; only `published` and `release` may leave
FOLDERS = {
    "restricted": "restricted",
    "release": "release",
    "audit": "audit",
    "published": ".",
}


@dataclass
class Folder:
    """The folder of a run, or of an analyst's draft, as a stage works in it.

    `outputs` are the files written, each with its class and hash, and `inputs` the
    hashes of the tables read. `asked` is the request as it was written, against which
    the files of every stage are held.
    """

    request: AnyRequest
    stage: str
    folder: Path
    draft: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    inputs: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.asked = self.request

    @property
    def place(self) -> stage_files.Place:
        """Where the tables of earlier stages are looked for."""
        return stage_files.Place(self.folder, self.asked, self.draft)

    def path(self, name: str, sensitivity: Sensitivity) -> Path:
        """Tell where a file of a sensitivity class lies in this run."""
        if sensitivity not in FOLDERS:
            classes = ", ".join(FOLDERS)
            raise RequestError(
                f"{name}: sensitivity must be one of {classes}; found {sensitivity!r}"
            )
        if self.draft and sensitivity != "restricted":
            raise RequestError(
                f"{name}: a draft writes restricted files only; found {sensitivity!r}"
            )
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise RequestError(
                f"{name}: must lie in the folder of its class; write for example "
                "data/mine.csv"
            )
        return self.folder / FOLDERS[sensitivity] / name

    def write(self, name: str, data: Any, *, sensitivity: Sensitivity) -> Path:
        """Write a file of the run in the class that was declared for it."""
        path = self.path(name, sensitivity)
        closed = sensitivity in ("restricted", "audit")
        for folder in path.relative_to(self.folder).parents:
            if (self.folder / folder).is_symlink():
                raise RequestError(
                    f"{files.shown(self.folder / folder)}: is a symbolic link, and "
                    "nothing is written beyond one; take it away"
                )
        self.folder.mkdir(exist_ok=True)
        for folder in reversed(path.relative_to(self.folder).parents[:-1]):
            if closed:
                files.private_folder(self.folder / folder)
            else:
                (self.folder / folder).mkdir(exist_ok=True)
        files.write(path, as_bytes(name, data), closed=closed)
        self.declare(path, sensitivity)
        return path

    def declare(self, path: Path, sensitivity: Sensitivity) -> None:
        """Record the class of a file that another program wrote into the run."""
        name = path.relative_to(self.folder).as_posix()
        self.outputs[name] = {"class": sensitivity, "sha256": sha256(path)}

    def read(self, name: str) -> pd.DataFrame:
        """Read a table of restricted/data that an earlier stage wrote.

        `tables` lists them, and `columns` tells what their columns hold.
        """
        outcomes.refuse_reading(name, self.stage)
        return pd.read_parquet(self._find(name))

    @property
    def tables(self) -> pd.DataFrame:
        """The tables that `read` gives here: their rows, and what a row of each is."""
        return described.tables(self.place, self.stage)

    def columns(self, name: str) -> pd.DataFrame:
        """Give the columns of such a table: their types, and what they hold."""
        outcomes.refuse_reading(name, self.stage)
        return described.columns(self.place, self.stage, name)

    def _find(self, name: str) -> Path:
        """Find a table of an earlier stage, and note that this stage rests on it."""
        path = stage_files.find(self.place, name)
        self.inputs[name] = sha256(path)
        return path
