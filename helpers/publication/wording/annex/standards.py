"""What a result has to meet: how alike groups have to be, and how many people."""

from helpers.publication.wording.number_words import in_ten, in_words
from helpers.request import limits

#: what a main point has to be of too, where there are several analyses
HEADLINE = "an analysis that the request names as a headline, of "


def standards(least_people: int, *, some: bool, several: bool) -> list[tuple[str, str]]:
    """Give each standard with what it asks for.

    `least_people` are the fewest people of a headline; with `some` a measure is about
    some people only, and with `several` there are several analyses.
    """
    headline = HEADLINE if several else ""
    well, reasonable = (in_words(limit) for limit in (limits.WELL, limits.REASONABLE))
    found = [
        (
            "Well matched",
            "After matching, no average of a characteristic differs between the groups "
            f"by more than {well} per cent of its standard deviation.",
        ),
        (
            "Reasonably matched",
            f"The same, with {reasonable} per cent in place of {well}.",
        ),
        (
            "Poorly matched",
            f"An average still differs by more than {reasonable} per cent. The groups "
            "cannot be compared then, and no result is shown.",
        ),
        (
            "Main point",
            f"A result of {headline}groups that are not poorly matched, with at least "
            f"{in_words(least_people)} people in the programme, who are at least "
            f"{in_ten(limits.HEADLINED)} of those who could be analysed.",
        ),
    ]
    if some:
        people = in_words(limits.REOFFENDERS)
        found.append(
            (
                "Measures about some people only",
                f"They are shown where at least {people} people in the programme are "
                "behind them.",
            )
        )
    return found
