"""From a provider's filled template to the start of a request."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import TypeAdapter, ValidationError

from helpers.errors import RequestError
from helpers.files import sha256, shown
from helpers.intake.submission.columns import key
from helpers.intake.submission.dates import dates
from helpers.intake.submission.excel.workbook import opened
from helpers.intake.submission.file import refuse
from helpers.intake.submission.values import unseen_gone
from helpers.intake.template.sheets import SERVICE_HEADER
from helpers.intake.template.words import QUESTIONS, Question
from helpers.intake.template.workbook import SERVICE_SHEET, lists
from helpers.request.whole.analysis import Request

HEAD = """\
# The start of a request, made from the template that the provider filled. What only you
# can fill in stands empty below, with the words TO FILL IN. Every key is explained in
# params/README.md.
request:
"""
#: the request's blocks in order; None is for the analyst to fill in
BLOCKS: dict[str, dict[str, str | None]] = {
    "": {"analyst": "who answers for the analysis"},
    "data_sharing": {
        "justification": "why these data are needed",
        "proportionality": "why no more than needed is used",
        "approved_by": "who approved the sharing",
        "approved_on": "on which day",
        "destroy_by": "last day on which the data may be held",
        "received.channel": "how the list was sent",
        "received.on": "on which day it arrived",
        "sources": "the tables of the extract that may be opened, one a line: "
        "[{table: person, tier: pnc, approved_by, approved_on}, ...]; person, sentence "
        "and offence are needed",
        "ethics": "the review of the ethics, {reviewed_by, on, asked_for}; left empty, "
        "the run warns",
    },
    "inputs": {
        "extract": "folder with the tables of the national records",
        "records_complete_to": "last day up to which the records are complete",
    },
    "publication": {
        "date": "the only date that the report shows",
        "contact": "whom a reader can ask",
    },
}


def draft(path: str | Path, request_id: str) -> tuple[str, list[str]]:
    """Begin a request from a filled template: YAML text, and what it still lacks.

    The second is a line for each key: the key and what belongs there. Raises
    RequestError if the id is not one or the file is not a filled template, and
    DataError if it cannot be read.
    """
    path = Path(path)
    file = shown(path.resolve())
    _check_id(request_id)
    answers = _answers(path, file)
    values, asked = _settled(answers)
    values = {
        "id": request_id,
        "title": values.get("programme.name"),
        **values,
        "data_sharing.received.file_sha256": sha256(path),
        "inputs.submission": file,
    }
    return _text(values, asked)


def _check_id(request_id: str) -> None:
    field = Request.model_fields["id"]
    try:
        TypeAdapter(Annotated[field.annotation, *field.metadata]).validate_python(
            request_id
        )
    except ValidationError as error:
        found = error.errors()[0]
        advice = (
            found.get("ctx", {}).get("advice") or "write for example mentoring-2026"
        )
        raise RequestError(f"id {found['msg']}; {advice}") from None


def _answers(path: Path, file: str) -> dict[str, Any]:
    """Give what stands beside each question of the service, by the request's key."""
    if path.suffix.lower() != ".xlsx":
        raise RequestError(
            f"{file}: must be a filled template (.xlsx); a CSV file does not describe "
            "the service"
        )
    refuse(path, file)
    with opened(path, file) as (_, book):
        names = [name for name in book.sheet_names if key(name) == key(SERVICE_SHEET)]
        if not names:
            raise RequestError(
                f"{file}: has no sheet {SERVICE_SHEET}; ask for the template, filled"
            )
        rows = book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
    asked = {key(question.question): question for question in QUESTIONS}
    at = next(
        (row.index(SERVICE_HEADER[1]) for row in rows if SERVICE_HEADER[1] in row), 1
    )
    found = {}
    for row in rows:
        question = next((asked[key(c)] for c in row[:at] if key(c) in asked), None)
        if question and at < len(row):
            found[question.key] = row[at]
    return found


def _settled(answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Give answers as the request takes them, and what to ask for again."""
    values: dict[str, Any] = {}
    asked: dict[str, str] = {}
    for question in QUESTIONS:
        given = answers.get(question.key)
        value = _value(question, given)
        if value is not None:
            values[question.key] = value
        elif question.needed or str(given or "").strip():
            empty = not str(given or "").strip()
            why = "left it empty" if empty else "wrote what is not in the list"
            if question.choices == "date" and not empty:
                why = "wrote no date"
            asked[question.key] = f"{question.question} (the provider {why})"
    return values, asked


def _value(question: Question, given: Any) -> Any:
    if question.choices == "date":
        day = dates([given])["date"].iloc[0]
        return None if day != day else f"{day:%Y-%m-%d}"
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    text = unseen_gone("" if given is None else str(given)).strip()
    if question.choices:
        known = {key(item): item for item in lists()[question.choices]}
        return known.get(key(text))
    if question.key == "programme.caveats":
        return [text] if text else None
    return text or None


def _text(values: Mapping[str, Any], asked: Mapping[str, str]) -> tuple[str, list[str]]:
    """Give the YAML text in the request's order, and the keys left to fill in."""
    open_keys = dict(asked)
    if values["title"] is None:
        open_keys["title"] = "title of the report"
    for block, names in BLOCKS.items():
        for name, words in names.items():
            open_keys[f"{block}.{name}".lstrip(".")] = words
    tree: dict[str, Any] = {}
    for name in [*values, *open_keys]:
        place = tree
        *above, last = name.split(".")
        for part in above:
            place = place.setdefault(part, {})
        place[last] = values.get(name)
    order = [
        name for name in Request.model_fields if name in tree or name == "analyses"
    ]
    lines = []
    for name in order:
        if name == "analyses":
            lines += [
                "  analyses:",
                "    - name: All people",
                "      covariates:    # TO FILL IN: what both groups are matched on, "
                "standard or {numeric: [...], categorical: [...]}",
            ]
        else:
            lines += _lines(name, tree[name], name, open_keys, 1)
    open_keys["analyses.0.covariates"] = "what both groups are matched on"
    return HEAD + "\n".join(lines) + "\n", [f"{k}: {w}" for k, w in open_keys.items()]


def _lines(
    name: str, value: Any, path: str, open_keys: Mapping[str, str], depth: int
) -> list[str]:
    """Give a key with what stands under it, as lines of YAML."""
    # other YAML readers, papermill's among them, take a bare on for true
    start = f"{'  ' * depth}{_quoted(name) if name == 'on' else name}:"
    if isinstance(value, dict):
        return [start] + [
            line
            for inner, item in value.items()
            for line in _lines(inner, item, f"{path}.{inner}", open_keys, depth + 1)
        ]
    if value is None:
        return [f"{start}    # TO FILL IN: {open_keys[path]}"]
    if isinstance(value, list):
        return [f"{start} [{', '.join(map(_quoted, value))}]"]
    return [f"{start} {_quoted(value)}"]


def _quoted(text: str) -> str:
    """Quote a text so that YAML reads it back to the letter, whatever is in it."""
    return yaml.safe_dump(
        text, default_style='"', allow_unicode=True, width=float("inf")
    ).strip()
