"""The measures that have a name of their own, one row each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

#: the measure of the published results, by which a study is placed among them
PUBLISHED = "reoffending_rate"
#: the horizon of the rows: days from the index date within which an offence counts
YEAR = 365
#: and what sentences and titles call it, and others that have a name of their own
IN_A_YEAR = "within a year"
WITHIN = {1: "within a day", YEAR: IN_A_YEAR, 2 * YEAR: "within two years"}
TITLED = {YEAR: "One-year", 2 * YEAR: "Two-year"}
LONGEST = 10 * YEAR
#: the name of a measure, or of its column, with another horizon
OF_HORIZON = re.compile(r"(\w+?)_([1-9]\d{0,3})_days")
VIOLENT = "Violence Against the Person"


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
    offences: tuple[str, ...] = ()  # groups of offence that count; all without any
    horizon: int = YEAR  # days from the index date within which an offence counts

    @property
    def main_point(self) -> bool:
        """Whether main points show it: not what courts did with reoffenders."""
        return self.headline or self.of_whom == "everyone"

    def at(self, horizon: int) -> "Standard":
        """Give the same measure within another number of days."""
        if horizon == self.horizon:
            return self
        within = in_days(horizon)
        return replace(
            self,
            name=f"{self.name}_{horizon}_days",
            column=f"{self.column}_{horizon}_days",
            definition=within,
            title=_titled(self.title, horizon, within),
            question=self.question and f"{self.question.removesuffix('.')}, {within}.",
            topic=self.topic and f"{self.topic} {within}",
            adds_up=self.adds_up and f"{self.adds_up}_{horizon}_days",
            usual=False,
            horizon=horizon,
        )


def in_days(horizon: int) -> str:
    """Say within how many days of the index date an offence counts."""
    return WITHIN.get(horizon, f"within {horizon:,} days")


def _titled(title: str, horizon: int, within: str) -> str:
    """Give a title of a year with another horizon in its place."""
    if IN_A_YEAR in title:
        return title.replace(IN_A_YEAR, within)
    of_a_year = f"{TITLED[YEAR]} "
    if not title.startswith(of_a_year):
        return f"{title}, {within}"
    measure = title.removeprefix(of_a_year)
    if horizon in TITLED:
        return f"{TITLED[horizon]} {measure}"
    return f"{measure[:1].upper()}{measure[1:]} {within}"


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
        Standard(
            "violent_reoffending_rate", "rate", "violent_reoffended", "everyone",
            "reoffended violently", "within a year",
            "One-year proven violent reoffending rate",
            question="Violent reoffending.", topic="violent reoffending",
            usual=False, offences=(VIOLENT,),
        ),
        Standard(
            "violent_reoffending_frequency", "frequency", "violent_reoffences",
            "everyone",
            "violent proven reoffences", "within a year",
            "Frequency of proven violent reoffending within a year",
            question="How often, and violently.", topic="how often violently",
            usual=False, offences=(VIOLENT,),
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


def together(row: Standard) -> str:
    """Give what a measure and those that it adds up with are called together."""
    whole = row.adds_up.removesuffix(f"_{row.horizon}_days")
    within = in_days(row.horizon)
    return TOGETHER[whole] + ("" if row.horizon == YEAR else f", {within}")


def named(name: str) -> Standard | None:
    """Give the measure of a name, which may end in a horizon: `…_730_days`."""
    return STANDARD.get(name) or _of_horizon(name, STANDARD)


def of_column(column: str) -> Standard | None:
    """Give the measure that a column of a cohort holds, within any horizon."""
    by_column = {row.column: row for row in STANDARD.values()}
    return by_column.get(column) or _of_horizon(column, by_column)


def _of_horizon(name: str, rows: dict[str, Standard]) -> Standard | None:
    parts = OF_HORIZON.fullmatch(name)
    if parts is None or parts[1] not in rows or int(parts[2]) > LONGEST:
        return None
    return rows[parts[1]].at(int(parts[2]))


def adding_up(horizons: Iterable[int] = (YEAR,)) -> list[tuple[str, ...]]:
    """Give the measures that add up to a whole, those of each whole together."""
    wholes: dict[str, tuple[str, ...]] = {}
    for horizon in dict.fromkeys(horizons):
        for row in (row.at(horizon) for row in STANDARD.values() if row.adds_up):
            wholes[row.adds_up] = (*wholes.get(row.adds_up, ()), row.name)
    return list(wholes.values())
