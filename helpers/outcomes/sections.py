"""What the outcomes stage declares for the report."""

from typing import Any

import pandas as pd

from helpers.matching.characteristics import refs
from helpers.outcomes import measures
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref
from helpers.publication.cells import Cell
from helpers.publication.labels import slug, title
from helpers.run import Run

COLUMNS = [
    "Measure",
    "Programme",
    "Comparison",
    "Difference",
    "95% interval from",
    "to",
    "p-value",
]

NOTE = (
    "A minus sign means a lower value in the programme. Differences are taken before "
    "rounding."
)

#: limits that hold for every study of this kind (method, section 9)
ALWAYS = [
    "Motivation is not measured: those who took part may have wanted to change more "
    "than those they are compared with.",
    "People in the comparison group may have had similar support elsewhere.",
    "People helped at one place are not independent of each other; the intervals "
    "treat them as if they were.",
    "Deaths and removals from the country count as not having the outcome.",
]

SUBMITTED = (
    "Everyone submitted is meant to be out of the comparison pool, those who could "
    "not be analysed among them; the cohort as it was prepared is relied on for this."
)

REOFFENDERS_ONLY = (
    "A time is about those to whom it happened. The groups were matched as a whole, so "
    "those of each group to whom it happened need not be alike."
)

STANDARD = [
    "Time back in custody for another reason counts as not reoffending.",
    "Only proven reoffences count: offences that led to a conviction or a caution.",
    "The rate is about the people who could be analysed, and cannot be compared with "
    "national rates.",
]


def _quality(sizes: pd.DataFrame, analysis: str) -> str:
    return sizes.set_index("analysis").loc[analysis, "quality"]


def _base(run: Run, analysis: str) -> dict[str, Any]:
    programme = run.request.programme
    return {
        "analysis": analysis,
        "several": len(run.request.analyses) > 1,
        "slug": slug(analysis),
        "noun": programme.noun,
        "programme": programme.label,
    }


def _measures(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: str
) -> list[dict[str, Any]]:
    return [
        measures.recipe(row, run.request, _quality(sizes, analysis))
        for row in results[results["analysis"] == analysis].itertuples(index=False)
    ]


def _not_headlined(run: Run, sizes: pd.DataFrame, analysis: str) -> str:
    match = sizes.set_index("analysis", drop=False).loc[analysis]
    least = run.request.eligibility.minimum_people
    return measures.reason_not_headlined(match, least)


def register(
    run: Run, results: pd.DataFrame, matched: dict[str, Any], sizes: pd.DataFrame
) -> None:
    """Register every estimate, and which analyses the main points may tell of."""
    run.register(measures.cells(results, matched, sizes, run.request))
    run.register(
        Cell(
            f"{slug(analysis.name)}.headlined",
            "no" if _not_headlined(run, sizes, analysis.name) else "yes",
            "derived",
            needs=(f"{slug(analysis.name)}.n_treatment",),
        )
        for analysis in run.request.analyses
    )


