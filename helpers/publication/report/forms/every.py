"""Every form that a report is written in besides the page: one line a form."""

from collections.abc import Callable, Mapping

from helpers.publication.report.contents import Contents
from helpers.publication.report.forms import claims, pictures
from helpers.publication.report.forms.annex.written import annex
from helpers.publication.report.forms.govspeak import edition
from helpers.publication.report.forms.markdown import markdown
from helpers.publication.report.forms.written import Written

#: what gives the files of each form, by their name in release/
FORMS: tuple[Callable[[Written], dict[str, str | bytes]], ...] = (
    annex,
    claims.files,
    edition.files,
    markdown,
)


def files(report: Written) -> dict[str, str | bytes]:
    """Give the files of every form by their name in release/."""
    content: dict[str, str | bytes] = {}
    for form in FORMS:
        content |= form(report)
    return content


def written(
    contents: Contents, tables: Mapping[str, str]
) -> tuple[dict[str, bytes], dict[str, str | bytes]]:
    """Give the figures as pictures, by key, and the files of every form.

    `tables` are tables and drawings by their name in release/.
    """
    pixels = pictures.pictures(contents.released, contents.decision.released)
    return pixels, files(Written(contents, tables, pixels))
