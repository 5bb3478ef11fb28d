"""What a report holds: its sections in order, with what the request itself writes."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.publication import drawing
from helpers.publication.blocks import ref
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.facts.counted import COUNTED, counts_in
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import refs_in
from helpers.publication.refs import HIDDEN, SHOWN
from helpers.publication.report import own_counts, own_words
from helpers.publication.report.asked import Ask, here
from helpers.publication.report.assembly import numbering
from helpers.publication.report.publish_cells import Part, in_order
from helpers.publication.report.standards import shown
from helpers.publication.report.standards.answers import answered
from helpers.publication.report.standards.study import Study
from helpers.publication.sections import (
    FOR_REVIEWERS,
    OF_FINDINGS,
    RELEASED,
    SECTIONS,
)
from helpers.publication.wording import (
    findings,
    five_safes,
    glossary,
    request_texts,
)
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.without_result import hidden, not_made
from helpers.request import AnyRequest, Request

#: findings that stand above all sections
MOST_LED_BY = 3


@dataclass(frozen=True)
class Section:
    """A section of the page: its own words first, then its blocks.

    With a line, as HTML, all of it lies in a fold.
    """

    key: str
    title: str
    own: str = ""
    parts: list[Part] = field(default_factory=list)
    line: str = ""


@dataclass(frozen=True)
class Contents:
    """A report before it is laid out: every number in it is decided.

    `further` are sections of the reviewers' copy alone; nothing of them is in `parts`.
    """

    request: AnyRequest
    decision: Decision
    parts: list[Part]
    counts: list[Cell]  # what the report says about itself
    sections: list[Section]
    drawn: dict[str, str]  # the blocks by key, as HTML
    headline: str
    further: list[Section] = field(default_factory=list)
    reporting: str = ""  # the answers to reporting standards, as a file
    some_made_up: bool = False  # published results of made-up people are among those

    def with_further(self) -> "Contents":
        """Give the contents of the reviewers' copy: what it has besides comes last."""
        parts = [part for section in self.further for part in section.parts]
        sections = [*self.sections, *self.further]
        return replace(self, parts=[*self.parts, *parts], sections=sections, further=[])

    @property
    def released(self) -> list[Part]:
        """The parts whose tables and figures go into release/."""
        beside = [section for section in self.further if section.key in RELEASED]
        return [*self.parts, *(part for section in beside for part in section.parts)]

    @property
    def used(self) -> list[str]:
        """Every ref that the report uses, in alphabetical order."""
        recipes = [part.recipe for part in self.parts]
        counted = (count[COUNTED] for count in counts_in(recipes))
        return sorted({*refs_in(recipes), *counted})


def contents(
    found: list[Part],
    request: Request,
    version: str,
    decision: Decision,
    *,
    private: bool | None,
    ask: Ask = here,
) -> Contents:
    """Draw the blocks with released numbers and write the sections around them.

    `private` says whether the folder of people's records was checked to be closed to
    every other account; None where it could not be checked. `ask` has half of the
    drawings made beside this process.
    """
    apart = [part for part in found if part.section in FOR_REVIEWERS]
    found = [part for part in _in_findings(found) if part.section in SECTIONS]
    counts = [
        *own_counts.of_numbers(found, decision, request),
        *own_counts.of_blocks(found, decision),
    ]
    known = {cell.ref: cell.value for cell in counts}
    decision = replace(decision, released=decision.released | known)
    found = in_order([*found, own_counts.table(request), *own_words.table(request)])
    released, places = decision.released, numbering([*found, *apart])
    all_drawn = drawn([*found, *apart], released, ask)
    counted = {
        name: resolve(ref(place), released)
        for name, place in (("hidden", HIDDEN), ("shown", SHOWN))
    }
    own = {
        "programme": request_texts.programme(request),
        "data-sharing": five_safes.five_safes(request, private=private, **counted),
        "about": request_texts.about(request, version, " ".join(all_drawn.values())),
    }
    lead = headline(found, released, request)
    safes = five_safes.line(**counted)
    sections = [
        replace(section, line=safes) if section.key == "data-sharing" else section
        for section in laid_out(SECTIONS, found, own, lead, all_drawn)
    ]
    further = [
        Section(key, title, parts=[part for part in apart if part.section == key])
        for key, title in FOR_REVIEWERS.items()
    ]
    further = [section for section in further if section.parts]
    keys = {section.key for section in [*sections, *further]} | {shown.KEY}
    study = Study(request, released, [*found, *apart], keys)
    standards = answered(study)
    items = shown.section(standards, study, places)
    further.append(Section(shown.KEY, FOR_REVIEWERS[shown.KEY], items))
    return Contents(
        request, decision, found, counts, sections, all_drawn, lead, further,
        shown.as_csv(standards, study, places),
    )  # fmt: skip


def drawn(
    found: list[Part], released: Mapping[str, Any], ask: Ask = here
) -> dict[str, str]:
    """Give every block as HTML, by its key, with released numbers alone."""
    places, recipes = numbering(found), [part.recipe for part in found]
    wide = ask(drawing.of_figures, recipes, released, "wide")
    made = drawing.of_figures(recipes, released, "narrow") | wide.result()
    return {
        recipe["key"]: drawing.render(recipe, released, places, drawings=made)
        for recipe in recipes
    }


def laid_out(
    titles: Mapping[str, str],
    found: list[Part],
    own: Mapping[str, str],
    lead: str,
    drawn: Mapping[str, str],
) -> list[Section]:
    """Give the sections that hold anything, the terms explained that all of it uses.

    `own` are the words of a section before its blocks, `lead` those above all sections.
    """
    text = as_text(
        " ".join([lead, *own.values(), *(drawn[part.key] for part in found)])
    )
    terms = glossary.glossary(text)
    own = {**own, "glossary": terms}
    sections = []
    for key, title in titles.items():
        here = [part for part in found if part.section == key]
        if here or own.get(key):
            line = glossary.line(terms) if key == "glossary" else ""
            sections.append(Section(key, title, own.get(key, ""), here, line))
    return sections


def _in_findings(found: list[Part]) -> Iterator[Part]:
    """Put the parts of results so far into the one section that a report has."""
    for part in found:
        here = part.section in OF_FINDINGS
        yield replace(part, section="findings") if here else part


def headline(found: list[Part], released: Mapping[str, Any], request: Request) -> str:
    """Give the findings of the headline analyses in brief, as HTML.

    Of many it gives the first ones, and says how many more there are. It goes where
    the page's own status line does not, so it says itself when the people are made up.
    """
    brief = {
        "main_points": findings.headline_sentence,
        "not_made": not_made.in_brief,
        "hidden": hidden.in_brief,
    }
    sentences = [
        brief[part.recipe["words"]](resolve(part.recipe["data"], released))
        for part in found
        if part.section == "main-points" and part.recipe.get("words") in brief
    ]
    if more := len(sentences[MOST_LED_BY:]):
        results = "result is" if more == 1 else "results are"
        further = f"{in_words(more).capitalize()} further main {results} below."
        sentences = [*sentences[:MOST_LED_BY], further]
    if request.inputs.made_up:
        sentences.append("The people are made up.")
    return " ".join(sentences)


def as_text(markup: str) -> str:
    """Give markup as plain text, for the console."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