def decisions(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """For the analyst: what is not shown or not headlined, and why."""
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    by_name = sizes.set_index("analysis")
    rows = [
        {
            "analysis": row.analysis,
            "outcome": row.outcome,
            "not shown": measures.reason_not_shown(
                row, outcomes[row.outcome], by_name.loc[row.analysis, "quality"]
            ),
            "not headlined": _not_headlined(run, sizes, row.analysis),
        }
        for row in results.itertuples(index=False)
    ]
    return pd.DataFrame(rows).set_index("outcome")


def main_points(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """A finding for each measure of each headline analysis."""
    made = []
    for analysis in run.request.analyses:
        if not analysis.headline:
            continue
        base = slug(analysis.name)
        data = _base(run, analysis.name) | {
            "measures": _measures(run, results, sizes, analysis.name),
            "not_headlined": _not_headlined(run, sizes, analysis.name),
            "n_treatment": ref(f"{base}.n_treatment"),
            "n_comparison": ref(f"{base}.n_comparison"),
        }
        made.append(
            blocks.words(run, f"main-points-{base}", words="main_points", data=data)
        )
    return made


def measures_of_impact(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Block]:
    """Each measure in words, and the table of an analysis' measures."""
    made = []
    several = len(run.request.analyses) > 1
    least = run.request.eligibility.minimum_people
    matches = {row.analysis: row for row in sizes.itertuples(index=False)}
    for analysis in run.request.analyses:
        base, match = slug(analysis.name), matches[analysis.name]
        made += _words(run, results, sizes, analysis.name, "estimate")
        caption = f"Results: {analysis.name}" if several else "Results"
        made.append(
            blocks.table(
                run,
                f"results-{base}",
                caption=caption,
                columns=COLUMNS,
                rows=measures.rows(results, run.request, analysis.name),
                notes=[NOTE, *measures.table_notes(results, run.request, match, least)],
            )
        )
        behind = "People behind each measure"
        made.append(
            blocks.table(
                run,
                f"people-behind-{base}",
                caption=f"{behind}: {analysis.name}" if several else behind,
                columns=["Measure", "Programme", "Comparison"],
                rows=measures.size_rows(results, run.request, analysis.name),
            )
        )
    return made


def _words(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: str, words: str
) -> list[Block]:
    """A block for each measure, or the reason why only the tables tell of them."""
    key, base = words.replace("_", "-"), _base(run, analysis)
    reason = _not_headlined(run, sizes, analysis)
    if reason:
        text = f"{analysis}: {reason}" if base["several"] else reason
        data = {"sentences": [[text]]}
        return [
            blocks.words(run, f"{key}-{base['slug']}", words="sentences", data=data)
        ]
    return [
        blocks.words(
            run,
            f"{key}-{base['slug']}-{measure['outcome']}",
            words=words,
            data=base | {"measure": measure},
        )
        for measure in _measures(run, results, sizes, analysis)
    ]


def can_say(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """What can and cannot be said on each measure of the headline analyses."""
    made = []
    for analysis in run.request.analyses:
        if analysis.headline:
            made += _words(run, results, sizes, analysis.name, "can_say")
    return made


def limits(run: Run, results: pd.DataFrame) -> Block:
    """The limits of this study: those of the method, and the request's own caveats."""
    texts = list(ALWAYS)
    outcomes = run.request.outcomes
    if any(measures.is_published_measure(outcome) for outcome in outcomes):
        texts += STANDARD
    if not run.request.data_sharing.open_data:
        texts.append(SUBMITTED)
    known = set(results["outcome"])
    if measures.OF_SOME in known:
        texts.append(REOFFENDERS_ONLY)
    for outcome in outcomes:
        if outcome.name not in known:
            texts.append(
                f"{title(outcome)} was asked for and is left out: the data do not "
                "hold it."
            )
    if run.matching_changed:
        texts.append(
            "The matching was changed after the outcomes had first been opened, so it "
            "may have been chosen with the result in sight."
        )
    if len(results) > 1:
        texts.append(
            "More than one test was made. Even if the programme made no difference to "
            "anything, about one test in twenty could come out significant by chance."
        )
    data = {"own": list(run.request.programme.caveats), "texts": texts}
    return blocks.words(run, "limits", words="limits", data=data)


def method(run: Run) -> Block:
    """How the difference, its interval and its test were made."""
    data = {"changed": run.matching_changed}
    return blocks.words(run, "estimated", words="how_estimated", data=data)


def result(run: Run, results: pd.DataFrame, balance: pd.DataFrame) -> dict[str, Any]:
    """result.json as a recipe: refs in place of numbers (design, section 5)."""
    analyses = []
    cells = run.cells
    for analysis in run.request.analyses:
        base = slug(analysis.name)
        sizes = ("n_treatment", "n_comparison", "effective_comparison", "match_quality")
        here = results[results["analysis"] == analysis.name]
        rows = balance[balance["analysis"] == analysis.name]
        analyses.append(
            {
                "name": analysis.name,
                "headline": analysis.headline,
                "n_submitted": ref("intake.submitted"),
                **{name: ref(f"{base}.{name}") for name in sizes},
                "outcomes": [
                    measures.result_row(row, run.request)
                    for row in here.itertuples(index=False)
                ],
                "balance": [
                    _balance_row(cells, start, row)
                    for start, row in zip(
                        refs(analysis.name, rows),
                        rows.itertuples(index=False),
                        strict=True,
                    )
                ],
            }
        )
    return {"request_id": run.request.id, "analyses": analyses}


def _balance_row(cells: dict[str, Cell], start: str, row: Any) -> dict[str, Any]:
    scale = 0.01 if cells[f"{start}.mean_treatment"].kind == "rate" else 1
    means = ("mean_treatment", "mean_comparison_before", "mean_comparison_after")
    return {
        "variable": row.variable,
        "level": row.level,
        **{name: {"ref": f"{start}.{name}", "scale": scale} for name in means},
        **{name: ref(f"{start}.{name}") for name in ("smd_before", "smd_after")},
    }
