"""The answers to reporting standards as a folded table and as a file."""

import html
from collections.abc import Mapping
from typing import Any

from helpers.publication import tables
from helpers.publication.facts import resolve
from helpers.publication.numbers import Place, escape, pieces, refs_in
from helpers.publication.report.standards.answers import MUST, Answered
from helpers.publication.report.standards.study import Study
from helpers.publication.sections import FOR_REVIEWERS, SECTIONS
from helpers.publication.tables import Markup
from helpers.request.doubts.items import SOURCES

#: the section, and the file without its ending
KEY = "reporting"
COLUMNS = ["Item", "What is asked", "Answer", "Why", "Answered by", "Where"]
IN_FILE = ["id", "standard", "item", "domain", "what_is_asked", "answer", "why",
           "analyst", "answered_by", "sections", "tables_and_figures", "numbers",
           "published"]  # fmt: skip

LEAD = (
    "<p>What three standards ask of a study, each item answered from the request and "
    "the run, with where the report has it. Where only a person can tell, the analyst "
    "must answer: the key <code>reporting</code> of the request takes the answers. The "
    "numbers of the items are those of the standards; the wording is ours, a "
    "paraphrase. No answer here is a judgement: how large the risk of bias is in each "
    "domain, and overall, is for the reviewer to say.</p>"
)
SCALE = (
    "Y yes, PY probably yes, PN probably no, N no, WY and WN a weak yes or no, SY and "
    "SN a strong one, NI no information, NA not asked here"
)


def section(rows: list[Answered], study: Study, numbers: Mapping[str, str]) -> str:
    """Give the section: what it is, and a folded table of every item.

    `numbers` are those of all other tables and figures by key ("Table 3").
    """
    name = f"Table {1 + sum(text.startswith('Table') for text in numbers.values())}"
    shown: list[list[Any]] = []
    heading = ""
    for row in rows:
        above = _heading(row)
        if above != heading:
            heading = above
            shown.append([above])
        shown.append(_row(row, study, numbers))
    key = f"table-{KEY}"
    caption = f"{name}: Reporting standards, item by item"
    table = tables.render(key, caption, COLUMNS, shown)
    sources = "; ".join(f"{name}: {where}" for name, where in SOURCES.items())
    notes = "".join(
        f'<p class="jdl-note" data-numcheck="off">{html.escape(text)}</p>'
        for text in (f"{SCALE}.", f"Sources: {sources}.")
    )
    link = tables.download(key, name, IN_FILE, in_file(rows, study, numbers))
    unanswered = sum(row.by == MUST for row in rows)
    return (
        f'{LEAD}<p data-numcheck="off">Items that wait for the analyst: {unanswered}.'
        f'</p><details class="jdl-details"><summary>Show {name}</summary>'
        f"{table}{notes}{link}</details>"
    )


def as_csv(rows: list[Answered], study: Study, numbers: Mapping[str, str]) -> str:
    """Give every item with its answer as CSV."""
    return tables.as_csv(IN_FILE, in_file(rows, study, numbers))


def in_file(
    rows: list[Answered], study: Study, numbers: Mapping[str, str]
) -> list[list[str]]:
    """Give the rows of the file: words as printed, places by their keys."""
    return [
        [
            row.item.id, row.item.standard, row.item.item, row.item.domain,
            row.item.question, row.answer.response, _plain(row, study), row.own, row.by,
            _joined(section for section, _ in study.places(row.answer.at)),
            _joined(numbers[key] for _, key in study.places(row.answer.at)
                    if key in numbers),
            _joined(refs_in(list(row.answer.told))), SOURCES[row.item.standard],
        ]
        for row in rows
    ]  # fmt: skip


def _joined(names: Any) -> str:
    return "; ".join(dict.fromkeys(names))


def _heading(row: Answered) -> str:
    domain = row.item.domain
    return f"{row.item.standard}. {domain}"


def _row(row: Answered, study: Study, numbers: Mapping[str, str]) -> list[Any]:
    own = f"<p>The analyst: {escape(row.own)}</p>" if row.own else ""
    why = pieces(resolve(list(row.answer.told), study.released))
    return [
        row.item.item, row.item.question, row.answer.response, Markup(f"{why}{own}"),
        row.by, Markup(_links(row, study, numbers)),
    ]  # fmt: skip


def _plain(row: Answered, study: Study) -> str:
    told = resolve(list(row.answer.told), study.released)
    return "".join(p if isinstance(p, str) else p.text for p in told).strip()


def _links(row: Answered, study: Study, numbers: Mapping[str, str]) -> str:
    """Link to where it stands: the table or figure, else the section."""
    links = {}
    for section_, key in study.places(row.answer.at):
        if key in numbers:
            links[Place(key, numbers[key]).html] = None
        else:
            title = (SECTIONS | FOR_REVIEWERS)[section_]
            links[f'<a href="#{section_}">{html.escape(title)}</a>'] = None
    return ", ".join(links)
