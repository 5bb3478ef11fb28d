"""The figures of a report as pictures of pixels."""

from collections.abc import Mapping
from typing import Any

from helpers.publication import figures
from helpers.publication.facts.resolve import resolve
from helpers.publication.report.publish_cells import Part


def pictures(found: list[Part], released: Mapping[str, Any]) -> dict[str, bytes]:
    """Give the wide form of every figure as PNG, by the figure's key."""
    return {
        part.key: picture(part, released)
        for part in found
        if part.recipe["block"] == "figure"
    }


def picture(part: Part, released: Mapping[str, Any]) -> bytes:
    """Give the wide form of a figure as PNG, from released numbers."""
    module = figures.FIGURES[part.recipe["figure"]]
    data = module.Data(**resolve(part.recipe["data"], released))
    with figures.own_style():
        return figures.png(module.draw(data, False))
