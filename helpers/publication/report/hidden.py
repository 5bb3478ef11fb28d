"""Analyses of which nothing can be shown: a sentence in the place of their blocks.

Blocks full of `[c]` would tell nothing; and which blocks a stage declares follows from
what is hidden, such as whether enough people could be analysed to head a report. In a
table of several analyses such an analysis keeps its row, in which all is hidden.
"""

from collections.abc import Mapping
from typing import Any

from helpers.publication import blocks, refs
from helpers.publication.cells import EXEMPT, Cell
from helpers.publication.disclosure import Decision
from helpers.publication.numbers import refs_in
from helpers.publication.report.publish_cells import Part
from helpers.publication.sections import FOR_REVIEWERS, OF_FINDINGS
from helpers.request import AnyRequest

#: figures that draw a measure where the numbers of both groups are shown
OF_BOTH_GROUPS = ("measures", "icons")
NO_FIGURE = (
    "the measures are not shown in a figure, because their numbers are hidden to "
    "protect people."
)
#: figures of which the words beside them say that their numbers are hidden
SAID_BESIDE = ("icons", "placebo", "contour")
#: what a finding that may be undone is told by
FINDING = ("difference", "ci_low", "ci_high")
#: what they hold is told whether numbers are shown or not
KEPT = ("limits", "method", "findings", *OF_FINDINGS, *FOR_REVIEWERS)


def standing(parts: list[Part], decision: Decision) -> list[Part]:
    """Leave out blocks that would tell of withheld numbers by being there at all."""
    return [part for part in parts if _stands(part, decision)]


def _stands(part: Part, decision: Decision) -> bool:
    of = refs_in(part.recipe.get(blocks.STANDS_WITH, []))
    return not of or any(decision.released.get(name) is not None for name in of)


def replaced(
    parts: list[Part],
    cells: Mapping[str, Cell],
    decision: Decision,
    request: AnyRequest,
) -> list[Part]:
    """Put a sentence in the place of the blocks of analyses that are wholly hidden.

    The flow stays where it shows how many lines there were, and a table of several
    analyses with a row of each.
    """
    names = {
        refs.slug(analysis.name): analysis.name
        for analysis in request.analyses
        if _wholly_hidden(refs.slug(analysis.name), cells, decision)
    }
    slugs = [refs.slug(analysis.name) for analysis in request.analyses]
    made: list[Part] = []
    sentences: dict[tuple[str, str], Part] = {}
    for part in parts:
        base = _of(part, slugs)
        if base not in names or part.section in KEPT or _shows_lines(part, decision):
            nothing = not base and _empty(part, decision)
            if nothing or _draws_nothing(part, decision):
                made.append(_in_one_sentence(part))
            else:
                whole = part if base else _with_rows_hidden(part, set(names), cells)
                made.append(whole)
            continue
        place = (base, part.section)
        if place not in sentences:
            first = base not in {name for name, _ in sentences}
            sentences[place] = _sentence(part, names[base], len(slugs) > 1, first)
            made.append(sentences[place])
        # the numbers that are hidden are counted, though nothing stands for them
        instead = sentences[place].recipe["data"]["instead_of"]
        instead += [blocks.ref(name) for name in refs_in(part.recipe)]
    return made


def _wholly_hidden(base: str, cells: Mapping[str, Cell], decision: Decision) -> bool:
    """Tell whether the size of an analysis is hidden, and each measure not shown."""
    values = [
        name
        for name in cells
        if name.startswith(refs.within(base, ""))
        and name.rpartition(".")[2] in ("value_treatment", "value_comparison")
    ]
    return refs.of(base, "n_treatment") in decision.withheld and all(
        decision.released.get(name) is None for name in values
    )


def _of(part: Part, slugs: list[str]) -> str:
    """Give the slug of the analysis that a block is of, if it is of one alone."""
    recipe = part.recipe
    data = recipe.get("data")
    if isinstance(data, dict) and data.get("analysis"):
        return refs.slug(data["analysis"])
    itself = {key: value for key, value in recipe.items() if key != "fold"}
    first = _analyses(itself)
    of = [base for base in slugs if base in first]
    return of[0] if len(of) == 1 else ""


def _shows_lines(part: Part, decision: Decision) -> bool:
    """Tell whether a block is of the flow, and shows a number of the lines.

    Its table stays in any case: which reasons there were is told by what rows it has.
    """
    if part.recipe["block"] == "table" and part.key.startswith("flow-"):
        return True
    return part.section == "people" and any(
        decision.released.get(name) is not None
        for name in refs_in(part.recipe)
        if name.startswith("intake.")
    )


