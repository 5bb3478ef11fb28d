"""What charts of published results call a measure and the two ways of a difference."""

from dataclasses import dataclass

from helpers.publication.facts.published import Result
from helpers.publication.wording.intervals import nothing
from helpers.publication.wording.number_words import in_words


@dataclass(frozen=True)
class Words:
    """What is said of a measure in a chart: its ways, and what is counted."""

    title: str
    often: str  # what a headline begins with that names no measure
    fewer: tuple[str, str]  # in two lines
    more: tuple[str, str]
    per: tuple[str, str]
    counted: str
    levels: str
    less: str  # the ways within a sentence
    greater: str


MEASURES = {
    "rate": Words(
        "one-year proven reoffending rate",
        "",
        ("Fewer people", "reoffended"),
        ("More people", "reoffended"),
        ("In every 100", "people"),
        "people in every 100",
        "Rates: programme v comparison group, %",
        "fewer people reoffending",
        "more people reoffending",
    ),
    "frequency": Words(
        "frequency of proven reoffending",
        "How often",
        ("Fewer", "reoffences"),
        ("More", "reoffences"),
        ("Per 100", "people"),
        "reoffences per 100 people",
        "Reoffences per 100: programme v comparison group",
        "fewer reoffences",
        "more reoffences",
    ),
}


def pointing(rows: list[Result], measure: str) -> str:
    """Say which way the differences of some results point, as they are printed.

    Their counts are words, since a figure of results has no table of them:
    "both printed differences point to fewer people reoffending"; empty without any.
    """
    values = [0 if nothing(row.difference) else row.difference.value for row in rows]
    less, more = MEASURES[measure].less, MEASURES[measure].greater
    fewer, greater = sum(v < 0 for v in values), sum(v > 0 for v in values)
    count = len(values)
    if not count:
        return ""
    for number, way in ((fewer, less), (greater, more)):
        if number == count:
            every = {1: "the one", 2: "both"}.get(count, f"all {in_words(count)}")
            one = count == 1
            return (
                f"{every} printed difference{'' if one else 's'} "
                f"point{'s' if one else ''} to {way}"
            )
    if not fewer and not greater:
        every = "the one" if count == 1 else "every"
        return f"{every} printed difference is 0"
    number, way = (fewer, less) if fewer >= greater else (greater, more)
    return (
        f"{in_words(number)} of {in_words(count)} printed differences "
        f"point{'s' if number == 1 else ''} to {way}"
    )


def split(counts: dict[str, int], total: int) -> str:
    """Say how many of some results are of each finding; none of what has none."""
    nouns = {
        "decrease": ("a decrease", "decreases"),
        "inconclusive": ("inconclusive", "inconclusive"),
        "increase": ("an increase", "increases"),
    }
    told = [
        (counts[name], nouns[name][counts[name] != 1]) for name in nouns if counts[name]
    ]
    if not told:
        return f"of {total:,} results, none was printed with its significance"
    parts = [f"{number:,} {noun}" for number, noun in told]
    verb = " is " if told[0][0] == 1 else " are "
    parts[0] = verb.join(parts[0].split(" ", 1))
    last = parts.pop()
    said = " and ".join([", ".join(parts), last]) if parts else last
    return f"of {total:,} result{'' if total == 1 else 's'}, {said}"
