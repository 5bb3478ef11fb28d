"""E-values, Rosenbaum's bound and the tipping point: their cells and their table."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from helpers.outcomes.report import recipes
from helpers.outcomes.report.robustness.hidden.doubted import HIDDEN, Doubted, headed
from helpers.outcomes.robustness.hidden import e_value, rosenbaum, tipping_point
from helpers.outcomes.robustness.study import LOST
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.request.limits import ALPHA
from helpers.runs.run import Run

KEY = "hidden-strength"
METHOD = {
    "e_value": "6: E = r + √(r(r − 1)), r the ratio as printed, or its inverse above 1",
    "e_value_limit": "6: E of the printed limit nearest 1; 1 where not significant",
    "pairs_treated_alone": "6: pairs in which the treated person alone has the outcome",
    "pairs_comparison_alone": "6: pairs in which the other person alone has it",
    "pairs_apart": "6: n_d, pairs in which one person alone has the outcome",
    "pairs_p": "6: p(1) = min(1, 2P(Bin(n_d, 1/2) ≥ b)), b the larger number",
    "gamma": "6: Γ at which p(Γ) = min(1, 2P(Bin(n_d, Γ/(1 + Γ)) ≥ b)) is 0.05",
    "tipping_point": "6: ȳ_c + δ*, δ* = −nₜL/n_x, all as printed",
}
COLUMNS = ["What is asked", "Answer", "What it says"]
OF_LIMIT = "The same of the limit that is nearest no difference."
ONE = (
    "Nothing hidden is needed: the result is not significant, or its ratio's interval "
    "holds one."
)
APART = "These pairs alone tell the groups apart."
UNTOLD = "Pairs tell nothing of this result."
IN_PAIRS = "McNemar's exact test, were nothing hidden."
LEAD = (
    " asks how strong something that nobody measured would have to be, and how those "
    "lost on the way would have had to fare, for the finding to be undone."
)
NOTE = (
    "Pairs are the nearest people on the logit of the propensity score, each used "
    "once, within a fifth of a standard deviation. Lost are lines that were not "
    "linked, had no suitable sentence or no known outcome, and people who were left "
    "unmatched; of an analysis that keeps some people only, all lines lost are "
    "counted, since it is not known whom it would have kept."
)
NONE = "[z]"


def cells(doubted: Sequence[Doubted], known: Mapping[str, Cell]) -> list[Cell]:
    """Give the numbers of every headline; `known` are the cells that they follow from.

    What is made of a ratio or a limit is made of it as printed, so that it tells no
    more of it.
    """
    return [
        cell
        for one in doubted
        for make in (_e_values, _pairs, _tipping)
        for cell in make(one, known)
    ]


def _e_values(one: Doubted, known: Mapping[str, Cell]) -> Iterator[Cell]:
    if one.checks[e_value.NAME].verdict == "none":
        return
    names = ("ratio", "ratio_low", "ratio_high")
    values = [known[one.ref(name)].value for name in names]
    if any(not value for value in values):  # too small a ratio is printed as nought
        values = [math.nan] * 3
    ratio, *ends = values
    significant = bool(one.row.p_value <= ALPHA)  # not where there is no test
    made = {
        "e_value": e_value.e_value(ratio),
        "e_value_limit": e_value.of_limit(*ends, significant=significant),
    }
    needs = [*map(one.ref, names), one.ref("p_value")]
    for name, value in made.items():
        yield one.cell(name, value, METHOD[name], "hundredth", needs)


def _pairs(one: Doubted, _: Mapping[str, Cell]) -> Iterator[Cell]:
    """Give what pairs tell; the two numbers behind it are registered, never shown."""
    found = one.checks[rosenbaum.NAME].table
    if found.empty or not (found["treated_alone"] + found["comparison_alone"]).iloc[0]:
        return
    row = found.iloc[0]
    needs = []
    for name in ("treated_alone", "comparison_alone"):
        of, count = one.ref(f"pairs_{name}"), int(row[name])
        needs.append(of)
        yield Cell(of, count if one.shown else None, "count", count,
                   int(row["pairs"]), method=METHOD[f"pairs_{name}"])  # fmt: skip
    apart = row["treated_alone"] + row["comparison_alone"]
    told = {"pairs_apart": (apart, "two figures"), "pairs_p": (row["p_value"], "p"),
            "gamma": (row["gamma"], "hundredth")}  # fmt: skip
    for name, (value, rounding) in told.items():
        yield one.cell(name, value, METHOD[name], rounding, needs)


def _tipping(one: Doubted, known: Mapping[str, Cell]) -> Iterator[Cell]:
    if one.checks[tipping_point.NAME].verdict == "none":
        return
    ends = [one.level("ci_low"), one.level("ci_high")]
    size, compared = one.ref("n_treatment"), one.level("value_comparison")
    lost = _lost(one, known)
    behind = [*ends, size, compared]
    low, high, people, mean = (known[name].value for name in behind)
    many = sum(known[name].value for name in lost)
    value = math.nan
    if many and None not in (low, high, people, mean):
        limit = tipping_point.nearest_zero(low, high)
        value = tipping_point.at(people, limit, many, mean).value
    yield one.cell("tipping_point", value, METHOD["tipping_point"], "whole",
                   [*behind, *lost])  # fmt: skip


def _lost(one: Doubted, known: Mapping[str, Cell]) -> list[str]:
    """Give the refs of the counts that make up those who were lost."""
    names = [*map(refs.box, LOST), refs.of(one.analysis, "not_matched")]
    return [name for name in names if name in known and known[name].value]


def table(run: Run, doubted: Sequence[Doubted]) -> list[Block]:
    """Give the table of what would have to be hidden, a part for each headline."""
    if not doubted:
        return []
    known = run.cells
    rows = {
        one.analysis: [
            [question, _number(one, name, format, known), said]
            for question, name, format, said in _rows(one, known)
        ]
        for one in doubted
    }
    made = blocks.table(
        run,
        KEY,
        caption="What would have to be hidden to undo the finding",
        heading="What nobody measured, and those who were lost",
        columns=COLUMNS,
        rows=headed(doubted, rows),
        lead=[see(KEY), LEAD],
        notes=[NOTE],
    )
    return [made]


def _number(one: Doubted, name: str, format: str, known: Mapping[str, Cell]) -> Any:
    place = one.ref(name)
    return ref(place, format) if place in known else NONE


def _rows(one: Doubted, known: Mapping[str, Cell]) -> list[tuple[str, str, str, Any]]:
    """Give each question, where its answer stands, its format, and what it says."""
    written, _ = recipes.formats_of(one.outcome)
    e_of, paired = e_value.NAME, _of_pairs(one, known)
    limit = known.get(one.ref("e_value_limit"))
    nothing = limit is not None and limit.value == 1
    return [
        ("E-value of the ratio", e_of, "frequency", one.why(e_of, one.ref("p_value"))),
        (
            "E-value of the limit nearest one",
            "e_value_limit",
            "frequency",
            blocks.told(
                ONE if nothing else OF_LIMIT,
                one.ref("e_value_limit") if limit else one.ref("p_value"),
                otherwise=HIDDEN,
            ),
        ),
        ("Pairs that differ in the outcome, about", "pairs_apart", "count", APART),
        ("p of these pairs", "pairs_p", "p", IN_PAIRS),
        ("Rosenbaum’s Γ", "gamma", "frequency", paired),
        (_asked(one), "tipping_point", written, _tip(one, known)),
    ]


def _of_pairs(one: Doubted, known: Mapping[str, Cell]) -> Any:
    """Say what pairs tell; that none is formed, or all are alike, would tell of few."""
    if (place := one.ref("pairs_p")) in known:
        return one.why(rosenbaum.NAME, place)
    if one.checks[rosenbaum.NAME].text in (rosenbaum.NO_PAIRS, rosenbaum.ALIKE):
        return UNTOLD
    return one.why(rosenbaum.NAME)


def _asked(one: Doubted) -> str:
    per = {"rate": ", in every 100", "frequency": ", for every 100 people"}
    return f"Outcome among those lost that would undo it{per.get(one.outcome.kind, '')}"


def _tip(one: Doubted, known: Mapping[str, Cell]) -> Any:
    """Say whether those lost could undo the finding, by the number as printed."""
    place = one.ref("tipping_point")
    if place not in known or (value := known[place].value) is None:
        return one.why(tipping_point.NAME)
    whole = 100.0 if one.outcome.kind == "rate" else 1.0
    can = tipping_point.possible(value, one.outcome.kind, whole)
    said = tipping_point.TOLD if can else tipping_point.STANDS
    return blocks.told(said, place, otherwise=HIDDEN)
