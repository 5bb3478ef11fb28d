"""What the outcomes stage declares for the report."""

from typing import Any

import pandas as pd

from helpers.intake.report.without_result import in_report
from helpers.matching.report.quality import unalike
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import by_measure, recipes, tables
from helpers.outcomes.report.beside import dispersion, precision, qualifying
from helpers.outcomes.report.decisions import not_headlined, reasons
from helpers.outcomes.report.limits import left_out
from helpers.outcomes.report.robustness.before import sure
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.refs import in_key, slug
from helpers.request import Outcome
from helpers.runs.run import Run

VALUES = ("value_treatment", "value_comparison")
SOME = " shows the measures that are not hidden."
LINES = (
    "Thin lines are 95% intervals of each group. Whether two of them overlap is no "
    "test of the difference, which is taken before rounding. Each measure has a scale "
    "of its own."
)


def _quality(sizes: pd.DataFrame, analysis: str) -> str:
    return sizes.set_index("analysis").loc[analysis, "quality"]


def _base(run: Run, analysis: str) -> dict[str, Any]:
    programme = run.request.programme
    return {
        "analysis": analysis,
        "several": run.several,
        "slug": slug(analysis),
        "noun": run.asked.noun(analysis),
        "organisation": run.request.organisation.name,
        "open_data": run.request.is_open_data,
        "listed": bool(run.request.inputs.from_records),
        "programme": programme.label,
        "by_chance": programme.selection_by == "chance",
    }


def _measures(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: str
) -> list[dict[str, Any]]:
    quality = _quality(sizes, analysis)
    return recipes.of_analysis(results, run.request, analysis, quality)


def main_points(
    run: Run,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    balance: pd.DataFrame | None = None,
) -> list[Block]:
    """Give a finding for each measure of each headline, or why it has none.

    By `balance`, the matching's stacked tables, a poor match says what differs most.
    """
    made = []
    for analysis in run.asked.analyses:
        if not analysis.headline:
            continue
        base = slug(analysis.name)
        if analysis.name in run.without_result:
            data = in_report.facts(run, analysis.name)
            key = f"main-points-{base}"
            made.append(blocks.words(run, key, words="not_made", data=data))
            continue
        data = _base(run, analysis.name) | reasons(run, sizes, analysis.name)
        data |= left_out(run, analysis.name) | {
            "measures": recipes.headline(_measures(run, results, sizes, analysis.name)),
            "n_treatment": ref(refs.of(analysis.name, "n_treatment")),
            "n_comparison": ref(refs.of(analysis.name, "n_comparison")),
            "behind": see(by_measure.key(_first(run, results))),
            "sent": ref(refs.SUBMITTED),
            "unalike": [],
        }
        data |= qualifying.of_measures(run, analysis.name, data["measures"])
        measures = _measures(run, results, sizes, analysis.name)
        data["sure"] = sure.of_analysis(run, analysis.name, measures)
        if balance is not None and _quality(sizes, analysis.name) == "poorly":
            main = balance[balance["variant"] == MAIN]
            data["unalike"] = unalike(run, analysis.name, main)
        made.append(
            blocks.words(run, f"main-points-{base}", words="main_points", data=data)
        )
    return made


def _first(run: Run, results: pd.DataFrame) -> Outcome:
    """Give the measure that heads the main points."""
    held = [o for o in run.request.outcomes if (results["outcome"] == o.name).any()]
    return next((outcome for outcome in held if outcome.main_point), held[0])


def measures_of_impact(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Block]:
    """Give each analysis' measures in one figure, and a table of each measure."""
    made: list[Block] = []
    of_tables = by_measure.main_points(run.request, results, sizes)
    keys = [of.key for of in of_tables]
    for analysis in run.request.analyses:
        base = _base(run, analysis.name)
        if not_headlined(run, sizes, analysis.name):
            made += _words(run, results, sizes, analysis.name, "estimate")
        else:
            found = recipes.headline(_measures(run, results, sizes, analysis.name))
            made.append(_chart(run, base, found))
    lead = tables.places(keys, " has the numbers.", " have the numbers.")
    said = tables.said_once(run, of_tables)
    lead += [f" {text}" for text in said]
    for of in of_tables:
        notes = [*tables.notes(run, of, said), *dispersion.notes(run, of)]
        made.append(tables.table(run, of, lead, notes))
        lead = []
    return made


