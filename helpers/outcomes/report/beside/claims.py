"""What can and cannot be said: headlines in view, everything else folded away."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.intake.report.without_result import in_report
from helpers.outcomes.report import recipes
from helpers.outcomes.report.beside import qualifying
from helpers.outcomes.report.decisions import reasons
from helpers.outcomes.report.sections import about, measures_of
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref
from helpers.publication.refs import in_key
from helpers.request.analyses import Analysis
from helpers.runs.run import Run

#: headlines whose first measure is in view; those beyond lie in a fold each
IN_VIEW = 3
#: of an analysis, without which what is told of its measures would not be understood
BRIEFLY = ("analysis", "measure", "measures", "reason", "not_headlined")


def can_say(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Say what can and cannot be said on each measure that main points could show.

    The first measure of a headline is in view and its others are folded; so is every
    analysis that is none. One that could not be carried out has nothing to be said.
    """
    every = [a for a in run.asked.analyses if a.name not in run.left_out]
    ordered = sorted(every, key=lambda analysis: not analysis.headline)
    return [
        block
        for number, analysis in enumerate(ordered)
        for block in _of(
            run, results, sizes, analysis, shown=analysis.headline and number < IN_VIEW
        )
    ]


def _of(
    run: Run,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    analysis: Analysis,
    *,
    shown: bool,
) -> Iterator[Block]:
    """Give the blocks of an analysis; with `shown` the first of them is in view."""
    told = list(_told(run, results, sizes, analysis))
    every = {"measures": [data["measure"] for data in told if "measure" in data]}
    whole = None if shown else blocks.fold(_line(told[0] | every, whose=True))
    for number, data in enumerate(told):
        fold = whole
        if shown and number:
            fold = blocks.fold(_line(data, whose=run.several))
        key = f"can-say-{data['slug']}"
        if data.get("measure"):
            key = f"{key}-{in_key(data['measure']['outcome'])}"
        yield blocks.words(run, key, words="can_say", data=data, fold=fold)


def _told(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: Analysis
) -> Iterator[dict[str, Any]]:
    """Give what is told of each measure, or once of an analysis without a result."""
    name = analysis.name
    data = about(run, name) | {
        "beside_headline": not analysis.headline,
    }
    if name in run.without_result:
        yield data | in_report.facts(run, name)
        return
    why = reasons(run, sizes, name)
    if why["not_headlined"]:
        yield data | why
        return
    for measure in recipes.headline(measures_of(run, results, sizes, name)):
        sizes_of = {
            group: ref(refs.measure(name, measure["outcome"], f"n_{group}"))
            for group in ("treatment", "comparison")
        }
        beside = qualifying.of_measures(run, name, [measure])
        yield data | {"measure": measure, "sizes": sizes_of} | beside


def _line(data: dict[str, Any], *, whose: bool) -> dict[str, Any]:
    """Give the line of a fold, which says in a few words what can be said."""
    of = {name: data[name] for name in BRIEFLY if name in data}
    return blocks.said(words="can_say_in_brief", data=of | {"whose": whose})
