"""Whom linkage found less often than others, in words."""

import html
from typing import Any

from helpers.publication.numbers import Number
from helpers.request.limits import ALPHA, UNEVEN

#: a constant of the method, which a check of numbers need not look for
POINTS = f'<span data-numcheck="off">{UNEVEN} points</span>'


def linkage(data: dict[str, Any]) -> str:
    """Name every kind of line that was linked, or left to a person, unlike others."""
    everyone, table = data["everyone"], data["table"].html
    sentences = [
        f"{table} shows how evenly the linkage found people. Of all lines that can be "
        f"used, {everyone['linked_share'].html} were linked and "
        f"{everyone['review_share'].html} wait for a person’s decision."
    ]
    # a look at many kinds finds some that differ by chance: each is asked for more
    alpha = ALPHA / (2 * max(len(data["kinds"]), 1))
    named = []
    for kind in data["kinds"]:
        for what, done in (("linked", "linked"), ("review", "under review")):
            way = _differs(kind, everyone, what, alpha)
            if way:
                named.append(
                    f"{way} often {done} than all other lines: "
                    f"{_constant(kind['whom'])}, {kind[f'{what}_share'].html}."
                )
    if named:
        sentences.append(
            "These kinds of lines differ from all others, by at least "
            f"{POINTS} and by more than chance would explain: the result may hold less "
            "for people who were found less often."
        )
        items = "".join(f"<li>{text}</li>" for text in named)
        return _paragraphs(sentences) + f"<ul>{items}</ul>"
    sentences.append(
        f"No kind of line whose numbers are shown differs from all others by {POINTS} "
        "or more and by more than chance would explain."
    )
    return _paragraphs(sentences)


def _constant(kind: str) -> str:
    """Give the name of a kind; the ends of an age band are constants of the method."""
    return f'<span data-numcheck="off">{html.escape(kind)}</span>'


def _paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def _differs(
    kind: dict[str, Any], everyone: dict[str, Any], what: str, alpha: float
) -> str:
    """Say whether lines of a kind are "less" or "more" often so; empty if neither.

    By Fisher's exact test against all other lines, as some kinds have few.
    """
    numbers = [kind[what], kind["lines"], everyone[what], everyone["lines"]]
    if any(not _shown(number) for number in numbers):
        return ""
    some, lines, all_of_them, all_lines = (float(n.value) for n in numbers)
    others, rest = all_of_them - some, all_lines - lines
    if not lines or not rest:
        return ""
    from scipy.stats import fisher_exact  # slow to import, and the intake's alone

    difference = some / lines - others / rest
    table = [[some, lines - some], [others, rest - others]]
    if abs(100 * difference) < UNEVEN or fisher_exact(table).pvalue > alpha:
        return ""
    return "Less" if difference < 0 else "More"


def _shown(number: Number) -> bool:
    return number.state == "shown" and number.value is not None
