"""Every form that a report is written in besides the page: one line a form."""

from collections.abc import Callable

from helpers.publication.report.forms import claims
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
