"""The data upload template: a workbook that a provider fills and that checks itself."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from helpers.errors import DataError
from helpers.intake.submission.excel.workbook import PEOPLE_SHEET
from helpers.intake.template import before_you_send
from helpers.intake.template import sheets as template_sheets
from helpers.intake.template.formulas import (
    LETTERS,
    NO_END,
    NO_END_RANGE,
    RANGES,
    ROOM,
)
from helpers.request import types
from helpers.request.provider import Programme
from helpers.request.publication import Findings

SERVICE_SHEET = "Service"
#: the same template has the same bytes whenever it is written
CREATED = datetime(2026, 1, 1)

_WRAPPED = {"text_wrap": True, "valign": "top"}
_OPEN = {**_WRAPPED, "bg_color": "#FFFFFF", "border": 1, "border_color": "#505A5F"}
FORMATS = {
    "header": {**_WRAPPED, "bold": True, "bg_color": "#12436D",
               "font_color": "#FFFFFF", "num_format": "@"},
    "text": _WRAPPED,
    "id": {"num_format": "@"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "whole": {**_WRAPPED, "num_format": "0", "align": "left"},
    "share": {**_WRAPPED, "num_format": "0.0%", "align": "left"},
    "open": {**_OPEN, "num_format": "@"},
    "open_day": {**_OPEN, "num_format": "dd/mm/yyyy", "align": "left"},
    "open_whole": {**_OPEN, "num_format": "0", "align": "left"},
    "open_share": {**_OPEN, "num_format": "0%", "align": "left"},
    # colour never alone: bold means missing, underlined means wrong
    "missing": {"bg_color": "#FFD8A8", "bold": True},
    "wrong": {"bg_color": "#F8C9C4", "font_color": "#7A0C00", "underline": 1},
}  # fmt: skip


def write(
    path: str | Path,
    people: Sequence[Mapping[str, Any]] = (),
    answers: Mapping[str, Any] | None = None,
) -> None:
    """Write the upload template, empty, or filled with `people` and `answers`.

    A person is column name: text or date; an answer stands under the request's key.
    """
    Path(path).write_bytes(content(people, answers))


def content(
    people: Sequence[Mapping[str, Any]] = (),
    answers: Mapping[str, Any] | None = None,
) -> bytes:
    """Give the template as the bytes of an .xlsx file."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({
        "title": "Data upload template", "created": CREATED,
        "comments": "Fill the sheets People and Service, then read Before you send.",
    })  # fmt: skip
    formats = {name: book.add_format(form) for name, form in FORMATS.items()}
    offered = lists()
    names = (PEOPLE_SHEET, "Guidance", SERVICE_SHEET, "Before you send", "Lists")
    sheets = [book.add_worksheet(name) for name in names]
    for name, letter in LETTERS.items():
        area = f"={PEOPLE_SHEET}!${letter}$2:${letter}${ROOM + 1}"
        book.define_name(RANGES[name], area)
    letter = chr(65 + len(offered))
    book.define_name(NO_END_RANGE, f"=Lists!${letter}$2:${letter}${len(NO_END) + 1}")
    template_sheets.people(sheets[0], formats, people)
    template_sheets.guidance(sheets[1], formats)
    template_sheets.service(sheets[2], formats, offered, answers or {})
    before_you_send.fill(sheets[3], formats)
    template_sheets.choices(sheets[4], formats, {**offered, "no end": NO_END})
    book.close()
    return held.getvalue()


def lists() -> dict[str, list[str]]:
    """Give what the drop-downs of the service offer, by name."""
    known, problems = types.read(Findings().catalogue)
    if problems:
        raise DataError(problems)
    offered = {
        kind: [type_.name for type_ in types.of_kind(known, kind)]
        for kind in ("sector", "intervention")
    }
    fields = Programme.model_json_schema()["properties"]
    for name in ("setting", "noun"):
        options = fields[name].get("enum") or fields[name]["anyOf"][0]["enum"]
        offered[name] = list(options)
    return offered
