"""The template's sheets: the one to fill, the guidance, the service, the lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from helpers.intake.submission.columns import COLUMNS, Column
from helpers.intake.template.formulas import (
    CELLS,
    LETTERS,
    ROOM,
    no_end,
    of_row,
    rules,
)
from helpers.intake.template.words import (
    GUIDES,
    QUESTIONS,
    RULES_OF_FILLING,
    Question,
)

GUIDANCE_HEADER = ("Column", "What to write", "Form", "Example", "Needed")
SERVICE_HEADER = ("Question", "Your answer", "Help", "Needed")
EARLIEST = date(1900, 1, 1)


def people(
    sheet: Worksheet, formats: dict[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write the sheet to fill, with `rows` in it (column name: cell)."""
    for place, column in enumerate(COLUMNS):
        form = formats["day"] if column.kind == "date" else formats["id"]
        sheet.set_column(place, place, 18, form)
        sheet.write(0, place, column.heading, formats["header"])
        sheet.data_validation(1, place, ROOM, place, _validation(column))
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(COLUMNS):
            if (cell := row.get(column.name)) is not None:
                is_day = isinstance(cell, date)
                form = formats["day"] if is_day else formats["id"]
                write = sheet.write_datetime if is_day else sheet.write_string
                write(number, place, cell, form)
    for rule in rules():
        form = formats["missing" if rule.missing else "wrong"]
        for name in rule.columns:
            letter = LETTERS[name]
            sheet.conditional_format(
                f"{letter}2:{letter}{ROOM + 1}",
                {"type": "formula", "criteria": f"=({of_row(rule.formula)})>0",
                 "format": form},
            )  # fmt: skip
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validation(column: Column) -> dict[str, Any]:
    """Give what may be typed in a column; a warning where only its form is in doubt."""
    guide = GUIDES[column.name]
    shown = {
        "input_title": column.heading,
        "input_message": f"{guide.form}, for example {guide.example}. {guide.needed}.",
        "error_title": column.heading,
    }
    if column.kind == "sex":
        return {
            **shown, "validate": "list", "source": ["Female", "Male"],
            "error_message": "Choose Female or Male from the list.",
        }  # fmt: skip
    if column.name == "intervention_end":
        cell = CELLS[column.name]
        return {
            **shown, "validate": "custom",
            "value": f"=IF(ISNUMBER({cell}),{cell}<=TODAY(),{no_end(cell)})",
            "error_message": "Write a date that is not in the future, as 31/12/1990, "
            "or ongoing.",
        }  # fmt: skip
    if column.kind == "date":
        return {
            **shown, "validate": "date", "criteria": "between", "minimum": EARLIEST,
            "maximum": "=TODAY()",
            "error_message": "Write a date that is not in the future, as 31/12/1990.",
        }  # fmt: skip
    form = next(
        (rule for rule in rules() if rule.columns == (column.name,)
         and not rule.missing), None,
    )  # fmt: skip
    if form is None:
        cell = CELLS[column.name]
        return {
            **shown, "validate": "custom", "value": f"=LEN(TRIM({cell}))>0",
            "error_message": "Only spaces: write something, or empty the cell.",
        }  # fmt: skip
    return {
        **shown, "validate": "custom", "value": f"=({of_row(form.formula)})=0",
        "error_type": "warning", "error_message": form.to_do,
    }  # fmt: skip


def guidance(sheet: Worksheet, formats: dict[str, Any]) -> None:
    """Write what each column means, then how to fill the sheet."""
    sheet.write_row(0, 0, GUIDANCE_HEADER, formats["header"])
    widths = (22, 60, 24, 18, 26)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for row, column in enumerate(COLUMNS, 1):
        guide = GUIDES[column.name]
        cells = (column.heading, guide.what, guide.form, guide.example, guide.needed)
        sheet.write_row(row, 0, cells, formats["text"])
        high_enough(sheet, row, cells, widths)
    form = {"Orange cell, bold": "missing", "Red cell, underlined": "wrong"}
    for row, (words, meaning) in enumerate(RULES_OF_FILLING, len(COLUMNS) + 1):
        sheet.write(row, 0, words, formats[form.get(words, "text")])
        sheet.write(row, 1, meaning, formats["text"])
        high_enough(sheet, row, (words, meaning), widths)
    printed(sheet)


def service(
    sheet: Worksheet,
    formats: dict[str, Any],
    lists: Mapping[str, Sequence[str]],
    answers: Mapping[str, Any],
) -> None:
    """Write the questions on service and sign-off; `answers` by the request's key."""
    sheet.write_row(0, 0, SERVICE_HEADER, formats["header"])
    widths = (36, 60, 44, 12)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for row, question in enumerate(QUESTIONS, 1):
        day = question.choices == "date"
        form = formats["open_day" if day else "open"]
        sheet.write(row, 0, question.question, formats["text"])
        answer = answers.get(question.key)
        if answer is None:
            sheet.write_blank(row, 1, None, form)
        elif isinstance(answer, date):
            sheet.write_datetime(row, 1, answer, form)
        else:
            sheet.write_string(row, 1, answer, form)
        sheet.write(row, 2, question.help, formats["text"])
        sheet.write(row, 3, "Always" if question.needed else "If you can",
                    formats["text"])  # fmt: skip
        cells = (question.question, answer or "", question.help)
        high_enough(sheet, row, cells, widths, 1 if question.choices else 2)
        if question.choices:
            sheet.data_validation(row, 1, row, 1, _answer(question, lists))
        if question.needed:
            sheet.conditional_format(
                row, 1, row, 1, {"type": "blanks", "format": formats["missing"]}
            )
    printed(sheet)


def _answer(question: Question, lists: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    if question.choices == "date":
        return {
            "validate": "date", "criteria": "between", "minimum": EARLIEST,
            "maximum": "=TODAY()", "error_title": question.question,
            "error_message": "Write a date that is not in the future, as 31/12/2025.",
        }  # fmt: skip
    place = list(lists).index(question.choices)
    letter, last = chr(65 + place), len(lists[question.choices]) + 1
    return {
        "validate": "list", "source": f"=Lists!${letter}$2:${letter}${last}",
        "error_title": question.question,
        "error_message": "Choose from the list.",
    }  # fmt: skip


def choices(
    sheet: Worksheet, formats: dict[str, Any], lists: Mapping[str, Sequence[str]]
) -> None:
    """Write the lists that answers are chosen from, and the words for no end."""
    for place, (name, items) in enumerate(lists.items()):
        sheet.set_column(place, place, 24)
        sheet.write(0, place, name.capitalize(), formats["header"])
        sheet.write_column(1, place, items, formats["text"])
    printed(sheet)


def high_enough(
    sheet: Worksheet,
    row: int,
    cells: Sequence[object],
    widths: Sequence[int],
    least: int = 1,
) -> None:
    """Make a row as high as its longest wrapped text; not every program does so."""
    lines = [
        -(-len(part) // int(width * 0.9))
        for cell, width in zip(cells, widths, strict=False)
        for part in str(cell).split("\n")
    ]
    sheet.set_row(row, 15 * min(max(least, *lines), 25))


def printed(sheet: Worksheet) -> None:
    """Keep the header in sight, and print the sheet as wide as a page."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
