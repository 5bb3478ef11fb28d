"""A report as it is written to release/, from which every other form is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.publication.report.contents import Contents


@dataclass(frozen=True)
class Written:
    """A report as it stands in release/: contents, tables as CSV, figures.

    `files` are tables and drawings by their name in release/, `pictures` the figures
    as PNG by their key.
    """

    contents: Contents
    files: Mapping[str, str] = field(repr=False)
    pictures: Mapping[str, bytes] = field(repr=False)