def _chart(run: Run, base: dict[str, Any], found: list[dict[str, Any]]) -> Block:
    """Give the figure of an analysis' measures, which leads to its table too."""
    key = f"measures-{base['slug']}"
    each = "the measure" if len(found) == 1 else "each measure"
    values = [m[name]["ref"] for m in found for name in VALUES]
    return blocks.figure(
        run,
        key,
        figure="measures",
        subtitle=_titled(base, "Programme and comparison group, with 95% intervals"),
        data={
            "noun": base["noun"],
            "analysis": base["analysis"] if base["several"] else "",
            "measures": found,
        },
        lead=[
            f"{base['analysis']}: " if base["several"] else "",
            see(key),
            blocks.told(f" shows {each} in both groups.", *values, otherwise=SOME),
        ],
        notes=[LINES, *recipes.notes(found, base["noun"])],
    )


def _titled(base: dict[str, Any], text: str) -> str:
    """Give a caption that names the analysis where there are several."""
    return f"{text}: {base['analysis']}" if base["several"] else text


def in_detail(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give each main measure in words and pictures, and tables of the others."""
    made = []
    for analysis in run.request.analyses:
        if not_headlined(run, sizes, analysis.name):
            continue
        base = _base(run, analysis.name)
        measures = _measures(run, results, sizes, analysis.name)
        for measure in recipes.headline(measures):
            # a hundred typical people of a group, not of those who reoffended
            drawn = measure["kind"] == "rate" and not measure["of_some"]
            drawn = drawn and not measure["reason"]
            data = base | {"measure": measure, "drawn": drawn}
            key = f"{base['slug']}-{in_key(measure['outcome'])}"
            made.append(
                blocks.words(run, f"estimate-{key}", words="estimate", data=data)
            )
            made += precision.sentence(run, base, measure)
            made += [_icons(run, f"icons-{key}", base, measure)] if drawn else []
    of_tables = by_measure.others(run.request, results, sizes)
    if of_tables:
        keys = [of.key for of in of_tables]
        ends = (" has another measure.", " have the other measures.")
        said, heading = tables.said_once(run, of_tables), "Other measures"
        lead = [*tables.places(keys, *ends), *(f" {text}" for text in said)]
        for of in of_tables:
            notes = tables.notes(run, of, said)
            made.append(tables.table(run, of, lead, notes, heading))
            lead, heading = [], ""
    return made


def _icons(run: Run, key: str, base: dict[str, Any], measure: dict[str, Any]) -> Block:
    """Give a rate as a hundred typical people of each group."""
    noun, label, when = base["noun"], measure["label"], measure["definition"]
    who = f"{noun[:1].upper()}{noun[1:]} in every 100 who {label} {when}".strip()
    label = measure["called"] or label
    return blocks.figure(
        run,
        key,
        figure="icons",
        subtitle=_titled(base, who),
        data={"label": label, "definition": when, "noun": noun, "measure": measure},
        lead=[see(key), f" shows each rate as {noun} out of a hundred."],
    )


def _words(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: str, words: str
) -> list[Block]:
    """Give a block for each measure, or the reason why only the tables tell of them."""
    key, base = words.replace("_", "-"), _base(run, analysis)
    if not_headlined(run, sizes, analysis):
        reason = reasons(run, sizes, analysis)["not_headlined"]
        said = [f"{analysis}: ", reason] if base["several"] else [reason]
        data = {"analysis": analysis, "sentences": [said]}
        return [
            blocks.words(run, f"{key}-{base['slug']}", words="sentences", data=data)
        ]
    measures = recipes.headline(_measures(run, results, sizes, analysis))
    return [
        blocks.words(
            run,
            f"{key}-{base['slug']}-{in_key(measure['outcome'])}",
            words=words,
            data=base
            | {"measure": measure}
            | qualifying.of_measures(run, analysis, [measure]),
        )
        for measure in measures
    ]


def can_say(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Say what can and cannot be said on each measure of the headline analyses."""
    made = []
    for analysis in run.asked.analyses:
        if not analysis.headline:
            continue
        if analysis.name in run.without_result:
            data = _base(run, analysis.name) | in_report.facts(run, analysis.name)
            key = f"can-say-{data['slug']}"
            made.append(blocks.words(run, key, words="can_say", data=data))
            continue
        base, why = _base(run, analysis.name), reasons(run, sizes, analysis.name)
        if not why["not_headlined"]:
            made += _words(run, results, sizes, analysis.name, "can_say")
            continue
        key = f"can-say-{base['slug']}"
        made.append(blocks.words(run, key, words="can_say", data=base | why))
    return made
