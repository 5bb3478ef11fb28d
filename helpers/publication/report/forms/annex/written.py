"""The annex as both files: annex.xlsx and annex.ods."""

from helpers.publication.report.forms.annex import front
from helpers.publication.report.forms.annex.open_document import open_document
from helpers.publication.report.forms.annex.sheets import sheets
from helpers.publication.report.forms.annex.workbook import workbook
from helpers.publication.report.forms.written import Written


def annex(report: Written) -> dict[str, str | bytes]:
    """Give both files of the annex by their name in release/."""
    content, tables = report.contents, sheets(report)
    request = content.request
    notes = front.notes(content)
    every = [front.contents([notes, *tables]), notes, *tables]
    properties = {"title": front.cover(content).title, "author": request.analyst}
    given = (front.cover(content), every, properties, request.publication.date)
    return {"annex.xlsx": workbook(*given), "annex.ods": open_document(*given)}
