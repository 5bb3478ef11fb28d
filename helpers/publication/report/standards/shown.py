"""The answers to reporting standards as a folded table and as a file."""

import html
from collections.abc import Mapping
from typing import Any

from helpers.publication import flat, tables
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import Place, escape, pieces, refs_in
from helpers.publication.report.standards.answer import IN_WORDS
from helpers.publication.report.standards.answers import MUST, Answered
from helpers.publication.report.standards.study import Study
from helpers.publication.sections import FOR_REVIEWERS, SECTIONS
from helpers.publication.tables import Markup
from helpers.request.doubts.items import SOURCES

#: the section, and the file without its ending
KEY = "reporting"
COLUMNS = ["Item", "Answer", "Why", "Answered by", "Where"]
IN_FILE = ["id", "standard", "item", "domain", "what_is_asked", "answer", "why",
           "analyst", "answered_by", "sections", "tables_and_figures", "numbers",
           "published_in"]  # fmt: skip

LEAD = (
    "has what {} ask of a study, each item with where the report has it. What facts of "
    "the request and the run settle is answered by a rule. Everything else the analyst "
    "must answer, with the facts there are beside it: the key <code>reporting</code> "
    "of the request takes the answers. The numbers of the items are those of the "
    "standards; the wording is ours, a paraphrase. How large the risk of bias is in "
    "each domain, and overall, is for the reviewer to judge."
)
#: what stands where there is nothing to say
NONE = "–"
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
        above = f"{row.item.standard}. {row.item.domain}"
        if above != heading:
            heading = above
            shown.append([above])
        shown.append(_row(row, study, numbers))
    key, place = f"table-{KEY}", Place(KEY, name)
    table = tables.render(
        key, f"{name}: Reporting standards, item by item", COLUMNS, shown
    )
    link = flat.download(key, name, COLUMNS, shown)
    unanswered = sum(row.response == MUST for row in rows)
    return (
        f"<p>{place.html} {LEAD.format(_standards())}</p>"
        f'<p data-numcheck="off">Items that wait for the analyst: {unanswered}.</p>'
        '<details class="jdl-details"><summary>Every item, and its answer</summary>'
        f'{table}<p class="jdl-note">{SCALE}.</p>{link}</details>'
    )


def _standards() -> str:
    """Name the standards, each a link to where it is published."""
    links = [
        f'<a href="{source.link}" data-numcheck="off">{html.escape(name)}</a>'
        for name, source in SOURCES.items()
    ]
    return f"{', '.join(links[:-1])} and the {links[-1]}"


def as_csv(rows: list[Answered], study: Study, numbers: Mapping[str, str]) -> str:
    """Give every item with its answer as CSV."""
    return flat.as_csv(IN_FILE, in_file(rows, study, numbers))


def in_file(
    rows: list[Answered], study: Study, numbers: Mapping[str, str]
) -> list[list[str]]:
    """Give the rows of the file: words as printed, places by their keys."""
    worded = {row.item.id: _in_words(row, _plain(row, study), row.own) for row in rows}
    return [
        [
            row.item.id, row.item.standard, row.item.item, row.item.domain,
            row.item.question, *worded[row.item.id][:2], row.own, row.by,
            _joined(section for section, _ in study.places(row.answer.at)),
            _joined(numbers[key] for _, key in study.places(row.answer.at)
                    if key in numbers),
            _joined(refs_in(list(row.answer.told))), SOURCES[row.item.standard].told,
        ]
        for row in rows
    ]  # fmt: skip


def _joined(names: Any) -> str:
    return "; ".join(dict.fromkeys(names))


def _row(row: Answered, study: Study, numbers: Mapping[str, str]) -> list[Any]:
    told = pieces(resolve(list(row.answer.told), study.released)).strip()
    response, why, own = _in_words(row, told, escape(row.own))
    why = " ".join([why, *([f"The analyst: {own}"] if own else [])]).strip()
    return [
        f"{row.item.item}. {row.item.question}", _whole(response), _whole(why or NONE),
        row.by, _whole(_links(row, study, numbers), "jdl-places"),
    ]  # fmt: skip


def _in_words(row: Answered, told: str, own: str) -> tuple[str, str, str]:
    """Give answer, why and what the analyst adds; an answer in words is the words."""
    if row.response != IN_WORDS:
        return row.response, told, own
    return (told, "", own) if row.answer.response else (own, told, "")


def _whole(markup: str, name: str = "jdl-why") -> Markup:
    """Give one element, which the layout of a phone does not pull apart."""
    return Markup(f'<span class="{name}">{markup}</span>')


def _plain(row: Answered, study: Study) -> str:
    told = resolve(list(row.answer.told), study.released)
    return "".join(p if isinstance(p, str) else p.text for p in told).strip()


def _links(row: Answered, study: Study, numbers: Mapping[str, str]) -> str:
    """Link to where it stands: the table or figure, else the section."""
    links = {}
    for section_, key in study.places(row.answer.at):
        if section_ == KEY:
            links["here"] = None
        elif key in numbers:
            links[Place(key, numbers[key]).html] = None
        else:
            title = (SECTIONS | FOR_REVIEWERS)[section_]
            links[f'<a href="#{section_}">{html.escape(title)}</a>'] = None
    return ", ".join(links) or NONE
