"""An analysis of which nothing can be shown, in words."""

from typing import Any

from helpers.publication.numbers import escape
from helpers.publication.wording.claims.cite import anchor

#: both sides of every limit are in it: it tells nothing about the groups at hand
WHY = (
    "The groups behind the numbers are too small, or too near to other groups, to be "
    "shown without telling about single people."
)
NOTHING = "This says nothing about whether the programme made a difference."
IN_BRIEF = "No result can be shown, to protect people."
HERE = "Numbers about the people of this analysis are not shown here, to protect them."
SAY = (
    "No result is shown, so nothing can be said of whether the programme made a "
    "difference."
)


def hidden(data: dict[str, Any]) -> str:
    """Say, in the place of the results of an analysis, that nothing can be shown."""
    if not data["first"]:
        if data["say"]:
            return f'<p id="{anchor(data)}">{_named(data, SAY)}</p>'
        return f"<p>{_named(data, HERE)}</p>"
    return (
        '<div class="jdl-finding jdl-finding--withheld" data-verdict="withheld">'
        '<p class="jdl-tag jdl-tag--withheld">Not shown, to protect people</p>'
        f"<h3>{_named(data, 'no result can be shown')}</h3>"
        f'<p class="jdl-finding__big">{WHY}</p>'
        f"<p><strong>{NOTHING}</strong></p></div>"
    )


def in_brief(data: dict[str, Any]) -> str:
    """Say it in brief, for the top of the page and the console."""
    return f"{_named(data, IN_BRIEF)} {NOTHING}"


def _named(data: dict[str, Any], text: str) -> str:
    """Give a sentence that names the analysis where there are several."""
    if data["several"]:
        return f"{escape(data['analysis'])}: {text}"
    return f"{text[:1].upper()}{text[1:]}"
