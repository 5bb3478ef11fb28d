"""The published results so far, in words."""

from collections.abc import Mapping
from typing import Any

from helpers.publication.numbers import Number, pieces

RATE = "one-year proven reoffending rate"
UNSURE = "did not have enough evidence to tell"

#: what the marks of a study look like, and of several analyses
MARK = "in bold on a shaded row, or with the words “This study”"
MARKS = "its analyses are in bold on shaded rows, or named"

#: how a study can be compared with others, in brief; the questions say why
COMPARED = [
    "Its rates cannot be compared with those of another report, which are of other "
    "people. Differences can be set side by side with their intervals: where these "
    "overlap, do not rank the programmes."
]

#: the same in brief
NO_PROOF = "Such a count does not tell how well programmes work."

#: why a count of findings is no summary of them
COUNTING = (
    "Counting findings does not tell how well programmes work. A small analysis seldom "
    "has enough evidence to tell, even where the programme made a difference. And a "
    "count does not say how large the differences were."
)


def split(data: Mapping[str, Any]) -> str:
    """Give the Ministry's last full count of findings, as a list."""
    return (
        f"<p>Of the {data['total'].html} analyses that the Ministry of Justice had "
        f"completed by {data['when']}:</p>{_listed(_found(data, RATE))}"
    )


def split_in_brief(data: Mapping[str, Any]) -> str:
    """Give the Ministry's last full count of findings in brief, if there is one."""
    if not data["when"]:
        return (
            "<p>No count of what all analyses found had been published by "
            f"{data['until']}.</p>"
        )
    unsure = data["inconclusive"]
    could_not = f"; {unsure.html} could not tell" if unsure.value else ""
    return (
        f"<p>By {data['when']} the Ministry of Justice had completed "
        f"{data['total'].html} analyses: {_many(data['decrease'])} found a "
        "statistically significant decrease in reoffending and "
        f"{_many(data['increase'])} an increase{could_not}. {NO_PROOF}</p>"
    )


def collected(data: dict[str, Any]) -> str:
    """Give how many results are collected here, and what they found."""
    if not data["all"].value:
        return collected_in_brief(data)
    found, left = _found(data, "rate"), data["not_found"]
    if left.value:
        one = left.value == 1
        found.append(
            f"{left.html} {'counts' if one else 'count'} in none of these: "
            f"{'its' if one else 'their'} finding is not known"
        )
    return f"{collected_in_brief(data)}<p>Of those collected here:</p>{_listed(found)}"


def collected_in_brief(data: dict[str, Any]) -> str:
    """Give how many results are collected here, and up to when they were published."""
    number, dated, undated = (data[name] for name in ("all", "dated", "undated"))
    until = f"published by {data['until']}"
    if not number.value:
        return f"<p>No result that was {until} is collected here.</p>"
    here = f"{results(number)} {'is' if number.value == 1 else 'are'} collected here"
    if not undated.value:
        return f"<p>{here}, {until}.{_made_up(data)}</p>"
    which = f": {dated.html} {until}, and {undated.html}" if dated.value else ","
    those, them = ("That one", "it") if undated.value == 1 else ("Those", "them")
    return (
        f"<p>{here}{which} whose month of publication was not printed. {those} may "
        f"have been published later, and charts over time leave {them} out."
        f"{_made_up(data)}</p>"
    )


def _made_up(data: dict[str, Any]) -> str:
    told = of_nobody(data)
    return f" {told}" if told else ""


def of_nobody(data: Mapping[str, Any]) -> str:
    """Say how many of the results are of made-up people; empty where none is."""
    if "made_up" not in data:
        return ""
    number = data["made_up"]
    are, tell = ("is", "tells") if number.value == 1 else ("are", "tell")
    return (
        f"{number.html} of the results collected here {are} of made-up people and "
        f"{tell} nothing about any programme."
    )


def counting(data: dict[str, Any]) -> str:
    """Say that the collection is partial, and what a count of findings cannot tell."""
    if not data["all"].value:
        return ""
    return f"<p>{_partial(data)}</p><p>{COUNTING}</p>"


def _listed(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _found(data: Mapping[str, Any], rate: str) -> list[str]:
    """Give how many found a decrease, could not tell, or found an increase."""
    lower, unsure = data["lower_frequency"], data["inconclusive"]
    of_these = (
        f"; {lower.html} of these found a statistically significant decrease in the "
        "frequency of reoffending"
        if lower.value
        else ""
    )
    return [
        f"{_many(data['decrease'])} found a statistically significant decrease in the "
        f"{rate}",
        *([f"{unsure.html} {UNSURE}{of_these}"] if unsure.value else []),
        f"{_many(data['increase'])} found a statistically significant increase in the "
        "rate",
    ]


def _many(number: Number) -> str:
    return number.html if number.value else "none"


def _partial(data: dict[str, Any]) -> str:
    """Say that the collection is partial, and which way it leans."""
    many = ""
    if data["published_when"]:
        many = (
            f": by {data['published_when']}, {data['published'].html} reports had "
            "already been published"
        )
    return (
        f"The collection is partial{many}. It holds what could still be read. "
        "Organisations tell of their own results, and good news is told more often. So "
        "the collection does not show how often programmes succeed."
    )


def results(number: Number) -> str:
    """Give so many results: "1 result", "2 results"."""
    return f"{number.html} {'result' if number.value == 1 else 'results'}"


def placed(data: dict[str, Any]) -> str:
    """Say whether a study is marked among the published results, and why if not.

    Of several analyses it says which are marked, where only some of them are.
    """
    marked, others = [], []
    for one in data["analyses"]:
        number = one["difference"]
        shown = number and number.state == "shown"
        (marked if shown else others).append(one["name"])
    if data["reason"]:
        where = [data["reason"]]
    elif not marked:
        where = ["This study has no result to mark among the published ones."]
    elif not others:
        mark = MARK if len(marked) == 1 else MARKS
        where = [f"This study is marked among the published results: {mark}."]
    else:
        are = "is" if len(marked) == 1 else "are"
        have = "has" if len(others) == 1 else "have"
        where = [
            "Of this study, ",
            *_names(marked),
            f" {are} marked among the published results; ",
            *_names(others),
            f" {have} no result to mark.",
        ]
    return sentences({"sentences": [where, *([COMPARED] if marked else [])]})


def _names(names: list[str]) -> list[str]:
    """Give names as pieces of a sentence, each of its own: one may be a number."""
    *first, last = names
    between = [piece for name in first for piece in (name, ", ")][:-1]
    return [*between, " and ", last] if first else [last]


def sentences(data: dict[str, Any]) -> str:
    """Give sentences given as pieces: text, numbers, and places to look at."""
    return "".join(f"<p>{pieces(parts)}</p>" for parts in data["sentences"])
