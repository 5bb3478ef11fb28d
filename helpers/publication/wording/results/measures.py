"""What charts of published results call a measure and the two ways of a difference."""

from dataclasses import dataclass

from helpers.publication.facts.published import Result
from helpers.publication.wording.intervals import drawn_difference
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
    from_levels: str  # where a difference is worked out from those of both groups
    among: str  # what stands after a difference in a sentence


MEASURES = {
    "rate": Words(
        "one-year proven reoffending rate",
        "",
        ("Fewer people", "reoffended"),
        ("More people", "reoffended"),
        ("In every 100", "people"),
        "people in every 100",
        "Rates: programme v comparison group, %",
        "from the rates",
        "in every 100 people",
    ),
    "frequency": Words(
        "frequency of proven reoffending",
        "How often",
        ("Fewer", "reoffences"),
        ("More", "reoffences"),
        ("Per 100", "people"),
        "reoffences per 100 people",
        "Reoffences per 100: programme v comparison group",
        "from the frequencies",
        "reoffences per 100 people",
    ),
}


def reaching(rows: list[Result], measure: str) -> str:
    """Say from where to where the differences of some results reach, as printed.

    Their count is a word, since a figure of results has no table of it:
    "six differences, from 21 fewer to 1 fewer in every 100 people"; empty without any.
    """
    if not rows:
        return ""
    ordered = sorted(rows, key=lambda row: row.difference.value)
    first, last = (drawn_difference(ordered[place].difference) for place in (0, -1))
    count, among = len(rows), MEASURES[measure].among
    if count == 1:
        return f"one difference, {first} {among}"
    ends = f"from {first} to {last}"
    if first == last:
        ends = f"{'both' if count == 2 else 'all'} {first}"
    return f"{in_words(count)} differences, {ends} {among}"


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
