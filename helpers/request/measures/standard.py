"""The measures that have a name of their own, one row each."""

from dataclasses import dataclass
from typing import Literal

#: the measure of the published results, by which a study is placed among them
PUBLISHED = "reoffending_rate"


@dataclass(frozen=True)
class Standard:
    """A measure that has a name of its own, with everything that is told of it."""

    name: str
    kind: Literal["rate", "frequency", "days"]
    column: str  # of the cohort, which holds it
    of_whom: Literal["everyone", "reoffenders"]  # who has a value
    label: str  # what happened, what is counted, or what was measured
    definition: str  # words that follow the label
    title: str  # the heading of the measure
    question: str = ""  # what it answers among the main points
    topic: str = ""  # what a headline calls it that has said who reoffended
    headline: bool = False  # main points always show it
    usual: bool = True  # a request has it unless it names others
    adds_up: str = ""  # measures of one word here add up to a whole
    part: str = ""  # what a measure is called among those that it adds up with

    @property
    def main_point(self) -> bool:
        """Whether main points show it: not what courts did with reoffenders."""
        return self.headline or self.of_whom == "everyone"


#: the outcomes that have a name of their own, one row each
STANDARD: dict[str, Standard] = {
    row.name: row
    for row in (
        Standard(
            "reoffending_rate", "rate", "reoffended", "everyone",
            "reoffended", "within a year",
            "One-year proven reoffending rate",
            question="How many.", headline=True,
        ),
        Standard(
            "reoffending_frequency", "frequency", "reoffences", "everyone",
            "proven reoffences", "within a year",
            "Frequency of proven reoffending within a year",
            question="How often.", topic="how often", headline=True,
        ),
        Standard(
            "time_to_first_reoffence", "days", "days_to_first_reoffence", "reoffenders",
            "time to the first proven reoffence", "",
            "Time to the first proven reoffence",
            question="How soon.", topic="how soon", headline=True,
        ),
        Standard(
            "first_reoffence_indictable", "rate", "first_reoffence_indictable",
            "reoffenders",
            "had an indictable offence as their first reoffence", "",
            "First reoffence an indictable offence",
            adds_up="first_reoffence", part="Indictable",
        ),
        Standard(
            "first_reoffence_either_way", "rate", "first_reoffence_either_way",
            "reoffenders",
            "had an either-way offence as their first reoffence", "",
            "First reoffence an either-way offence",
            adds_up="first_reoffence", part="Either way",
        ),
        Standard(
            "first_reoffence_summary", "rate", "first_reoffence_summary", "reoffenders",
            "had a summary offence as their first reoffence", "",
            "First reoffence a summary offence",
            adds_up="first_reoffence", part="Summary",
        ),
        Standard(
            "reoffences_indictable", "frequency", "reoffences_indictable",
            "reoffenders",
            "indictable proven reoffences", "within a year",
            "Indictable reoffences of those who reoffended",
            adds_up="reoffences", part="Indictable",
        ),
        Standard(
            "reoffences_either_way", "frequency", "reoffences_either_way",
            "reoffenders",
            "either-way proven reoffences", "within a year",
            "Either-way reoffences of those who reoffended",
            adds_up="reoffences", part="Either way",
        ),
        Standard(
            "reoffences_summary", "frequency", "reoffences_summary", "reoffenders",
            "summary proven reoffences", "within a year",
            "Summary reoffences of those who reoffended",
            adds_up="reoffences", part="Summary",
        ),
        Standard(
            "custody_for_first_reoffence", "rate", "custody_for_first_reoffence",
            "reoffenders",
            "went to custody for their first reoffence", "",
            "Custody for the first reoffence",
        ),
        Standard(
            "custodial_reoffences", "frequency", "custodial_reoffences", "reoffenders",
            "proven reoffences that led to custody", "within a year",
            "Reoffences that led to custody, of those who reoffended",
        ),
    )
}  # fmt: skip


def usual() -> tuple[str, ...]:
    """Give the measures that a request has unless it names others."""
    return tuple(row.name for row in STANDARD.values() if row.usual)


#: what measures that add up are called together
TOGETHER: dict[str, str] = {
    "first_reoffence": "Court outcome of the first reoffence",
    "reoffences": "Frequency of reoffending by court outcome",
}


def adding_up() -> list[tuple[str, ...]]:
    """Give the measures that add up to a whole, those of each whole together."""
    wholes: dict[str, tuple[str, ...]] = {}
    for row in STANDARD.values():
        if row.adds_up:
            wholes[row.adds_up] = (*wholes.get(row.adds_up, ()), row.name)
    return list(wholes.values())


def columns() -> dict[str, str]:
    """Give the cohort's columns that hold a standard outcome, each with its kind."""
    return {row.column: row.kind for row in STANDARD.values()}
