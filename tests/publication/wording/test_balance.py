"""How alike the groups are, and where everyone went, in words."""

import pytest
from support.small_report import plain
from support.small_words import flow, number, quality

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("well", "well matched: after matching, no characteristic differs by more "
         "than 5% of its standard deviation."),
        ("reasonably", "reasonably well matched: after matching, no characteristic "
         "differs by more than 10% of its standard deviation."),
        ("poorly", "poorly matched"),
    ],
)  # fmt: skip
def test_how_alike_the_groups_are(value, expected):
    said = plain(WORDS["match_quality"](quality(match_quality=Number("q", value))))
    assert said.startswith(f"The two groups are {expected}")
    assert ("no result is shown" in said) == (value == "poorly")


def test_the_caliper_and_the_people_left_out_in_words():
    said = plain(WORDS["match_sizes"](quality()))
    assert (
        "The caliper was 0.05 standard deviations (pooled over both groups), which is "
        "0.038 on the logit of the propensity score. The request named none, so the "
        "usual one was tried first; it did not leave the groups poorly matched, so no "
        "wider one was tried." in said
    )
    assert said.startswith("Table 5 gives the sizes. Because people of the comparison")
    said = plain(WORDS["match_quality"](quality()))
    assert said.endswith(
        "Only 87% of the people who could have been analysed were matched. The result "
        "holds for these alone. Those who were not differed from them most in: age, "
        "sex."
    )


def test_a_wider_caliper_is_owned_up_to():
    narrower = [number("k0", 0.05, "setting"), number("k1", 0.1, "setting")]
    for tried, expected in (
        (narrower[:1], "0.05 standard deviations was tried"),
        (narrower, "0.05 and 0.1 standard deviations were tried"),
    ):
        said = plain(WORDS["match_sizes"](quality(widened=True, tried=tried)))
        assert (
            f"The request named none. {expected} first and left the groups poorly "
            "matched; this was the first that did not." in said
        )
    assert "Only balance was looked at, never an outcome." in said
    said = plain(WORDS["match_sizes"](quality(choice="named", unit="")))
    assert "The caliper was 0.038 on the logit of the propensity score. The request " \
        "named it." in said  # fmt: skip


def test_a_bandwidth_is_told_as_one():
    kernel = {
        "reach": "bandwidth",
        "unit": "",
        "width": number("w", 0.06, "decimals_3"),
    }
    for choice, whose in (("usual", "It is the usual one."), ("named", "The request")):
        said = plain(WORDS["match_sizes"](quality(choice=choice, **kernel)))
        told = "The bandwidth was 0.060 on the logit of the propensity score."
        assert f"{told} {whose}" in said
        assert "caliper" not in said and "tried" not in said


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("poorly", ". 0.05, 0.1 and 0.2 standard deviations were tried in turn and "
         "each left the groups poorly matched, so the first stands."),
        (None, ": 0.05, 0.1 and 0.2 standard deviations are tried in turn until the "
         "groups are not poorly matched."),
    ],
)  # fmt: skip
def test_what_was_tried_is_said_where_all_was_in_vain_or_is_hidden(verdict, expected):
    found = Number("q", verdict, "text", "shown" if verdict else "c")
    said = plain(WORDS["match_sizes"](quality(match_quality=found)))
    assert f"The request named none{expected} Only balance was looked at" in said
    assert "usual one" not in said


def test_a_caliper_beyond_the_limit_says_what_it_risks():
    wide = quality(choice="named", unit="", widest=number("l", 0.0313, "decimals_3"))
    assert (
        "It is wider than the limit, 0.031, above which the people compared may differ "
        "enough to bias the result; the request accepted that."
        in plain(WORDS["match_sizes"](wide))
    )


def test_who_was_kept_and_who_was_set_aside_are_said():
    ages = [
        "Age: ",
        number("f", 18, "setting"),
        " to ",
        number("t", 25, "setting"),
        ".",
    ]
    said = WORDS["flow"](flow(kept=[ages]))
    assert plain(said).endswith("Age: 18 to 25.")
    assert '<data value="18.0" data-ref="f">18</data>' in said
    aside = {
        "noun": "people",
        "set_aside": [number("a", 12, "count"), number("p", "c")],
        "set_aside_for": ["Wing"],
    }
    assert plain(WORDS["set_aside"](aside)) == (
        "Some people were set aside, since nobody in the other group was like them on "
        "a characteristic compared (Wing): 12 in the programme and [c] in the pool."
    )


def test_the_flow_says_who_is_in_the_analysis():
    assert plain(WORDS["flow"](flow())) == (
        "Mentors submitted 480 lines. 372 people are in the analysis. The result may "
        "not hold for those who were left out."
    )


def test_open_data_are_not_said_to_have_been_submitted():
    same = {n: Number(n, 672.0) for n in ("submitted", "n_treatment")}
    said = plain(WORDS["flow"](flow(open_data=True, some_left_out=False, **same)))
    assert said == (
        "The data hold 672 people in the programme. 672 people are in the analysis."
    )


def test_people_of_equal_weight_are_not_said_to_stand_for_others():
    # their effective size may be printed otherwise: 1,234 and 1,230
    even = {"n_comparison": number("n", 1234, "count"), "weighted": False}
    assert "weight" not in plain(WORDS["match_quality"](quality(**even)))


def test_one_person_who_is_compared_is_a_person():
    one = {"n_comparison": number("n", 1, "count"), "weighted": False}
    said = plain(WORDS["match_quality"](quality(**one)))
    assert "were matched to 1 person, who is the comparison group." in said


def test_a_poor_match_has_no_result_that_could_hold():
    poorly = quality(match_quality=Number("q", "poorly", "text"))
    assert "result holds" not in plain(WORDS["match_quality"](poorly))


def test_hidden_sizes_are_said_in_words():
    hidden = ("submitted", "n_treatment")
    said = plain(WORDS["flow"](flow(**{n: number(n, "c") for n in hidden})))
    assert said == (
        "How many were submitted is hidden to protect people. How many people are in "
        "the analysis is hidden to protect people. The result may not hold for those "
        "who were left out."
    )
    held = {"submitted": number("s", "c"), "open_data": True, "listed": False}
    said = plain(WORDS["flow"](flow(**held)))
    assert said.startswith("How many people the data hold is hidden to protect people.")
    said = plain(WORDS["match_quality"](quality(share_matched=number("s", "c"))))
    # which share is below the limit would tell how many were left, which is hidden
    assert "could have been analysed were matched" not in said
