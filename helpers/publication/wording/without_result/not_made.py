"""An analysis that could not be made: what was sent, what was found, why, what next."""

from collections.abc import Iterable
from typing import Any

from helpers.publication.numbers import Number, escape, pieces
from helpers.publication.wording.without_result.reasons import (
    NOBODY_FOUND,
    POOR_MATCH,
    REASONS,
    Reason,
)
from helpers.request import limits

TAG = "Could not be analysed"
NOTHING = "This says nothing about whether the programme made a difference."
UNOPENED = "The outcomes were not opened."
MOST = 5  # characteristics that are named
FEW_FOUND = 0.5  # share of the lines below which their ids are spoken of


def not_made(data: dict[str, Any]) -> str:
    """Give the box of an analysis that could not be made, and its four parts."""
    reason = REASONS[data["reason"]]
    parts = {
        "What was sent.": _sent(data),
        "What was found.": _found(data),
        "Why there is no estimate.": _why(reason, data),
        "What would be needed.": " ".join(_needed(reason, data)),
    }
    title = named(data, _filled([reason.title], data)[0])
    return box(title) + points(parts)


def of_poor_match(data: dict[str, Any], who: str) -> str:
    """Give the four parts of groups not made alike; `who` says who they are."""
    needed = " ".join(POOR_MATCH.needed).format(noun=escape(data["noun"]))
    parts = {
        "What was sent.": _sent(data | {"submitted": data["sent"]}),
        "What was found.": f"{who}{_differ(data['unalike'])}",
        "Why there is no estimate.": POOR_MATCH.why,
        "What would be needed.": needed,
    }
    return points(parts)


def box_of_poor_match(data: dict[str, Any]) -> str:
    """Give the box that heads an analysis whose groups could not be made alike."""
    return box(named(data, POOR_MATCH.title))


def _differ(unalike: list[list[Any]]) -> str:
    """Say in what the groups still differ most, as far as that is shown."""
    far = {
        label: max(abs(number.value) for number in numbers if shown_at(number))
        for label, *numbers in unalike
        if any(shown_at(number) for number in numbers)
    }
    far = {label: gap for label, gap in far.items() if gap > limits.REASONABLE}
    most = [escape(label) for label in sorted(far, key=lambda one: -far[one])][:MOST]
    if not most:
        return ""
    return f" The groups still differ most in: {'; '.join(most)}."


def box(title: str) -> str:
    """Give the box that heads such an analysis; its title is markup."""
    return (
        '<div class="jdl-finding jdl-finding--withheld" data-verdict="withheld">'
        f'<p class="jdl-tag jdl-tag--withheld">{TAG}</p><h3>{title}</h3>'
        f"<p><strong>{NOTHING}</strong></p></div>"
    )


def points(parts: dict[str, str]) -> str:
    """Give the parts as a list, each with its lead-in; those without words are not."""
    items = "".join(
        f"<li><p><strong>{lead}</strong> {text}</p></li>"
        for lead, text in parts.items()
        if text
    )
    return f'<ul class="jdl-points">{items}</ul>'


def in_brief(data: dict[str, Any]) -> str:
    """Say it in brief, for the top of the page and the console."""
    return named(data, in_one_line(data))


def in_one_line(data: dict[str, Any]) -> str:
    """Say that an analysis could not be made, why, and that this is no finding."""
    return _brief(_filled([REASONS[data["reason"]].title], data)[0])


def poor_match_in_one_line() -> str:
    """Say the same of groups that could not be made alike."""
    return _brief(POOR_MATCH.title)


def _brief(title: str) -> str:
    return f"{TAG}: {title[:1].lower()}{title[1:]}. {NOTHING}"


def named(data: dict[str, Any], text: str) -> str:
    """Give a sentence that names the analysis where there are several."""
    return f"{escape(data['analysis'])}: {text}" if data["several"] else text


def _filled(texts: Iterable[str], data: dict[str, Any]) -> list[str]:
    """Give texts with the request's smallest number in them, each a sentence."""
    noun, least = data["noun"], data["least"]
    known = {
        "noun": noun,
        "fewer": f"fewer than {least} {noun}" if least != "one" else f"no {noun}",
        "at_least": f"at least {least}{' of the' * (least == 'one')} {noun}",
    }
    filled = [
        text.format(**{name: escape(words) for name, words in known.items()})
        for text in texts
    ]
    return [f"{text[:1].upper()}{text[1:]}" for text in filled]


