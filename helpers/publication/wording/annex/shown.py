"""Definitions and questions as they stand on the page."""

from typing import Any

from helpers.publication.numbers import escape, pieces


def definitions(data: dict[str, Any]) -> str:
    """Give each term with what it means."""
    items = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>"
        for term, meaning in data["terms"]
    )
    return f'<dl class="jdl-facts">{items}</dl>'


def questions(data: dict[str, Any]) -> str:
    """Give each question as a heading, and its answer beneath."""
    return "".join(
        f"<h3>{escape(question)}</h3><p>{pieces(answer)}</p>"
        for question, answer in data["questions"]
    )
