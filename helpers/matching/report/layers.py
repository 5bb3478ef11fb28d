"""A section laid out by analysis: the headline's sentences first, all else folded."""

from collections.abc import Mapping
from typing import Any

from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref
from helpers.publication.wording.number_words import in_words
from helpers.runs.run import Run

#: of each analysis: its blocks
ByAnalysis = Mapping[str, list[Block]]


def is_headline(run: Run, analysis: str) -> bool:
    """Tell whether an analysis heads the report."""
    return any(a.name == analysis and a.headline for a in run.request.analyses)


def of_people(run: Run, analysis: str) -> dict[str, Any] | None:
    """Give the fold of an analysis among several, which says how many are in it."""
    data = {"n_treatment": ref(refs.of(analysis, "n_treatment"))}
    return of_analysis(run, analysis, "line_in_analysis", data)


def of_balance(run: Run, analysis: str) -> dict[str, Any] | None:
    """Give the fold of an analysis among several, which says how well it is matched."""
    data = {"match_quality": ref(refs.of(analysis, "match_quality"), "text")}
    return of_analysis(run, analysis, "line_matched", data)


def of_analysis(
    run: Run, analysis: str, words: str, data: dict[str, Any]
) -> dict[str, Any] | None:
    """Give the fold of an analysis, its line by a function; None if it is the one."""
    if not run.several:
        return None
    return blocks.fold(blocks.said(words=words, data={"analysis": analysis} | data))


def in_view(
    run: Run, analysis: str, outer: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Give where sentences of an analysis stand: in view if it heads the report."""
    return None if is_headline(run, analysis) else outer


def by_analysis(run: Run, *parts: ByAnalysis) -> list[Block]:
    """Give a section's blocks: those in view, then each analysis, the headline first.

    Where others follow a headline a sentence says how many.
    """
    made = [block for part in parts for several in part.values() for block in several]
    names = list(dict.fromkeys(name for part in parts for name in part))
    names.sort(key=lambda name: not is_headline(run, name))
    others = sum(not is_headline(run, name) for name in names)
    shown = [block for block in made if "fold" not in block.recipe]
    if run.several and others:
        shown.append(_others(run, shown or made, others))
    folded = [
        block
        for name in names
        for block in _of_one(run, [b for part in parts for b in part.get(name, [])])
    ]
    return [*shown, *folded]


def _of_one(run: Run, made: list[Block]) -> list[Block]:
    """Give the folded blocks of an analysis, those first that its own fold opens on."""
    folded = [block for block in made if "fold" in block.recipe]
    if run.several:
        folded.sort(key=lambda block: "within" in block.recipe["fold"])
    return folded


def _others(run: Run, before: list[Block], count: int) -> Block:
    """Say how many analyses stand below, whose sentences are not in view."""
    number = in_words(count)
    below = "analysis is below" if count == 1 else "analyses are below, a line each"
    text = f"{number[:1].upper()}{number[1:]} other {below}."
    key = f"others-{before[0].recipe['key']}"
    return blocks.words(run, key, words="sentences", data={"sentences": [[text]]})