def _sent(data: dict[str, Any]) -> str:
    lines = data["submitted"]
    if not shown_at(lines):
        if data["open_data"]:
            return "How many people the data hold is hidden to protect people."
        return "How many were sent in is hidden to protect people."
    if data["open_data"]:
        return f"The data hold {lines.html} people in the programme."
    what = ("lines", "line") if data["listed"] else ("people", "person")
    sent = f"{lines.html} {what[lines.text == '1']}"
    return f"{escape(data['organisation'])} submitted {sent}."


def _found(data: dict[str, Any]) -> str:
    noun, left = escape(data["noun"]), data["available"]
    said = _of_all(data) if data["about"] else _of_them(data)
    # counts may be rounded up to the very number that they are below
    below = not (shown_at(data["more"]) and data["more"].value <= 0)
    if shown_at(left) and below:
        who = f"{left.html} {noun} were" if left.value else "Nobody was"
        who = f"{left.html} of the {noun} was" if left.text == "1" else who
        said.append(f"{who} left to analyse{_at(data)}.")
    elif data["reason"] != NOBODY_FOUND.name:
        said += _filled([f"{{fewer}} were left to analyse{_at(data)}."], data)
    recent = data["too_recent"]
    if shown_at(recent) and not data["about"]:
        what = ("lines are", "line is")
        if not data["listed"]:
            what = ("people are", "person is")
        said.append(f"{recent.html} {what[recent.text == '1']} too recent.")
    return " ".join(said)


def _of_them(data: dict[str, Any]) -> list[str]:
    """Say how many were found, where the analysis is about all who were sent."""
    linked = data["linked"]
    if not shown_at(linked):
        return []
    some = f"{linked.html} of them" if linked.value else "None of them"
    return [f"{some} {_were(linked)} found in the national records."]


def _of_all(data: dict[str, Any]) -> list[str]:
    """Say what is known of all lines, where the analysis is about some of them."""
    lines, linked, recent = data["submitted"], data["linked"], data["too_recent"]
    all_ = f"all {lines.html}" if shown_at(lines) and lines.value > 1 else "all"
    said = []
    if shown_at(linked):
        some = linked.html if linked.value else "none"
        said.append(f"{some} {_were(linked)} found in the national records")
    if shown_at(recent):
        said.append(f"{recent.html} {'is' if recent.text == '1' else 'are'} too recent")
    what = "lines" if data["listed"] else "people"
    return [f"Of {all_} {what}, {' and '.join(said)}."] if said else []


def _were(number: Number) -> str:
    return "was" if number.text in ("0", "1") else "were"


def _why(reason: Reason, data: dict[str, Any]) -> str:
    about = "".join(f"{pieces(sentence)} " for sentence in data["about"])
    why = about + _filled([reason.why], data)[0]
    # of people who were not found there are no outcomes
    unopened = data["unopened"] and reason != NOBODY_FOUND
    return f"{why} {UNOPENED}" if unopened else why


def _needed(reason: Reason, data: dict[str, Any]) -> list[str]:
    """Give what would be needed, and what the numbers of this list add to it."""
    texts = reason.needed_of_some if data["about"] else ()
    said = _filled(texts or reason.needed, data)
    later, ids = data["later"], data["without_id"]
    if later and later.state == "shown":
        said.append(
            "At the earliest that is when the records are complete to the end of "
            f"{later.html}."
        )
    if shown_at(ids) and ids.value and _few_found(data):
        came = "line" if ids.text == "1" else "lines"
        said.append(
            f"{ids.html} {came} of this list came without a PNC id or a prison number."
        )
    return said


def _few_found(data: dict[str, Any]) -> bool:
    """Tell whether few lines were found, so that ids could have made a difference."""
    lines, linked = data["submitted"], data["linked"]
    known = shown_at(lines) and shown_at(linked)
    return known and linked.value < FEW_FOUND * lines.value


def _at(data: dict[str, Any]) -> str:
    """Give a reference to the table of losses in brackets, where it has a number."""
    place = data["table"]
    return f" ({place.html})" if place and place.number else ""


def shown_at(number: Number | str) -> bool:
    """Tell whether a number stands here, may be told and is one."""
    return isinstance(number, Number) and number.text[:1] != "["
