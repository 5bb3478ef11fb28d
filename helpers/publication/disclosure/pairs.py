"""What gives way to another: analyses and releases a few people apart, measures.

`apart` says which groups are a few people apart; here it is said what goes for it.
"""

import numpy as np

from helpers.publication import refs
from helpers.publication.disclosure import apart, editions, reoffenders
from helpers.publication.disclosure.case import Case
from helpers.publication.disclosure.structure import Analysis
from helpers.publication.people import COMPARISON, SELECTED, TREATED


def give_way(case: Case) -> None:
    """Hide what tells of the few by whom an analysis differs from another."""
    found = apart.gives_way(case.analyses, case.earlier, case.rule)
    by_name = {analysis.name: analysis for analysis in case.analyses}
    for analysis in case.analyses:
        others = set(by_name) - {analysis.name}
        if editions.few_apart(analysis, case.editions, case.rule, others):
            found.setdefault(analysis.name, ("edition", analysis))
    for name, (why, other) in found.items():
        numbers = case.within(name)
        case.near[refs.within(name, "n_treatment")] = other.sizes[TREATED]
        shares = case.within(f"{name}.balance")
        told = apart.levels_tell(by_name[name], other, case.rule)
        # a rate and its own interval tell how many, so that it goes with the sizes;
        # of a rate that nobody is shown, its difference from another tells nobody
        kept = set() if told else set(shares)
        kept |= {n for n in numbers if n not in case.used and _is_share(case, n)}
        if why == "apart":
            kept |= {n for n in numbers if _is_share(case, n)} & _of_its_own(
                case, by_name[name]
            )
        kinds = ("count", "rate", "mean")
        case.withhold(
            [n for n in numbers if case.cells[n].kind in kinds and n not in kept], why
        )
    if any(why == "edition" for why, _ in found.values()):
        case.withhold(_flow(case), "edition")


def _of_its_own(case: Case, analysis: Analysis) -> set[str]:
    """Give the rates of what no analysis counts that has some of the same people.

    With its sizes hidden, such a rate tells nothing of the few by whom an analysis
    differs from another: there is none to hold it against. Of two of them the first is
    kept. A rate with an interval of its own tells how many people it has.
    """
    at = [one.name for one in case.analyses].index(analysis.name)
    others = [*case.analyses[:at], *case.earlier]
    overlapping = [
        one
        for one in others
        if any(apart.apart(one.groups[TREATED], analysis.groups[TREATED]))
        and apart.count(one.groups[SELECTED] & analysis.groups[SELECTED])
    ]
    known = {outcome.name for one in overlapping for outcome in one.outcomes}
    own = {
        f"{refs.within(analysis.name, outcome.name)}."
        for outcome in analysis.outcomes
        if outcome.name not in known
    }
    rates = {n for n in case.cells for of in own if n.startswith(f"{of}value_")}
    return {
        n
        for n in rates
        if not any(name.startswith(n.replace("value_", "ci_")) for name in case.cells)
    }


def _is_share(case: Case, name: str) -> bool:
    return case.cells[name].kind in ("rate", "mean")


def _flow(case: Case) -> list[str]:
    """Give the counts of the flow, which two lists a few people apart tell as well."""
    ends = ("filtered", "not_matched", "not_analysed", "set_aside", "not_near")
    of_all = [name for name in case.cells if name.startswith("intake.")]
    own = [refs.within(one.name, end) for one in case.analyses for end in ends]
    return [n for n in [*of_all, *own]
            if n in case.cells and case.cells[n].kind == "count"]  # fmt: skip


# measures of an analysis -----------------------------------------------------------


def of_measures(case: Case) -> None:
    """Hide sizes and rates that tell of a few beside those of another measure."""
    for analysis in case.analyses:
        for group, side in ((TREATED, "treatment"), (COMPARISON, "comparison")):
            if group not in analysis.groups:
                continue
            names = [outcome.name for outcome in analysis.outcomes]
            sizes = {n: refs.within(analysis.name, f"{n}.n_{side}") for n in names}
            sizes[""] = refs.within(analysis.name, f"n_{side}")
            rates = {n: refs.within(analysis.name, f"{n}.value_{side}") for n in names}
            if group == COMPARISON:
                rates = {}  # weighted: no count of people follows from it
            found = apart.of_outcomes(
                analysis, group, _shown(case, sizes), _shown(case, rates), case.rule
            )
            gone = apart.shown_apart(found, case.rule)
            # how wide its own interval is tells of how many
            ends = [
                name
                for ref in gone
                for name in case.within(ref.rpartition(".")[0])
                if f".ci_{side}_" in name
            ]
            case.withhold([*gone, *ends], "known for")


def of_shared_measures(case: Case) -> None:
    """Hide of a measure in another part of a split too what is hidden in one of them.

    Or who reoffended among the women follows from all and from the men.
    """
    by_name = {one.name: one for one in case.analyses}
    order = list(by_name)
    for split in case.splits:
        members = (split.whole, *split.parts)
        whole, *parts = (by_name[name].groups[TREATED] for name in members)
        if max(apart.apart(np.bitwise_or.reduce(parts), whole)) >= case.rule.threshold:
            continue  # too many are matched in one alone for their measures to add up
        for name in members:
            others = sorted((m for m in members if m != name), key=order.index)
            for outcome in by_name[name].outcomes:
                for end in ("n_treatment", "value_treatment"):
                    ref = f"{outcome.name}.{end}"
                    beside = [refs.within(m, ref) for m in others]
                    gone = refs.within(name, ref) in case.withheld
                    if gone and not any(one in case.withheld for one in beside):
                        case.withhold(beside[-1:], "nested")
                        _with_its_family(case, by_name[others[-1]], outcome.name)


def _with_its_family(case: Case, analysis: Analysis, outcome: str) -> None:
    """Hide the other measures of the same reoffenders, beside which one is told."""
    family = reoffenders.family_of(outcome)
    if family:
        reoffenders.hide(case, analysis, family, "nested")


def _shown(case: Case, names: dict[str, str]) -> dict[str, str]:
    """Give those that are numbers about people and not withheld."""
    return {
        key: name
        for key, name in names.items()
        if name in case.cells
        and name not in case.withheld
        and case.cells[name].kind in ("count", "rate")
        and case.cells[name].value is not None
    }
