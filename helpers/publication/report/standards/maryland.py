"""The level on the Maryland scientific methods scale, by rule.

The scale is that of Sherman and others 1998 (NCJ 171676): 5 assignment by chance, 4
comparison units that differ little, 3 a comparison of comparable units, 2 a comparison
group not shown to be comparable, 1 none. How alike the groups are is told by the worst
standardised mean difference after matching (method.md, section 4).
"""

from collections.abc import Callable

from helpers.publication import refs
from helpers.publication.report.standards.answer import Answer, person
from helpers.publication.report.standards.study import Study

#: how well the groups are matched -> level, and why
LEVELS = {
    "well": ("4", "the groups differ little in all that was measured"),
    "reasonably": ("3", "the groups are comparable, with some differences left"),
    "poorly": ("2", "the comparison group is not shown to be comparable"),
}
CHANCE = ("5", "chance decided who took part, and the groups are comparable")
ELSEWHERE = (
    " Readings differ: the What Works Centre for Local Economic Growth puts any "
    "matched comparison without a measurement before and after at level two."
)


def maryland(study: Study) -> Answer:
    """Give the lowest level of the analyses that the report is headed by."""
    levels = {}
    for analysis in study.headlines:
        match = study.value(refs.of(analysis.name, "match_quality"))
        if match in LEVELS:
            levels[analysis.name] = level(study, str(match))
    if not levels:
        return person("The report shows no comparison, so it has no level.")
    several = len(study.headlines) > 1
    told = "; ".join(
        f"{f'{name}: level {found}, ' if several else ''}{why}"
        for name, (found, why) in levels.items()
    )
    lowest = min(found for found, _ in levels.values())
    told = f"{told[:1].upper()}{told[1:]}."
    told += "" if lowest == CHANCE[0] else ELSEWHERE
    return Answer(lowest, (told,), ("quality", "balance", "limits"))


def level(study: Study, match: str) -> tuple[str, str]:
    """Give the level of an analysis by how well its groups are matched, and why."""
    by_chance = study.request.programme.selection_by == "chance"
    return CHANCE if by_chance and match != "poorly" else LEVELS[match]


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {"maryland": maryland}
