"""What speaks for an analysis and what it cannot tell, and how it was done."""

from typing import Any

from helpers.publication.numbers import escape, pieces
from helpers.publication.wording.balance import some_above, some_hidden
from helpers.publication.wording.main_points import left_out
from helpers.publication.wording.number_words import in_ten, in_words, one_in
from helpers.request import limits as limits_

LESS_ALIKE = {
    "reasonably": (
        "The groups are not quite alike.",
        "After matching they are reasonably matched, but not well{}.",
    ),
    "poorly": (
        "The groups are not alike.",
        "They could not be matched well enough to compare, so no result is shown.",
    ),
}

DIFFER = ": on at least one characteristic they still differ somewhat"

#: what matching is for where chance made the groups
BY_CHANCE = (
    " Chance decided who took part, so matching evens out the differences that chance "
    "left in these characteristics, and can make the result more precise."
)


#: a point: its lead-in, the sentences behind it as markup, and of which analysis it is
Told = tuple[str, str, str]


def limits(data: dict[str, Any]) -> str:
    """Give strengths and limits that apply to this run, and those the request names."""
    strengths, against = (_listed(points) for points in _points(data))
    own = "".join(f'<li dir="auto">{escape(text)}</li>' for text in data["own"])
    theirs = f"<h3>About these data</h3><ul>{own}</ul>" if own else ""
    return (
        f"<h3>Strengths</h3><ul>{strengths}</ul><h3>Limits</h3><ul>{against}</ul>"
        f"{theirs}"
    )


def limits_in_brief(data: dict[str, Any]) -> str:
    """Give what leads in each strength, and each limit that not every study has."""
    strengths, against = _points(data)
    own = [point for point in against if point[0] not in data["usual"]]
    return (
        f"<p><strong>Strengths.</strong> {_leads(strengths)}</p>"
        f"<p><strong>Limits.</strong> {_leads(own)}</p>"
    )


def limits_line(data: dict[str, Any]) -> str:
    """Give how many strengths and limits there are, the request's own among them."""
    strengths, against = map(len, _points(data))
    told = f"{_so_many(strengths, 'strength')}, "
    return (
        f"{told.capitalize()}{_so_many(against + len(data['own']), 'limit')}, in full"
    )


def _so_many(count: int, noun: str) -> str:
    return f"{in_words(count)} {noun}{'s' * (count != 1)}"


def _points(data: dict[str, Any]) -> tuple[list[Told], list[Told]]:
    """Give what speaks for a study and what speaks against, as far as it applies."""
    strengths = [(lead, escape(text), "") for lead, text in data["strengths"]]
    against = []
    for analysis in data["analyses"]:
        named = f" ({escape(analysis['analysis'])})" if data["several"] else ""
        strengths += [(lead, text, named) for lead, text in _for(analysis)]
        against += [(lead, text, named) for lead, text in _against(analysis)]
    against += [
        (lead, escape(text), "")
        for lead, text, *of in data["limits"]
        if not of or any(number.state != "z" for number in of[0])
    ]
    against += [(lead, text, "") for lead, text in _tests(data)]
    return strengths, against


def _listed(points: list[Told]) -> str:
    """Give each point as an item of a list, its lead-in in bold."""
    items = (
        f"<li><strong>{_lead(lead, named)}</strong> {text}</li>"
        for lead, text, named in points
    )
    return "".join(items)


def _leads(points: list[Told]) -> str:
    return " ".join(_lead(lead, named) for lead, _, named in points)


def _lead(lead: str, named: str) -> str:
    """Give a lead-in, with the analysis before its full stop where it is of one."""
    return f"{escape(lead[:-1])}{named}{lead[-1]}"


def _released(analysis: dict[str, Any], name: str) -> Any:
    number = analysis[name]
    return number.value if number.state == "shown" else None


def _for(analysis: dict[str, Any]) -> list[tuple[str, str]]:
    """Give what speaks for the match of an analysis, as far as it is released."""
    found = []
    quality = _released(analysis, "match_quality")
    if quality == "well":
        count = analysis["characteristics"]
        on = "the one characteristic compared"
        if count != "one":
            on = f"all {count} characteristics compared"
        if some_hidden(analysis["differences"]):
            on = "the characteristics compared"
        text = f"After matching the two groups are well matched on {on}."
        found.append(("The groups are alike.", text))
    share = _released(analysis, "share_matched")
    if quality != "poorly" and share is not None and share >= 100 * limits_.NEARLY_ALL:
        who, lead = "Everyone", "Nobody was lost in matching."
        if share < 100:
            most = in_ten(limits_.NEARLY_ALL)
            who = f"At least {most} of the {escape(analysis['noun'])}"
            lead = "Few were lost in matching."
        had = "who could be analysed had someone similar to be compared with."
        found.append((lead, f"{who} {had}"))
    return found


