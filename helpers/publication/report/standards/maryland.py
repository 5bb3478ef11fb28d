"""The level on the Maryland scientific methods scale, by rule.

The scale is that of Sherman and others 1998 (NCJ 171676): 5 assignment by chance, 4
comparison units that differ little, 3 a comparison of comparable units, 2 a comparison
group not shown to be comparable, 1 none. How alike the groups are is told by the worst
standardised mean difference after matching (METHOD.md, section 4): that step is a rule
of this kit, not of the scale. Chance alone makes no level 5: a comparison group that
is looked for among all others is not the one that chance left out.
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
BY_RULE = (
    " The level is by a rule of this kit, from balance on what was measured: well "
    "matched is level four, reasonably is level three, poorly is level two. The scale "
    "grades designs; it does not say how well a study was carried out, nor that "
    "nothing else sets the groups apart."
)
ELSEWHERE = (
    " Readings differ: the What Works Centre for Local Economic Growth puts any "
    "matched comparison without a measurement before and after at level two."
)
BY_CHANCE = (
    "The request says that chance decided who took part. If those compared are whom "
    "chance left out, this is level five; the run cannot tell. Without that: "
)


def maryland(study: Study) -> Answer:
    """Give the lowest level of the analyses that the report is headed by."""
    levels = {}
    for analysis in study.headlines:
        match = study.value(refs.of(analysis.name, "match_quality"))
        if match in LEVELS:
            levels[analysis.name] = LEVELS[str(match)]
    if not levels:
        return person("The report shows no comparison, so it has no level.")
    several = len(study.headlines) > 1
    told = "; ".join(
        f"{f'{name}: level {found}, ' if several else ''}{why}"
        for name, (found, why) in levels.items()
    )
    lowest = min(found for found, _ in levels.values())
    at = ("quality", "balance", "limits")
    if study.request.programme.selection_by == "chance":
        worded = f"level {lowest}, as {told}" if not several else told
        return person(f"{BY_CHANCE}{worded}.{BY_RULE}{ELSEWHERE}", at=at)
    told = f"{told[:1].upper()}{told[1:]}."
    return Answer(lowest, (f"{told}{BY_RULE}{ELSEWHERE}",), at)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {"maryland": maryland}
