"""The section of estimates: all analyses side by side, and each measure in figures."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.outcomes.report import by_measure, lines, recipes, tables
from helpers.outcomes.report.beside import dispersion
from helpers.outcomes.report.decisions import not_headlined, reasons
from helpers.outcomes.report.sections import about, measures_of
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.publication.wording.number_words import in_words, one_in
from helpers.request import limits
from helpers.runs.run import Run

BOTH = "Programme and comparison group, with 95% intervals"
VALUES = ("value_treatment", "value_comparison")
SOME = " shows the measures that are not hidden."
LINES = (
    "Thin lines are 95% intervals of each group. Whether two of them overlap is no "
    "test of the difference, which is taken before rounding. Each measure has a scale "
    "of its own."
)
#: the table of every analysis, by its first measure
KEY = "every-analysis"
COLUMNS = [
    "Analysis",
    "People",
    "Programme",
    "Comparison",
    "Difference",
    "95% interval",
    "Finding",
]
NUMBERS = " has the numbers."
NONE = "[z]"
MAIN, OTHERS = (
    "Main analyses of this report",
    "Other analyses, which are not main points",
)
NOT_CARRIED_OUT = "Could not be carried out"
MANY = (
    "{} analyses stand here. Even if the programme made no difference to anything, "
    "about {} would come out as a decrease or an increase by chance. So one that is "
    "not a main one is no finding by itself."
)


def measures_of_impact(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Block]:
    """Give all analyses in one table, a figure of each, and a table of each measure."""
    of_tables = by_measure.main_points(run.request, results, sizes)
    made = [every_analysis(run, of_tables[0])] if run.several else []
    made += _in_figures(run, results, sizes)
    for of in of_tables:
        notes = [*tables.notes(run, of), *dispersion.notes(run, of)]
        fold = lines.of_table(of, of_tables)
        made.append(tables.table(run, of, NUMBERS, notes, fold))
    return made


# all analyses side by side ---------------------------------------------------------


def every_analysis(run: Run, of: by_measure.Measures) -> Block:
    """Give a row for each analysis by its first measure, main results first."""
    outcome = of.outcomes[0]
    rows = {row.analysis: _row(row) for row in of.rows[outcome.name]}
    main = [a.name for a in run.asked.analyses if a.headline]
    listed = [a.name for a in run.asked.analyses if a.name in rows or a.name in
              (*run.left_out, *run.without_result)]  # fmt: skip
    parts = {
        MAIN: [name for name in listed if name in main],
        OTHERS: [name for name in listed if name not in main],
    }
    lying: list[list[Any]] = []
    for heading, names in parts.items():
        lying += [[heading]] if all(parts.values()) else []
        lying += [rows.get(name) or _no_row(name) for name in names]
    one = one_in(limits.ALPHA)
    return blocks.table(
        run,
        KEY,
        caption=f"Every analysis. {tables.caption(run.request, of)}",
        columns=COLUMNS,
        rows=lying,
        lead=[see(KEY), " sets all analyses side by side."],
        notes=[
            MANY.format(in_words(len(rows)).capitalize(), one),
            *tables.on_rows(run, of),
        ],
    )


def _row(row: by_measure.Row) -> list[Any]:
    """Give an analysis: its people, both groups, difference, interval, finding."""
    outcome, measure = row.outcome, row.measure
    treated, compared, gap, low, high = (
        tables.number(row, name) for name in recipes.LEVELS
    )
    less, more = tables.SIDES[outcome.kind]
    ends = {"fact": "interval", "low": low, "high": high, "less": less, "more": more}
    people = {"ref": refs.measure(row.analysis, outcome.name, "n_treatment")}
    finding = {"fact": "finding", "measure": measure}
    return [row.analysis, people, treated, compared, gap, ends, finding]


def _no_row(name: str) -> list[Any]:
    return [name, *[NONE] * (len(COLUMNS) - 2), NOT_CARRIED_OUT]


# figures of each analysis -----------------------------------------------------------


def _in_figures(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame
) -> Iterator[Block]:
    """Give the measures of each analysis in a figure: one headline's alone in view."""
    main = [a.name for a in run.request.analyses if a.headline]
    others = [a.name for a in run.request.analyses if not a.headline]
    measures = {
        name: recipes.headline(measures_of(run, results, sizes, name))
        for name in (*main, *others)
    }
    many = in_words(len(others)).capitalize()
    name = f"{many} other {'analysis' if len(others) == 1 else 'analyses'} in figures"
    apart = lines.of_measures(name, [measures[name][0] for name in others])
    for name, told in measures.items():
        if name in others:
            fold = lines.of_analysis(name, told, within=apart)
        elif len(main) > 1:
            fold = lines.of_analysis(name, told, "in a figure")
        else:  # it is taller than the screen of a phone
            fold = lines.of_measures("Figure of all measures", told, phone=True)
        if not_headlined(run, sizes, name):
            why = blocks.fold(f"{name}: why there is no figure", within=apart)
            yield _why_not(run, sizes, name, why if name in others else None)
        else:
            yield _chart(run, about(run, name), told, fold)


def _why_not(
    run: Run, sizes: pd.DataFrame, analysis: str, fold: dict[str, Any] | None
) -> Block:
    """Say why an analysis has no figure."""
    base, reason = about(run, analysis), reasons(run, sizes, analysis)["not_headlined"]
    said = [f"{analysis}: ", reason] if base["several"] else [reason]
    data = {"analysis": analysis, "sentences": [said]}
    key = f"estimate-{base['slug']}"
    return blocks.words(run, key, words="sentences", data=data, fold=fold)


def _chart(
    run: Run,
    base: dict[str, Any],
    found: list[dict[str, Any]],
    fold: dict[str, Any] | None,
) -> Block:
    """Give the figure of an analysis' measures, which leads to its table too."""
    key = f"measures-{base['slug']}"
    each = "the measure" if len(found) == 1 else "each measure"
    values = [m[name]["ref"] for m in found for name in VALUES]
    return blocks.figure(
        run,
        key,
        figure="measures",
        subtitle=recipes.captioned(base, BOTH),
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
        fold=fold,
    )