def _against(analysis: dict[str, Any]) -> list[tuple[str, str]]:
    """Give what the match of an analysis falls short in, and who is not in it."""
    found = []
    quality = _released(analysis, "match_quality")
    if quality in LESS_ALIKE:
        lead, text = LESS_ALIKE[quality]
        differences = analysis["differences"]
        told = not some_hidden(differences) or some_above(differences, limits_.WELL)
        found.append((lead, text.format(DIFFER if told else "")))
    if analysis["widest"]:
        reach = escape(analysis["reach"])
        text = (
            f"The request accepted a {reach} of {analysis['width'].html}, which is "
            f"wider than the limit of {analysis['widest'].html}: people may have been "
            "compared who differ enough to bias the result."
        )
        found.append((f"The {reach} is wide.", text))
    if analysis["some_left_out"]:
        text = f"{left_out(analysis)} What is found here may not hold for them."
        found.append(("Not everyone is in the analysis.", text))
    return found


def _tests(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Say that one of several comparisons may come out significant by chance.

    Those that are shown are counted: the others would tell why they are not.
    """
    made = sum(number.state == "shown" for number in data["comparisons"])
    if made < 2:
        return []
    each = (
        "each measure of each analysis" if data["several"] else "one for each measure"
    )
    more = [
        words
        for words, name in (
            ("sub-groups with each other", "between"),
            ("differences over time", "over_time"),
        )
        if data.get(name)
    ]
    each = ", ".join([each, *more[:-1], *(f"and {last}" for last in more[-1:])])
    but = ", those not shown left out" if made < len(data["comparisons"]) else ""
    text = (
        f"This report shows {in_words(made)}: {each}{but}. Even if the programme made "
        f"no difference to anything, about {one_in(limits_.ALPHA, 'comparison')} would "
        "come out statistically significant by chance."
    )
    return [("More than one comparison is made.", text)]


#: when the outcomes were opened, as the recipe says it
OPENED = {
    "sealed": "The outcomes were opened only after the matching was settled.",
    "held": "The analyst held the outcomes before matching; the matching made no use "
    "of them.",
    "before": "This matching was made after the outcomes had first been opened.",
    "pool": "The outcomes of the people in the programme were opened only after the "
    "matching was settled. It had been changed after those of other people had been "
    "opened.",
    "tried": "This matching was settled before the outcomes were first opened; they "
    "have since been opened on other matchings too.",
    "same": "The outcomes were opened only after the matching was settled, first by "
    "another analysis with this same matching.",
    "unread": "Whether the outcomes had been opened before is not known in full.",
}


def how_matched(data: dict[str, Any]) -> str:
    """Give the propensity model and the matching, in a paragraph each."""
    covariates = "; ".join(escape(label) for label in data["covariates"])
    exact = data["exact"]
    within = (
        f" People were matched only to people of the same "
        f"{escape(' and '.join(exact))}."
        if exact
        else ""
    )
    scale = ""
    if data["scale"]:
        scale = f" Closeness was measured {escape(data['scale'])}."
    return (
        f"<p>A logistic regression gave each person a propensity score: how "
        f"likely someone with their characteristics was to be in the programme. It "
        f"used: {covariates}.{BY_CHANCE if data.get('by_chance') else ''}</p>"
        f"<p>{pieces(data['method'])}{scale}{within}</p>"
    )


def how_estimated(data: dict[str, Any]) -> str:
    """Give the estimate, its interval and its test."""
    opened = " ".join(
        sentence for when, sentence in OPENED.items() if when in data["opened"]
    )
    average = "weighted average" if data["weighted"] else "average"
    counts = (
        " The comparison group counts with its effective size there, so that a weight "
        "is never taken for a person."
        if data["weighted"]
        else ""
    )
    return (
        f"<p>{opened} The difference is the average among people in the programme "
        f"less the {average} among the comparison group.</p><p>Its interval and "
        f"its test are Welch’s.{counts} A result is called "
        'statistically significant when its p-value is <span data-numcheck="off">'
        f"{limits_.ALPHA}</span> or less.</p><p>For a rate, where fewer than "
        f"{in_words(limits_.EVENTS)} people in either "
        "group had an outcome, or did not have it, no test is made and the interval is "
        "Newcombe’s.</p>"
    )
