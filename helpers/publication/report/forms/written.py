"""What a report is written as besides the page: one line a form."""

from collections.abc import Callable, Mapping
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


#: what gives the files of each form, by their name in release/
FORMS: tuple[Callable[[Written], dict[str, str | bytes]], ...] = ()


def files(report: Written) -> dict[str, str | bytes]:
    """Give the files of every form by their name in release/."""
    content: dict[str, str | bytes] = {}
    for form in FORMS:
        content |= form(report)
    return content
