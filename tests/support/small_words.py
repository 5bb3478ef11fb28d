"""Measures and analyses in every state, as the wording gets them, for the tests."""

import pytest

from helpers.publication import units
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, Place
from helpers.request.matching import WIDTHS
from helpers.request.measures.standard import STANDARD as OUTCOMES

#: kind -> label, definition, title
STANDARD = {
    "rate": ("reoffended", "within a year", "One-year proven reoffending rate"),
    "frequency": ("proven reoffences", "within a year", "Frequency of reoffending"),
    "days": ("time to the first proven reoffence", "", "Time to first reoffence"),
    "amount": ("earnings", "within a year", "Average earnings within a year"),
}
OWN = {
    "rate": ("returned to prison", "within 12 months of release", "Return to prison"),
    "frequency": ("prison rule breaches", "in custody", "Rule breaches"),
    "days": ("time to return to prison", "", "Time to return to prison"),
    "amount": ("rent owed", "at the end", "Average rent owed at the end"),
}
NAMES = {
    "rate": "reoffending_rate",
    "frequency": "reoffending_frequency",
    "days": "time_to_first_reoffence",
    "amount": "earnings",
}
#: verdict -> the two values, low, high and p behind it ("c", "z": their states)
BEHIND = {
    "decrease": (40.2, 46.4, -11.3, -1.6, 0.0173),
    "increase": (46.4, 40.2, 1.6, 11.3, 0.0173),
    "inconclusive": (40.2, 41.6, -6.4, 2.9, 0.47),
    "untested": (8.1, 15.2, -13.2, -0.2, "z"),
    "withheld": ("c",) * 5,
    "none": ("z",) * 5,
}
KINDS = pytest.mark.parametrize("kind", STANDARD)
VERDICTS = pytest.mark.parametrize("found", BEHIND)
NOT_ZERO = "This does not mean that the programme made no difference."
#: what stands beside a measure of those who reoffended
NOT_MATCHED = (
    "People who reoffended were not matched to each other. Those in the two groups "
    "need not be alike."
)
SIGNIFICANT = "This is a statistically significant result."


def number(name, value, format_="per_100"):
    """A number, or one that is withheld (c) or not applicable (z)."""
    if value in ("c", "z"):
        return Number(name, None, format_, value)
    return Number(name, float(value), format_)


def measure(kind="rate", found="decrease", words=STANDARD, behind=None, **changes):
    """A measure with a verdict, or with the numbers `behind` it."""
    treated, compared, low, high, p = behind or BEHIND[found]
    known = not isinstance(treated, str) and not isinstance(compared, str)
    label, definition, title = words[kind]
    unit = changes.pop("unit", "£" if kind == "amount" else "")
    format_, side = {
        "days": ("days", "shorter"),
        "amount": units.formats(unit),
    }.get(kind, ("per_100", "fewer"))
    standard = OUTCOMES.get(NAMES[kind])
    given = {
        "outcome": NAMES[kind],
        "kind": kind,
        "label": label,
        "definition": definition,
        "title": title,
        "few": label if kind == "rate" else "had this outcome",
        "of_some": kind == "days",
        "own_label": not standard or label != standard.label,
        "question": standard.question if standard else "",
        "unit": unit,
        "reason": "This result is not shown, because the groups are too unlike."
        if found == "none"
        else "",
        "value_treatment": number("t", treated, format_),
        "value_comparison": number("c", compared, format_),
        "difference": number("d", treated - compared if known else treated, side),
        "ci_low": number("l", low, side),
        "ci_high": number("h", high, side),
        "p_value": number("p", p, "p"),
    } | changes
    return Measure(**given)


def data(*measures, **changes):
    """An analysis of these measures, for a function of the wording."""
    return {
        "analysis": "All people",
        "several": False,
        "slug": "all",
        "noun": "people",
        "programme": "support from Mentors",
        "measures": list(measures),
        "measure": measures[0] if measures else None,
        "not_headlined": "",
        "why": "",
        "n_treatment": number("n", 372, "count"),
        "n_comparison": number("m", 5030, "count"),
        "behind": Place("results-reoffending_rate", "Table 4"),
        "some_left_out": True,
        "open_data": False,
        "listed": True,
        "left_out": number("left", 108, "count"),
        "reasons": [
            ["Outside the age limits", number("age", 20, "count")],
            ["Not found in the national records", number("lost", 88, "count")],
            ["Same line sent more than once", number("twice", "c", "count")],
        ],
        "submitted": number("sub", 480, "count"),
        "flow": Place("flow-chart-all", "Figure 2"),
        "organisation": "Mentors",
        "sent": number("sub", 480, "count"),
        "unalike": [],
        "source": {
            "title": "Mentors: an analysis",
            "organisation": "Mentors",
            "published": "25 June 2026",
            "edition": "first edition",
        },
        "beside_headline": False,
    } | changes


#: why an analysis has no main points, with what the words know of it
NOT_HEADLINED = [
    {
        "not_headlined": "No result is shown, because the two groups could not be "
        f"made alike enough to compare. {NOT_ZERO}",
        "why": "poor",
    },
    {
        "not_headlined": "The result is not shown here, because fewer than eight in "
        "ten of the people who could have been analysed were matched; the tables have "
        "it.",
        "why": "few matched",
    },
    {
        "not_headlined": "The result is not shown here, because fewer than sixty "
        "people in the programme could be analysed; the tables have it.",
        "why": "few people",
    },
]


def quality(**changes):
    """How alike the groups of an analysis are."""
    return (
        data()
        | {
            "match_quality": Number("q", "well", "text"),
            "differences": [number("d", 2.0, "smd")],
            "sizes": Place("sizes-all", "Table 5"),
            "weighted": True,
            "effective_comparison": number("e", 214.6, "count"),
            "share_matched": number("s", 87.4, "per_cent"),
            "limited": True,
            "lost": Number("l", "age, sex", "text"),
            "width": number("w", 0.0384, "decimals_3"),
            "reach": "caliper",
            "caliper": number("k", 0.05, "setting"),
            "unit": "pooled",
            "scale": "on the logit of the propensity score",
            "choice": "default",
            "widened": False,
            "tried": [number(f"k{i}", x, "setting") for i, x in enumerate(WIDTHS)],
            "widest": "",
        }
        | changes
    )


def flow(**changes):
    """Where the lines submitted went."""
    submitted = number("sub", 480, "count")
    given = {"submitted": submitted, "open_data": False, "some_left_out": True}
    given["kept"] = []
    return data(organisation="Mentors") | given | changes


def matched(**changes):
    """How the people of an analysis were matched."""
    return (
        data(
            covariates=["Age", "Sex"],
            exact=["Region", "Sex"],
            method="Each person was compared with everyone within the caliper.",
            scale="on the logit of the propensity score",
        )
        | changes
    )
