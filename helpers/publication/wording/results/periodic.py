"""The periodic summary of all published results, in words."""

from collections.abc import Mapping
from typing import Any

from helpers.publication.numbers import Number, escape
from helpers.publication.sections import OF_FINDINGS
from helpers.publication.wording.request_texts import last_month
from helpers.publication.wording.results import so_far
from helpers.request import FindingsRequest

#: findings as sentences have them, in the order of the summary
FOUND = {
    "decrease": "found that significantly fewer people reoffended",
    "inconclusive": so_far.UNSURE,
    "increase": "found that significantly more people reoffended",
}

LESS_OFTEN = "found that people reoffended significantly less often"

NO_ONE_FINDING = (
    "One finding that stands for all programmes could not be given: they differ in "
    "what they do, for whom and for how long, and only some of their results could "
    "still be read."
)
TOGETHER = (
    'Where enough intervals were printed, <a href="#together">'
    f"{OF_FINDINGS['together']}</a> takes those results together. It does not stand "
    "for the rest."
)
PARTIAL = (
    "The results collected here are those that could still be read, and good news is "
    "easier to find. How they divide says nothing about results that are not here."
)


def headline(data: Mapping[str, Any]) -> str:
    """Say in one sentence how findings divide: of the last full count, else of here."""
    counted, collected = data["counted"], data["collected"]
    lead = _collected(collected)
    if counted:
        lead = (
            f"Of {counted['total'].html} analyses completed by {counted['when']}, when "
            f"all findings were last counted, {_parts(counted)}."
        )
    return f"{lead} {so_far.of_nobody(collected)}".strip()


def _collected(counts: Mapping[str, Number]) -> str:
    if not counts["all"].value:
        return "No published result is collected here."
    left = counts["not_found"]
    rest = f"; of {left.html} the finding is not known" if left.value else ""
    of = so_far.results(counts["all"])
    return f"Of {of} collected here, {_parts(counts)}{rest}."


def _parts(counts: Mapping[str, Number]) -> str:
    lower = counts["lower_frequency"]
    less = {"inconclusive": f" ({lower.html} of these {LESS_OFTEN})"}
    *first, last = (
        f"{counts[name].html if counts[name].value else 'none'} {words}"
        f"{less.get(name, '') if lower.value else ''}"
        for name, words in FOUND.items()
        if counts[name].value or name != "inconclusive"
    )
    return f"{', '.join(first)} and {last}"


def main_points(data: Mapping[str, Any]) -> str:
    """Give the last full count as a list, then the collection in one line.

    Without such a count the headline is that line. None of it is one finding for all.
    """
    counted, collected = data["counted"], data["collected"]
    known = collected["all"].value
    split = so_far.split(counted) if counted else ""
    here = [_collected(collected)] if counted else []
    here += [PARTIAL] if known else []
    one = f"{NO_ONE_FINDING} {TOGETHER}" if known else NO_ONE_FINDING
    told = f"<p>{' '.join(here)}</p>" if here else ""
    return f'{split}{told}<p data-verdict="withheld">{one}</p>'


#: what every such collection is not, with the words that lead each in
LIMITS = {
    "Partial.": "It holds results that could still be read, in the reports themselves "
    "or in accounts of them. Others were published and are not in it.",
    "Leaning to good news.": "Some results are known only because a provider told of "
    "them, and providers tell more often of results that please them.",
    "Counting is not measuring.": "How many findings are significant depends on how "
    "many people were analysed as much as on what the programmes changed. An "
    "inconclusive result does not show that a programme made no difference.",
    "Not one programme.": "A type brings together programmes that differ in what they "
    "do, for whom and for how long.",
    "Nobody was chosen by lot.": "Each result compares people in a programme with "
    "people like them who were not in it. How the groups differed in what was not "
    "recorded is not known.",
    "Some intervals were worked out here.": "Where sizes and rates were printed but "
    "no interval, one was computed from the rounded numbers. It is drawn hollow, "
    "and changes no finding.",
    "Dates are missing.": "A result whose date was not printed, or of which only the "
    "latest possible month is known, is counted, and left out of charts over time.",
}


#: those of them that only some collections have -> what such a collection holds
ONLY_WHERE = {
    "Some intervals were worked out here.": "computed",
    "Dates are missing.": "undated",
}


def limits(data: Mapping[str, Any]) -> str:
    """Say what the collection is not; `data` holds the names of what it lacks."""
    points = "".join(
        f"<li><strong>{lead}</strong> {text}</li>"
        for lead, text in LIMITS.items()
        if lead not in ONLY_WHERE or ONLY_WHERE[lead] in data["lacks"]
    )
    return f"<ul>{points}</ul>"


METHOD = (
    "What was printed is shown as it was printed: an empty field of the collection "
    "was not printed where it could be read, and nothing was guessed. A finding is the "
    "one that the source gives. It is never tested again.",
    "A difference is the printed one, or the rate of the programme less that of the "
    "comparison group, or the middle of the printed interval where nothing else was.",
    "A 95% confidence interval is computed where the size of the treatment group and "
    "both rates were printed but no interval: that of a difference between two shares, "
    "made one percentage point wider at each side for the rounding of what was "
    "printed. Where the size of the comparison group was not printed it is taken to be "
    "so large that it adds nothing.",
    "Results are taken together where enough whole intervals were printed, no two of "
    "one organisation and one type of programme with years that may meet: their mean "
    "under random effects, the variance between programmes by "
    "restricted maximum likelihood, the interval by Hartung and Knapp and no narrower "
    "than without their correction. A computed interval is never taken in.",
)


def method(request: FindingsRequest) -> str:
    """Say which results are shown, and how differences and intervals came about."""
    which = (
        f"Results published by {last_month(request.as_of)} are shown. A result counts "
        "from the end of the month in which it was published; one whose month was not "
        "printed always counts."
    )
    return "".join(f"<p>{text}</p>" for text in (which, *METHOD))


def data_sharing() -> str:
    """Say that nothing about a person was read."""
    return (
        "<p>This summary is made from published results alone. No record about a "
        "person was read to make it, so there was none to share, to protect or to "
        "destroy. Every number in it is published already, or is worked out from "
        "numbers that are.</p>"
    )


def read_from(files: Mapping[str, str]) -> str:
    """Name the files that the results were read from, each with its SHA-256."""
    lines = "".join(
        f"<li>{escape(name)}: <code>{sha}</code></li>" for name, sha in files.items()
    )
    return (
        "<p>The results were read from these files. Behind each stands its "
        '<span data-numcheck="off">SHA-256</span>, by which it can be told from any '
        f"other.</p><ul>{lines}</ul>"
    )
