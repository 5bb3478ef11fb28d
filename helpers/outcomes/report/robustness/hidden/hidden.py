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
from helpers.publication.disclosure.rules import profile, to_step
from helpers.request.disclosure import ROUND_TO
from helpers.request.limits import ALPHA
from helpers.runs.run import Run

KEY = "hidden-strength"
METHOD = {
    "e_value": "6: E = r + √(r(r − 1)), r the ratio as printed, or its inverse above 1",
    "e_value_limit": "6: E of the printed limit nearest 1; 1 where not significant",
    "pairs_apart": "6: n_d, pairs in which one person alone has the outcome, the "
    "treated or the other, each to the nearest five",
    "pairs_p": "6: p(1) = min(1, 2P(Bin(n_d, 1/2) ≥ b)), b the larger number, both to "
    "the nearest five",
    "gamma": "6: Γ at which p(Γ) = min(1, 2P(Bin(n_d, Γ/(1 + Γ)) ≥ b)) is 0.05, of "
    "numbers to the nearest five",
    "tipping_point": "6: ȳ_c + δ*, δ* = −nₜL/n_x, all as printed",
}
COLUMNS = ["What is asked", "Answer", "What it says"]
OF_LIMIT = "The same of the limit that is nearest no difference."
ONE = (
    "Nothing hidden is needed: the result is not significant, or its ratio's interval "
    "holds one."
)
APART = "Only pairs with different outcomes count in the test."
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
    if one.outcome.kind != "rate":
        return
    names = ("ratio", "ratio_low", "ratio_high")
    cells = [known.get(one.ref(name)) for name in names]
    values = [cell.value if cell else None for cell in cells]
    if any(not value for value in values):  # too small a ratio is printed as nought
        values = [math.nan] * 3
    ratio, *ends = values
    significant = bool(one.row.p_value <= ALPHA)  # not where there is no test
    made = {
        "e_value": e_value.e_value(ratio),
        "e_value_limit": e_value.of_limit(*ends, significant=significant),
    }
    needs = [*(one.ref(n) for n in names if one.ref(n) in known), one.ref("p_value")]
    for name, value in made.items():
        yield one.cell(name, value, METHOD[name], "hundredth", needs)


def _pairs(one: Doubted, _: Mapping[str, Cell]) -> Iterator[Cell]:
    """Give what pairs tell, of a rate; there are cells whatever they tell."""
    if one.outcome.kind != "rate":
        return
    values = dict.fromkeys(("pairs_apart", "pairs_p", "gamma"), math.nan)
    if counts := _counts_of_pairs(one):
        p, bound, _said = rosenbaum.told(*counts, one.study.estimate["difference"])
        values = {"pairs_apart": sum(counts), "pairs_p": p, "gamma": bound}
    roundings = ("two figures", "p", "tenth")
    for (name, value), rounding in zip(values.items(), roundings, strict=True):
        yield one.cell(name, value, METHOD[name], rounding)


def _counts_of_pairs(one: Doubted) -> tuple[int, int] | None:
    """Give pairs in which one alone has the outcome, the treated person or the other.

    To the nearest five, since Γ and the number of pairs give both away. None where
    there are none, or where few people are in either, or would follow as the rest of
    those of the programme who have the outcome, or who have it not.
    """
    found = one.checks[rosenbaum.NAME].table
    if found.empty:
        return None
    counts = [int(found[name].iloc[0]) for name in rosenbaum.COLUMNS[1:3]]
    settings = one.request.disclosure
    rule = profile(settings.profile, settings.threshold)
    if rule is not None:
        values = one.study.values[one.study.treated & (one.study.weights > 0)].dropna()
        having = int((values != 0).sum())
        rest = having - counts[0], len(values) - having - counts[1]
        if any(rule.unsafe(max(count, 0)) for count in (*counts, *rest)):
            return None
        counts = [to_step(count, ROUND_TO) for count in counts]
    return tuple(counts) if sum(counts) else None


def _tipping(one: Doubted, known: Mapping[str, Cell]) -> Iterator[Cell]:
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
    found = one.checks[tipping_point.NAME].text != tipping_point.NOT_SIGNIFICANT
    yield one.cell("tipping_point", value, METHOD["tipping_point"], "whole",
                   [*behind, *(lost if found else [])])  # fmt: skip


def _lost(one: Doubted, known: Mapping[str, Cell]) -> list[str]:
    """Give the refs of the counts that make up those who were lost.

    Those that are nought as well: rounded, one may stand for a few people.
    """
    names = [*map(refs.box, LOST), refs.of(one.analysis, "not_matched")]
    return [n for n in names if n in known and known[n].value is not None]


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
        ("Rosenbaum’s Γ", "gamma", "mean", paired),
        (_asked(one), "tipping_point", written, _tip(one, known)),
    ]


def _of_pairs(one: Doubted, known: Mapping[str, Cell]) -> Any:
    """Say what pairs tell; that none is formed, or all are alike, would tell of few."""
    said = one.checks[rosenbaum.NAME].text
    if said in (rosenbaum.NO_RATE, rosenbaum.NOT_SIGNIFICANT):
        return one.why(rosenbaum.NAME)
    said, p = UNTOLD, one.ref("p_value")
    if counts := _counts_of_pairs(one):
        *_, said = rosenbaum.told(*counts, one.study.estimate["difference"])
        p = one.ref("pairs_p")
    return blocks.told(said, p, otherwise=HIDDEN)


def _asked(one: Doubted) -> str:
    per = {"rate": ", in every 100", "frequency": ", for every 100 people"}
    return f"Outcome among those lost that would undo it{per.get(one.outcome.kind, '')}"


def _tip(one: Doubted, known: Mapping[str, Cell]) -> Any:
    """Say whether those lost could undo the finding, by the number as printed."""
    place = one.ref("tipping_point")
    if (value := known[place].value) is None:
        return one.why(tipping_point.NAME, one.ref("p_value"), place)
    whole = 100.0 if one.outcome.kind == "rate" else 1.0
    can = tipping_point.possible(value, one.outcome.kind, whole)
    said = tipping_point.TOLD if can else tipping_point.STANDS
    return blocks.told(said, place, otherwise=HIDDEN)
