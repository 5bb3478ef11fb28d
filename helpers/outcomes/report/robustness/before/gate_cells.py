"""Values, thresholds and verdicts of the design gate, as cells."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.matching.report.quality import differences
from helpers.outcomes import gate
from helpers.outcomes.report.reasons import reason_not_headlined, reason_not_shown
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure import shares
from helpers.publication.disclosure.audit import tells
from helpers.publication.disclosure.rules import profile
from helpers.request.limits import PEERS
from helpers.runs.run import Run

#: what earlier offending is registered under: as a rung of the analysis
EARLIER, OFFENDED = "negative_control", "offended_before"

METHOD = {
    gate.BALANCE: "4: the largest |SMD| after matching, of every row of the table",
    gate.NEAR: f"3: of the treated, those with {PEERS} pool people inside the caliper",
    gate.PRECISION: "6: the smallest d of the power formula with ȳ_c, n_e and nₜ; of "
    "another measure k·√(s²_c/nₜ + V_c)",
    gate.FALSE_ALARMS: "6: share of placebo programmes whose p is 0.05 or less",
}
THRESHOLDS = {
    gate.BALANCE: "4: the most that is reasonably matched",
    gate.MATCHED: "3: the least with which a result is headlined",
    gate.PRECISION: "6: robustness.smallest_effect of the request",
    gate.FALSE_ALARMS: "6: 5% + 2√(0.05·0.95/groups)",
}
VERDICT = "6: the value, as printed, beside its threshold"
ROUNDING = {
    gate.BALANCE: "tenth",
    gate.NEAR: "whole",
    gate.PRECISION: "limit",
    gate.FALSE_ALARMS: "tenth",
}
#: what follows from the rates of the first measure: how small a difference is found,
#: and how many made-up programmes could be tested
BY_RATE = (gate.PRECISION, gate.FALSE_ALARMS)


def register(
    run: Run, table: pd.DataFrame, results: pd.DataFrame, sizes: pd.DataFrame
) -> None:
    """Register the gate's values and verdicts, as far as the report may tell of them.

    `table` is what `gate.table` gives, `results` the estimates, whose first measure the
    precision is about, and `sizes` what the matching of each came to.
    """
    matches = sizes.set_index("analysis", drop=False)
    for row in table.itertuples(index=False):
        run.register(_cells(run, row, results, matches.loc[row.analysis]))


def _cells(run: Run, row: Any, results: pd.DataFrame, match: Any) -> Iterator[Cell]:
    """Give value, threshold and verdict of a row of the gate."""
    name, criterion = row.analysis, row.criterion
    needs, shown = _needs(run, row, results), _shown(run, row, results, match)
    if criterion == gate.NEAR:
        treated = int(match.available)
        near = round(row.value * treated / 100)
        told = None if _tells_of_few(run, near, match) else row.value
        yield Cell(value_ref(row), told, "rate", near, treated,
                   method=METHOD[criterion], rounding="whole")  # fmt: skip
    elif criterion in METHOD:
        yield Cell(value_ref(row), row.value if shown else None, "derived", needs=needs,
                   method=METHOD[criterion], rounding=ROUNDING[criterion])  # fmt: skip
    if pd.notna(row.threshold):
        # how many made-up programmes could be estimated is no setting
        kind = "derived" if criterion == gate.FALSE_ALARMS else "setting"
        yield Cell(refs.gate(name, criterion, "threshold"), row.threshold, kind,
                   needs=needs if kind == "derived" else (),
                   method=THRESHOLDS[criterion], rounding="tenth")  # fmt: skip
    behind = {gate.BALANCE: (refs.of(name, "match_quality"),), gate.NEAR: ()}
    if row.criterion == gate.MATCHED and not reason_not_headlined(
        match, run.request.least_people
    ):
        # main points are told only where enough were matched: they tell it themselves
        behind[gate.MATCHED] = (refs.of(name, "n_treatment"),)
    verdict = row.verdict if shown else None
    yield Cell(refs.gate(name, criterion, "verdict"), verdict, "derived",
               needs=behind.get(criterion, needs), method=VERDICT)  # fmt: skip


def _tells_of_few(run: Run, near: int, match: Any) -> bool:
    """Tell whether the share with enough pool people near tells of a few matched.

    Whoever has them is matched, so that it tells how many were matched without. That
    is looked at by the bounds that print gives, whatever lies in them.
    """
    settings = run.request.disclosure
    rule = profile(settings.profile, settings.threshold)
    if rule is None:
        return False
    treated, matched = int(match.available), int(match.n_treatment)
    share = shares.printed(near, treated, rule)
    low, high = shares.people_of(share, treated, rule)
    slack = rule.round_to // 2  # those matched are printed rounded as well
    ends = max(matched - high - slack, 0), max(matched - low + slack, 0)
    few = range(max(ends[0], rule.lowest), min(ends[1], rule.threshold - 1) + 1)
    return bool(few) and tells(ends, few[0], rule)


def _shown(run: Run, row: Any, results: pd.DataFrame, match: Any) -> bool:
    """Tell whether a row is shown: some tell of a measure that may not be."""
    if row.criterion not in BY_RATE:
        return True
    first = _first(results, row.analysis)
    if first is None:
        return True
    outcome = next(one for one in run.request.outcomes if one.name == first.outcome)
    return not reason_not_shown(first, outcome, match.quality)


def _first(results: pd.DataFrame, analysis: str) -> Any:
    """Give the estimate of an analysis' first measure; None where it has none."""
    own = results[results["analysis"] == analysis]
    return next(own.itertuples(index=False), None)


def value_ref(row: Any) -> str:
    """Give the ref of a value; the share matched and earlier offending have one."""
    if row.criterion == gate.MATCHED:
        return refs.of(row.analysis, "share_matched")
    if row.criterion == gate.NEGATIVE_CONTROL:
        return _earlier(row.analysis, "difference")
    return refs.gate(row.analysis, row.criterion, "value")


def _earlier(analysis: str, name: str) -> str:
    return refs.within(refs.rung(analysis, EARLIER), f"{OFFENDED}.{name}")


def _needs(run: Run, row: Any, results: pd.DataFrame) -> tuple[str, ...]:
    """Give the numbers that a value, or its verdict, would give away."""
    name = row.analysis
    if row.criterion == gate.BALANCE:
        return tuple(place["ref"] for place in differences(run, name))
    if row.criterion == gate.MATCHED:
        return (refs.of(name, "share_matched"),)
    if row.criterion in BY_RATE and (first := _first(results, name)):
        of = (first.analysis, first.outcome)
        return tuple(
            refs.measure(*of, f"value_{group}") for group in ("treatment", "comparison")
        )
    if row.criterion == gate.NEGATIVE_CONTROL:
        ends = (_earlier(name, end) for end in ("difference", "ci_low", "ci_high"))
        return tuple(end for end in ends if end in run.cells)
    return tuple(refs.of(name, size) for size in ("n_treatment", "n_comparison"))
