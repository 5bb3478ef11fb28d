"""Colours of verdicts and groups: told once, and the style sheet has the same."""

import re

from helpers.files import ROOT
from helpers.publication import colours
from helpers.publication.figures.marks import MARKS

CSS = ROOT / "helpers" / "publication" / "report" / "template" / "report.css"
VERDICTS = {
    "decrease": colours.DECREASE,
    "inconclusive": colours.INCONCLUSIVE,
    "increase": colours.INCREASE,
    "none": colours.NONE,
}


def test_the_style_sheet_has_the_colours_of_the_verdicts():
    style = CSS.read_text(encoding="utf-8")
    assert {
        name: re.search(rf"--{name}:(#[0-9a-f]{{6}})", style).group(1).upper()
        for name in VERDICTS
    } == VERDICTS


def test_a_chart_has_the_colours_of_the_verdicts():
    names = {"not_found": "none"}
    drawn = {names.get(name, name): mark.colour for name, mark in MARKS.items()}
    assert drawn == VERDICTS


def test_no_other_module_tells_a_colour_of_these():
    every = [*VERDICTS.values(), colours.TREATMENT, colours.COMPARISON]
    told = [
        path.name
        for path in (ROOT / "helpers").rglob("*.py")
        if "template" not in path.parts  # a provider's workbook has no verdicts
        if any(c.lower() in path.read_text(encoding="utf-8").lower() for c in every)
    ]
    assert told == ["colours.py"]
