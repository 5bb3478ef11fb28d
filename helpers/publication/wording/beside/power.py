"""What an analysis could find, said before one is made."""

from typing import Any

from helpers.publication.facts.in_tables import Size
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.number_words import in_words
from helpers.request.limits import EVENTS

#: how often a difference is found that an analysis is said to find (method, section 6)
USUALLY = "usually (four times in five)"
MISSED = (
    "A smaller one could be missed. The report would then say that the result is "
    "inconclusive, which does not mean that the programme made no difference."
)
#: where a report has its finding, this says that there is none
NO_FINDING = (
    '<span data-verdict="withheld">A finding is not shown here, since nobody has been '
    "compared yet. This page says beforehand what an analysis could find.</span>"
)


def power(data: dict[str, Any]) -> str:
    """Say which fall would be found with the people asked for, and what to know."""
    asked: Size = data["asked"]
    said = [_answer(asked, data["base_rate"], _who(data))]
    if data["few"]:
        least = in_words(data["least"])
        said = [
            f"Fewer than {least} people: an analysis would not be made.",
            f"{_sent(data)} So few can do better or worse by chance alone. It takes at "
            f"least {least} people who can be found and matched.",
        ]
    return "".join(f"<p>{sentence}</p>" for sentence in said)


def _sent(data: dict[str, Any]) -> str:
    """Say how many would be sent, and how many of them analysed, in a sentence."""
    asked: Size = data["asked"]
    one = asked.people.value == 1
    left = f"{asked.analysed.html} of them"
    if asked.people.value == asked.analysed.value:
        left = "" if one else "all of them"
    sent = f"{asked.people.html} {'person' if one else 'people'} would be sent"
    return f"{sent}, and {left} found and matched.".replace("and  ", "and ")


def _who(data: dict[str, Any]) -> str:
    """Say how many are sent, and how many of them are analysed."""
    asked: Size = data["asked"]
    one = asked.people.value == 1
    sent = f"With {asked.people.html} {'person' if one else 'people'}, "
    if asked.people.value == asked.analysed.value:
        return f"{sent}{'who' if one else 'all of whom'} can be found and matched,"
    return f"{sent}of whom {asked.analysed.html} can be found and matched,"


def _answer(asked: Size, base_rate: Number, who: str) -> str:
    if asked.reduction.value is None:
        return (
            f"{who} an analysis would often miss even a fall from {base_rate.html} in "
            "every 100 to none at all. More people are needed."
        )
    fall = f"a fall from {base_rate.html} to about {asked.after.html} in every 100"
    fall += f" ({asked.reduction.html} points)"
    if not asked.tested:
        return (
            f"{who} an analysis could come to no verdict on {fall}, the smallest "
            f"that would stand out from chance: fewer than {in_words(EVENTS)} people "
            "of a group would then have reoffended, or not have done so, which is too "
            "few to test. More people are needed."
        )
    found = f"an analysis would {USUALLY} find {fall}, or a larger one."
    return f"{who} {found} {MISSED}"


def power_method(data: dict[str, Any]) -> str:
    """Say what the numbers rest on, and where the rate may be found."""
    share = (
        "Not everybody who is sent can be analysed: some are not found in the records, "
        "some have no sentence that fits, and some have nobody who is like them. "
    )
    if data["all"]:
        share += "No share was given, so all who are sent are taken to be analysed."
    else:
        share += "The share that was given is what is left of them."
    found = [
        "The rate without the programme is how many people like these reoffend in a "
        "year, in every 100. The proven reoffending statistics of the Ministry of "
        "Justice have it by age, sex, offence, sentence and number of earlier "
        "offences. Choose the rate of those most like the people you work with: people "
        "who were in prison often reoffend far more than all people together do.",
        share,
        "A comparison group is drawn from everyone in the national records, so it is "
        "mostly far larger than the programme. Once it has ten people for each one in "
        "the programme, more of them make hardly any difference. People who are less "
        "alike count for less, and then the fall has to be larger to be found.",
        "A fall counts as found when the result would be statistically significant. "
        "Found four times in five means: of five such studies of a programme that "
        "lowers the rate by as much, four would find it and one would not.",
    ]
    return "".join(f"<p>{escape(text)}</p>" for text in found)


def power_no_falls(data: dict[str, Any]) -> str:
    """Say why no table tells how many people find a fall."""
    return (
        f"<p>No table says how many people find a fall: of a rate of "
        f"{data['base_rate'].html} in every 100 even {in_words(data['smallest'])} "
        "points fewer would leave nobody who reoffends.</p>"
    )