def _empty(part: Part, decision: Decision) -> bool:
    """Tell whether a table of no analysis, such as of linkage, has hidden numbers only.

    A setting or a published result is none of them, and keeps its table.
    """
    names = refs_in(part.recipe)
    return (
        part.recipe["block"] == "table"
        and bool(names)
        and all(name in decision.withheld for name in names)
    )


def _draws_nothing(part: Part, decision: Decision) -> bool:
    """Tell whether a figure of both groups has no measure of which both are shown.

    Or one of made-up programmes no result to stand among them, or that of something
    hidden no finding to be undone.
    """
    recipe = part.recipe
    if recipe.get("figure") == "placebo":
        return recipe["data"]["as_large"]["ref"] in decision.withheld
    if recipe.get("figure") == "contour":
        finding = (recipe["data"][name]["ref"] for name in FINDING)
        return any(decision.released.get(name) is None for name in finding)
    if recipe.get("figure") not in OF_BOTH_GROUPS:
        return False
    data = recipe["data"]
    pairs = [
        [measure[f"value_{group}"]["ref"] for group in ("treatment", "comparison")]
        for measure in data.get("measures") or [data["measure"]]
    ]
    hidden = any(name in decision.withheld for pair in pairs for name in pair)
    released = decision.released
    return hidden and not any(
        all(released.get(name) is not None for name in pair) for pair in pairs
    )


def _with_rows_hidden(part: Part, names: set[str], cells: Mapping[str, Cell]) -> Part:
    """Hide all of the rows of some analyses in a table, and what notes say of them.

    A setting of the request stays: it is the same whoever the people are.
    """
    recipe, gone = part.recipe, []
    if recipe["block"] != "table" or not names & _analyses(recipe):
        return part

    def hidden(parts: Any) -> bool:
        of = _analyses(parts)
        return bool(of) and of <= names

    def setting(*of: str) -> bool:
        known = [cells[ref].kind in EXEMPT for ref in of if ref in cells]
        return len(known) == len(of) > 0 and all(known)

    rows, notes = [], []
    for row in recipe["rows"]:
        if hidden(row) and isinstance(row, dict):  # it stands with a number of its own
            gone += [ref for ref in refs_in(row) if not setting(ref)]
        elif hidden(row):
            # a size that is hidden stands for every number, also where there is none
            size = blocks.ref(refs.of(min(_analyses(row)), "n_treatment"))
            gone += [ref for ref in refs_in(row) if not setting(ref)]
            row = [row[0], *(c if setting(*refs_in(c)) else size for c in row[1:])]
        rows.append(row)
    for note in recipe["notes"]:
        if isinstance(note, dict) and "about" in note:
            note = note | {"about": [one for one in note["about"] if not hidden(one)]}
        notes.append(note)
    # the numbers that are hidden are counted, though nothing stands for them
    instead = {"instead_of": [blocks.ref(name) for name in gone]}
    hidden_in = recipe | {"rows": rows, "notes": notes} | instead
    return Part(part.section, hidden_in, part.code, part.ends)


def _analyses(recipe: Any) -> set[str]:
    """Give the slugs with which the refs of a part of a recipe begin."""
    return {name.partition(".")[0] for name in refs_in(recipe)}


def _in_one_sentence(part: Part) -> Part:
    """Give a sentence in the place of a table or figure of hidden numbers.

    What is said beside a picture of a hundred people says that its rate is hidden.
    """
    recipe = part.recipe
    if recipe["block"] == "figure":
        of = recipe["data"].get("analysis")
        text = f"{of}: {NO_FIGURE}" if of else NO_FIGURE[:1].upper() + NO_FIGURE[1:]
        sentences = [] if recipe["figure"] in SAID_BESIDE else [[text]]
    else:
        sentences = [[f"{recipe['caption']}: this is hidden to protect people."]]
    instead = [blocks.ref(name) for name in refs_in(part.recipe)]
    data = {"sentences": sentences, "instead_of": instead}
    words = {"block": "words", "key": part.key, "words": "sentences", "data": data}
    return Part(part.section, words | _fold(part), part.code, part.ends)


def _sentence(part: Part, analysis: str, several: bool, first: bool) -> Part:
    data: dict[str, Any] = {"analysis": analysis, "several": several, "first": first}
    data |= {"say": part.section == "can-say", "slug": refs.slug(analysis)}
    data |= {"instead_of": []}
    key = f"hidden-{part.section}-{refs.slug(analysis)}"
    recipe = {"block": "words", "key": key, "words": "hidden", "data": data}
    outer = part.recipe.get("fold") if several else None
    while outer and "within" in outer:
        outer = outer["within"]
    return Part(part.section, recipe | ({"fold": outer} if outer else {}), part.code)


def _fold(part: Part) -> dict[str, Any]:
    """Give the fold of a block, in which what stands in its place lies too."""
    return {"fold": part.recipe["fold"]} if "fold" in part.recipe else {}
