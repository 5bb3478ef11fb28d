"""The terms of a report that need explaining."""

import re

from helpers.publication.numbers import escape
from helpers.publication.wording.number_words import all_but_one_in, in_words, one_in
from helpers.request.limits import ALPHA

#: term -> how it stands in a page, and what it means
TERMS: dict[str, tuple[str, str]] = {
    "Bandwidth": (
        r"\bbandwidths?\b",
        "The distance between two propensity scores from which on people are no longer "
        "matched. Of those nearer than it, the nearer count the more.",
    ),
    "Caliper": (
        r"\bcalipers?\b",
        "The largest distance between two propensity scores at which people are still "
        "matched.",
    ),
    "Common support": (
        r"\bcommon support\b",
        "The scores at which there are people in both groups. Somebody outside it has "
        "nobody to be compared with.",
    ),
    "Comparison group": (
        r"\bcomparison group\b",
        "People who did not take part in the programme, chosen to be, together, as "
        "like those who did as they can be.",
    ),
    "Comparison pool": (
        r"\bcomparison pool\b",
        "All the people who were not in the programme from whom the comparison group "
        "is chosen.",
    ),
    "Computed interval": (
        r"\bcomputed\b",
        "A range that was not printed with a published result, worked out here from "
        "its size and rates. It is rough, is drawn hollow and changes no finding.",
    ),
    "Confidence interval": (
        r"\b95% (?:confidence )?intervals?\b|\bconfidence intervals?\b",
        "A range worked out from the data. If the whole study were made again many "
        f"times, with new people each time, about {all_but_one_in(ALPHA)} of the "
        "ranges would hold the true difference.",
    ),
    "Copas rate": (
        r"\bCopas rate\b",
        "How quickly a person has built up convictions and cautions since the first.",
    ),
    "Date not printed": (
        r"\bdate not printed\b|\bthe month was not printed\b",
        "It could not be read when a result was published. It counts among the others, "
        "but no chart over time has it.",
    ),
    "Disposal": (
        r"\bdisposals?\b",
        "What a court decided for an offence, such as custody or a community order.",
    ),
    "Effective size": (
        r"\beffective size\b",
        "How many people who all count the same would give averages as certain as "
        "those of the comparison group, whose people may count with different weights.",
    ),
    "Forest plot": (
        r"\bforest plots?\b",
        "A chart with a row for each result: a mark where its difference lies, and a "
        "line as long as its range. The line down the chart is no difference.",
    ),
    "Frequency of reoffending": (
        r"\bfrequency of (?:proven )?reoffending\b",
        "The number of proven reoffences of a group for every 100 of its people, those "
        "who did not reoffend among them.",
    ),
    "Inconclusive": (
        r"\binconclusive\b",
        "The data leave room for a lower value, for a higher one, and for no change, "
        "or too few people are behind them for a test. It does not mean that the "
        "programme made no difference.",
    ),
    "Index date": (
        r"\bindex date\b",
        "The day from which a person’s reoffences are counted, such as that of release "
        "from custody or the start of a sentence in the community.",
    ),
    "Index offence": (
        r"\bindex offences?\b",
        "The offence of the sentence from which a person’s reoffences are counted.",
    ),
    "Logit": (
        r"\blogit\b",
        "A scale of the propensity score on which small and large scores are drawn "
        "apart: the logarithm of the odds.",
    ),
    "Matching": (
        r"\bmatching\b|\bmatched\b",
        "Finding, for each person in the programme, people of a similar propensity "
        "score who were not in it.",
    ),
    "Mean of results": (
        r"\bmean of (?:results|what was announced)\b|\btaken together\b",
        "One number for several published results, in which the more precise count for "
        "more. It is no better than the results that it is made of.",
    ),
    "Newcombe’s interval": (
        r"\bNewcombe",
        "An interval for the difference between two rates that holds for few people "
        "too.",
    ),
    "Number at risk": (
        r"\bnumbers? at risk\b",
        "The people of a group to whom it has not happened by a day. Each counts once.",
    ),
    "OASys": (
        r"\bOASys\b",
        "The assessment of a person’s needs and risks that prison and probation staff "
        "make.",
    ),
    "One-year proven reoffending rate": (
        r"\bone-year proven reoffending rate\b",
        "How many people in every 100 committed a proven reoffence within a year.",
    ),
    "P-value": (
        r"\bp-values?\b|\bp\s(?:=|<)",
        "How often chance alone would bring a difference at least this large, if the "
        "programme made none.",
    ),
    "PNC": (
        r"\bPNC\b",
        "The Police National Computer, on which convictions and cautions are recorded.",
    ),
    "Prediction interval": (
        r"\bprediction intervals?\b|\brange of a new programme\b",
        "The range in which the true difference of one more programme like these could "
        "lie. It is never narrower than that of their mean, because programmes differ.",
    ),
    "Propensity score": (
        r"\bpropensity scores?\b",
        "How likely a person with certain characteristics was to be in the programme, "
        "between nought and one.",
    ),
    "Proven reoffence": (
        r"\bproven reoff",
        "An offence after the day from which reoffences are counted that led to a "
        "conviction, caution, reprimand or warning.",
    ),
    "Restricted mean time": (
        r"\brestricted mean time\b",
        "The average days before something happens, up to an end that is the same for "
        "everybody. Those to whom it does not happen by then count with all the days.",
    ),
    "Standard deviation": (
        r"\bstandard deviations?\b",
        "How far the values of a group usually lie from their average.",
    ),
    "Standardised mean difference": (
        r"\bstandardised mean differences?\b|\bper cent of the standard deviation\b",
        "The difference between the averages of two groups, in per cent of the "
        "standard deviation. It tells how alike the groups are.",
    ),
    "Statistically significant": (
        r"\bstatistically significant\b",
        f"Chance alone would bring a difference at least this large in no more than "
        f"{one_in(ALPHA, 'study')}, if the programme made none. It does not say that "
        "the difference is large, nor what it comes from.",
    ),
    "Treatment group": (
        r"\btreatment groups?\b",
        "The people in the programme who are in the analysis.",
    ),
    "Weight": (
        r"\bweighted\b|\bweights?\b",
        "How much a person counts. People of the comparison group count for more when "
        "they are like more of the people in the programme.",
    ),
    "Welch’s test": (
        r"\bWelch",
        "A test of the difference between two averages, for groups whose values need "
        "not vary by as much.",
    ),
}


def line(terms: str) -> str:
    """Give the line behind which the terms of a page lie: how many they are."""
    count = terms.count("<dt>")
    what = "term that this page uses" if count == 1 else "terms that this page uses"
    return f"{in_words(count)} {what}".capitalize()


def glossary(text: str) -> str:
    """Give the terms that a page uses, by its plain text, with what they mean."""
    items = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>"
        for term, (pattern, meaning) in TERMS.items()
        if re.search(pattern, text, re.IGNORECASE)
    )
    return f'<dl class="jdl-facts">{items}</dl>' if items else ""
