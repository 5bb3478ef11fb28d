"""A made-up provider's filled template, to practise on: check it, start a request."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from helpers.intake.submission.columns import BY_NAME
from helpers.intake.template import workbook

#: the words "made-up" in its name let it lie where git looks
NAME = "made-up-list.xlsx"
#: a longer list is not written as a template: nobody practises on it
MOST = 10_000
#: what a made-up provider says of its service, by the request's key
ANSWERS: dict[str, Any] = {
    "organisation.name": "Made-up Trust",
    "organisation.sector_type": "Voluntary",
    "organisation.own_words": "Nobody on this list exists, and neither do we.",
    "programme.name": "Made-up mentoring",
    "programme.intervention_type": "Mentoring",
    "programme.setting": "both",
    "programme.noun": "people",
    "programme.period": "2022",
    "programme.description": "Weekly meetings with a mentor. No such service exists.",
    "programme.selection": "Referred by prison and probation staff.",
    "programme.dose": "An hour a week, for up to six months.",
    "data_sharing.purpose": "To practise. The people are made up.",
    "data_sharing.lawful_basis": "None is needed: nobody on the list exists.",
    "data_sharing.fairness": "There is nobody to tell.",
    "data_sharing.provider_signed_off.by": "Made-up director",
    "data_sharing.provider_signed_off.on": date(2025, 7, 1),
}


def write(path: Path, listed: Path) -> None:
    """Write the upload template as filled by the provider of a made-up CSV list."""
    with listed.open(newline="", encoding="utf-8") as file:
        people = [_cells(row) for row in csv.DictReader(file)]
    workbook.write(path, people, ANSWERS)


def _cells(row: dict[str, str]) -> dict[str, Any]:
    """Give the cells of a person as a spreadsheet would keep them: days as days."""
    return {
        name: _day(text) if BY_NAME[name].kind == "date" else text
        for name, text in row.items()
        if text
    }


def _day(text: str) -> date | str:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return text  # a slip that a spreadsheet takes for text: 31/02/1990
