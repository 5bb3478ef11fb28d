"""The files of the Govspeak edition: the body, its images, what to do with them."""

import html
from collections.abc import Mapping
from typing import Any

from helpers.publication import figures
from helpers.publication.blocks import MIME
from helpers.publication.facts.resolve import resolve
from helpers.publication.report import folds
from helpers.publication.report.contents import Contents, Section, as_text
from helpers.publication.report.forms.govspeak.elements import read
from helpers.publication.report.forms.govspeak.escaping import on_one_line, own
from helpers.publication.report.forms.govspeak.writing import Body
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part
from helpers.publication.wording import request_texts

FOLDER = "govspeak"

HOW_TO = """\
# The report for GOV.UK

`report.md` is the report as Govspeak, the Markdown of GOV.UK's HTML publications. It
has the sections, words, tables and numbers of `report.html`, in the same order.

1. Make an HTML publication with the title and summary below. The summary is the whole
   finding, which may be longer than the 160 characters that GOV.UK advises. If you
   shorten it, keep what says whether the result is statistically significant, all that
   qualifies this, and that people are made up where it says so.
2. Upload `images/`, each with its alternative text. Leave captions empty: `report.md`
   has them. Where another size is asked for, `../figures/` has the same as SVG.
3. Paste `report.md` into the body as it stands.
4. In the preview, every `[Image:…]` should be a picture, and the numbers those of
   `report.html`.
"""


def files(report: Written) -> dict[str, str | bytes]:
    """Give the files of the Govspeak edition by their name in release/."""
    images = {
        f"{FOLDER}/images/{part.key}.png": report.pictures[part.key]
        for part in _figures(report.contents)
    }
    return {
        f"{FOLDER}/report.md": body(report.contents),
        f"{FOLDER}/README.md": how_to(report.contents),
        **images,
    }


def body(contents: Contents) -> str:
    """Give the report as the body of an HTML publication."""
    written = Body()
    request = contents.request
    status = request_texts.status(request, contents.some_made_up)
    made_up = status.startswith((request_texts.MADE_UP, request_texts.SOME_MADE_UP))
    written.box("%" if made_up else "^", own(status))
    facts = request_texts.facts_list(dict(request_texts.facts(request)))
    written.add(read(f"<p>{contents.headline}</p>{facts}"))
    for section in contents.sections:
        written.add(read(_markup(section, contents)))
    return written.text()


def _markup(section: Section, contents: Contents) -> str:
    """Give a section as the page has it, what is folded in its place."""
    shown = [f'<h2 id="{section.key}">{html.escape(section.title)}</h2>{section.own}']
    released = contents.decision.released
    for data in folds.in_order(section.parts, released, code=False):
        recipe = data.get(MIME)
        shown.append(contents.drawn[recipe["key"]] if recipe else data["text/html"])
    return "".join(shown)


def how_to(contents: Contents) -> str:
    """Give what to do with the files, and what to write into each field."""
    fields = {"Title": contents.request.title, "Summary": as_text(contents.headline)}
    for part in _figures(contents):
        fields[f"`{part.key}.png`"] = _alternative(part, contents.decision.released)
    # set off by four spaces, words are to be copied as they stand
    told = [f"{name}:\n\n    {on_one_line(text)}\n" for name, text in fields.items()]
    return "\n".join([HOW_TO, *told])


def _alternative(part: Part, released: Mapping[str, Any]) -> str:
    module = figures.FIGURES[part.recipe["figure"]]
    data = module.Data(**resolve(part.recipe["data"], released))
    return module.alternative(data)


def _figures(contents: Contents) -> list[Part]:
    return [part for part in contents.parts if part.recipe["block"] == "figure"]
