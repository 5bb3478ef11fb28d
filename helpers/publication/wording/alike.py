"""The lines of folds on people and balance: what lies in each, and what it finds.

Each is made of numbers that are shown; where one is hidden, its line says less.
"""

import re
from typing import Any

from helpers.publication.facts.groups import Balance
from helpers.publication.labels import NOT_KNOWN
from helpers.publication.numbers import Number, escape

#: most levels of a characteristic that are told in brief
IN_BRIEF = 4
#: how alike, in a line that counts, in this order
ALIKE = ("alike", "nearly", "apart", "hidden")
WORDS_FOR = {"apart": "further apart", "hidden": "not shown"}
#: the verdict on balance, in a line
MATCHED = {
    "well": "well matched",
    "reasonably": "reasonably well matched",
    "poorly": "poorly matched",
}


def _shown(number: Number) -> bool:
    return number.state == "shown" and isinstance(number.value, float)


def flow(data: dict[str, Any]) -> str:
    """Give the line above where everyone went: from how many to how many."""
    submitted, analysed = data["submitted"], data.get("n_treatment")
    lines = "lines" if data["listed"] else "people"
    where = "in the data" if data["open_data"] else "submitted"
    if not _shown(submitted):
        return f"Where everyone {where} went, and why"
    if analysed is None:
        return f"{submitted.html} {lines} {where}: where each went"
    if not _shown(analysed):
        return f"Where the {submitted.html} {lines} went, and why"
    to = f"{analysed.html} {escape(data['noun'])}" if data["listed"] else analysed.html
    return f"From {submitted.html} {lines} to {to}: where each went"


def alike(data: dict[str, Any]) -> str:
    """Give the line above characteristics: on how many the groups are alike."""
    whole = "" if data["all"].value == 1 else "All "
    return f"{whole}{_number(data, data['noun'])}: {_counts(data)}"


def _number(data: dict[str, Any], noun: str) -> str:
    """Give how many were compared, and what they are, as one or as several."""
    number = data["all"]
    what = noun.removesuffix("s") if number.value == 1 else noun
    return f"{number.html} {escape(what)}"


def _counts(data: dict[str, Any]) -> str:
    if _all_hidden(data):
        return WORDS_FOR["hidden"]
    if data["alike"].value == data["all"].value:
        return "alike" if data["all"].value == 1 else "all alike"
    if data["all"].value == 1:
        return "nearly alike" if data["nearly"].value else WORDS_FOR["apart"]
    return ", ".join(
        f"{data[which].html} {WORDS_FOR.get(which, which)}"
        for which in ALIKE
        if data[which].value
    )


def _all_hidden(data: dict[str, Any]) -> bool:
    return bool(data["hidden"].value == data["all"].value)


def largest(data: dict[str, Any]) -> str:
    """Give the line above differences: the largest that matching left, and on what."""
    rows: list[Balance] = data["rows"]
    known = [row for row in rows if _shown(row.after)]
    if not known:
        return "How far the groups differ: hidden to protect people"
    top = max(known, key=lambda row: abs(row.after.value))
    some = "" if len(known) == len(rows) else " of those shown"
    size = top.after.as_("size_tenths").html
    head, _, level = top.label.rpartition(": ")
    # a level that is called by a digit would be read as a number of the report
    label = escape(head if head and re.search(r"\d", level) else top.label)
    return f"{data['what']} in full; largest{some} {size}% ({label})"


def analysed(data: dict[str, Any]) -> str:
    """Give the line above who is in the analysis beside all who could have been."""
    share, needs = data["share_matched"], data["needs"]
    whose = "Needs of the programme’s people" if needs else "The programme’s people"
    analysed = f"{share.html}" if _shown(share) else "those"
    return f"{whose}: {analysed} analysed, and all who could have been"


def overlap(data: dict[str, Any]) -> str:
    """Give the line above where propensity scores lie: how many were matched."""
    share = data["share_matched"]
    if not _shown(share):
        return "Where the groups overlap: share matched not shown"
    return f"Where the groups overlap: {share.html} matched"


def sizes(data: dict[str, Any]) -> str:
    """Give the line above sizes and the caliper: how many beside how many."""
    ours, theirs = data["n_treatment"], data["n_comparison"]
    if not (_shown(ours) and _shown(theirs)):
        return "How people were matched: numbers not shown"
    return f"How people were matched: {ours.html} to {theirs.html}"


def in_analysis(data: dict[str, Any]) -> str:
    """Give the line of an analysis among several: how many people are in it."""
    name, size = escape(data["analysis"]), data["n_treatment"]
    return f"{name}: {size.html} analysed" if _shown(size) else f"{name}: size hidden"


def matched(data: dict[str, Any]) -> str:
    """Give the line of an analysis among several: how well it is matched."""
    quality = data["match_quality"].value
    return f"{escape(data['analysis'])}: {MATCHED.get(quality, 'balance not shown')}"


def of_needs(data: dict[str, Any]) -> str:
    """Give the line of an analysis among several: on how many needs it is alike."""
    told = f"{data['how_many']}, {_counts(data)}"
    # where none is shown there may be no table that has how many there are
    told = f"needs {WORDS_FOR['hidden']}" if _all_hidden(data) else told
    return f"{escape(data['analysis'])}: {told}"


def needs(data: dict[str, Any]) -> str:
    """Say on how many assessed needs the groups are alike, as a sentence."""
    which = f"<strong>{escape(data['analysis'])}:</strong> " if data["several"] else ""
    return (
        f"<p>{which}The groups were compared on {data['how_many']} (OASys), "
        f"counted as {_number(data, 'levels')}. After matching: {_counts(data)}.</p>"
    )


def in_brief(data: dict[str, Any]) -> str:
    """Say who the people in an analysis are, a line each of sex, age and ethnicity."""
    told = "".join(f"<li>{_in_brief(line)}</li>" for line in data["lines"])
    return f"<p>The {escape(data['noun'])} in the analysis:</p><ul>{told}</ul>"


def _in_brief(line: dict[str, Any]) -> str:
    rows = [row for row in line["levels"] if _shown(row[1])]
    label = escape(line["label"])
    if not rows:
        return f"{label}: hidden to protect people"
    if not line["several"]:
        return f"{escape(rows[0][0])}: {rows[0][1].html}"
    # those of whom it is not known come last, however many they are
    rows.sort(key=lambda row: (row[0] == NOT_KNOWN, -row[1].value))
    told = [f"{escape(head)} {value.html}" for head, value in rows[:IN_BRIEF]]
    hidden = len(rows) < len(line["levels"])
    others = [f"others{' hidden' if hidden else ''}"]
    rest = others if hidden or len(rows) > IN_BRIEF else []
    return f"{label}: {', '.join([*told, *rest])}"
