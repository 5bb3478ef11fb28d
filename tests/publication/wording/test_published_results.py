"""Results that have been published come out with the verdict that was published.

Facts of params/catalogue/results.csv. Where no interval was printed, one of the
published sign and significance stands for it: a verdict is made from nothing else.
"""

import math

import pandas as pd
import pytest
from support.small_report import plain
from support.small_words import NOT_ZERO, data, measure, number

from helpers.files import ROOT
from helpers.publication.wording import WORDS, findings
from helpers.publication.wording.measure.heading import heading
from helpers.publication.wording.verdicts import tag_words, verdict

CATALOGUE = pd.read_csv(ROOT / "params/catalogue/results.csv").set_index("id")
PUBLISHED = CATALOGUE[CATALOGUE["sig_rate"].notna()]


def verdict_of(row):
    if row["sig_rate"] == "N":
        return "inconclusive"
    return {"down": "decrease", "up": "increase"}[row["dir_rate"]]


def as_measure(row):
    """A published result as the wording is given a measure."""

    def printed(name):
        return None if pd.isna(row[name]) else float(row[name])

    rates = [printed(name) for name in ("rate_treat", "rate_comp")]
    # of a sign that is published and a size that is not
    middle = {"down": -1.0, "up": 1.0}.get(row["dir_rate"], -0.5)
    if printed("diff_printed") is not None:
        middle = printed("diff_printed")
    elif None not in rates:
        middle = rates[0] - rates[1]
    significant = row["sig_rate"] == "Y"
    reach = abs(middle) * (0.8 if significant else 1.5)
    low, high = printed("ci_low"), printed("ci_high")
    if low is None or high is None:
        low, high = middle - reach, middle + reach
    elif printed("diff_printed") is None and None in rates:
        middle = (low + high) / 2
    treated, compared = ("z" if rate is None else rate for rate in rates)
    behind = (treated, compared, low, high, 0.01 if significant else 0.4)
    return measure(behind=behind, difference=number("d", middle, "fewer"))


each = pytest.mark.parametrize("name", PUBLISHED.index)


def test_all_three_verdicts_are_among_the_published_results():
    found = PUBLISHED.apply(verdict_of, axis=1).value_counts()
    assert found["decrease"] >= 15
    assert found["inconclusive"] >= 8
    assert found["increase"] == 1


@each
def test_a_published_result_has_its_published_verdict(name):
    shown = as_measure(PUBLISHED.loc[name])
    expected = verdict_of(PUBLISHED.loc[name])
    assert verdict(shown) == expected
    words = {
        "decrease": ("Statistically significant decrease", "Fewer of the people"),
        "increase": ("Statistically significant increase", "More of the people"),
        "inconclusive": ("Inconclusive", "It is not clear whether fewer"),
    }[expected]
    assert tag_words(shown) == words[0]
    assert heading(shown, "people").startswith(words[1])
    said = plain(WORDS["main_points"](data(shown)))
    assert ("statistically significant" in said) is (expected != "inconclusive")
    assert (NOT_ZERO in said) is (expected == "inconclusive")


@pytest.mark.parametrize(
    ("name", "could"),
    [
        ("pet2014_all", "lower by between 5 and 8 people"),
        ("pet2015_all", "lower by between 6 and 8 people"),
        # whole points, but 0.2 where rounding would give 0
        ("workingchance2014", "lower by between 0.2 and 13 people"),
        ("womenscentres2015", "lower by between 1 and 9 people"),
    ],
)
def test_a_published_interval_is_worded_as_it_was_published(name, could):
    said = plain(findings.could(as_measure(PUBLISHED.loc[name]), "people"))
    whom = "For every 100 people, the number who reoffended within a year"
    assert said == f"{whom} could be {could}"


def test_printed_rates_that_do_not_give_the_printed_difference_have_a_note():
    """Brighton Women's Centre: 25%, 28% and 4 points were printed."""
    said = plain(WORDS["main_points"](data(as_measure(PUBLISHED.loc["bwc2024"]))))
    assert "Before rounding, the difference is 4 fewer for every 100 people." in said


def test_a_rate_that_is_higher_but_not_significant_is_no_increase():
    """City & Guilds, men, 2026: 20% and 19% were printed as not significant.

    The method computes -0.6 to +2.6 for it (section 7).
    """
    shown = as_measure(PUBLISHED.loc["cityguilds2026_men"])
    said = plain(findings.headline_sentence(data(shown)))
    assert said.startswith(
        "For every 100 people, the data allow anything from 1 fewer to 3 more who "
    )
    assert "increase" not in said


def test_the_one_increase_is_told_as_plainly_as_any_decrease():
    """Bail Accommodation and Support Service, 2017."""
    shown = as_measure(PUBLISHED.loc["bass2017"])
    assert not math.isnan(shown.ci_low.value)
    assert "could be higher by between" in plain(findings.could(shown, "people"))
    assert "more in every 100 people reoffended" in plain(WORDS["can_say"](data(shown)))
