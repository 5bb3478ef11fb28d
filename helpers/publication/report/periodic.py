"""What the periodic summary of all published results holds, in place of an analysis."""

from collections.abc import Mapping
from typing import Any

from helpers.publication import refs
from helpers.publication.disclosure import Decision
from helpers.publication.facts.resolve import resolve
from helpers.publication.report import own_words
from helpers.publication.report.asked import Ask, here
from helpers.publication.report.contents import Contents, drawn, laid_out
from helpers.publication.report.publish_cells import Part, in_order
from helpers.publication.sections import OF_SUMMARY
from helpers.publication.wording import request_texts
from helpers.publication.wording.results import periodic
from helpers.request import FindingsRequest

#: how many of the results collected are of made-up people
MADE_UP = refs.counted("made_up")


def contents(
    found: list[Part],
    request: FindingsRequest,
    version: str,
    decision: Decision,
    *,
    files: Mapping[str, str],
    ask: Ask = here,
) -> Contents:
    """Draw the blocks and write the sections around them.

    `files` are those of the catalogue, by name, each with its SHA-256. `ask` has half
    of the drawings made beside this process.
    """
    kept = [part for part in found if part.section in OF_SUMMARY]
    found = in_order([*kept, *own_words.table(request)])
    shown = drawn(found, decision.released, ask)
    some_made_up = bool(decision.released.get(MADE_UP))
    everything = " ".join(shown.values())
    about = request_texts.about(request, version, everything, some_made_up)
    own = {
        "method": periodic.method(request),
        "data-sharing": periodic.data_sharing(),
        "about": about + periodic.read_from(files),
    }
    lead = headline(found, decision.released)
    sections = laid_out(OF_SUMMARY, found, own, lead, shown)
    return Contents(
        request, decision, found, [], sections, shown, lead, some_made_up=some_made_up
    )


def headline(found: list[Part], released: Mapping[str, Any]) -> str:
    """Give how the findings divide, as HTML."""
    return " ".join(
        periodic.headline(resolve(part.recipe["data"], released))
        for part in found
        if part.recipe.get("words") == "periodic_main_points"
    )
