"""What cannot be beside the rest of a row is told; what rounding explains is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.charts.catalogue import agreement, numbers
from helpers.charts.catalogue.columns import RESULTS

RATE = ("rate_treat", "rate_comp", "diff_printed", "ci_low", "ci_high")
EMPTY = dict.fromkeys(RESULTS, "")


def told(**fields):
    row = EMPTY | fields
    values, wrong = numbers.problems(row)
    assert not wrong
    return list(agreement.problems(row, values))


def rate(*values, **fields):
    return told(**dict(zip(RATE, values, strict=True)), **fields)


@pytest.mark.parametrize(
    ("values", "verdict", "expected"),
    [
        (
            ("19", "26", "-7", "-6", "-5"), "",
            "the interval -6 to -5 does not contain diff_printed -7; mend the number "
            "that is wrong",
        ),
        # 19.5 less 25.5 is -6: no rounding brings it to -4.5
        (
            ("19", "26", "", "-4", "-2"), "",
            "the interval -4 to -2 does not contain rate_treat 19 less rate_comp 26; "
            "mend the number that is wrong",
        ),
        (
            ("", "", "-24", "-23", ""), "",
            "the interval -23 to … does not contain diff_printed -24; mend the number "
            "that is wrong",
        ),
        (("", "", "", "-5", "-8"), "", "ci_low -5 is above ci_high -8; swap them"),
        (
            ("19", "26", "-4", "", ""), "",
            "diff_printed -4 is not rate_treat 19 less rate_comp 26; mend the number "
            "that is wrong",
        ),
        (
            ("19", "26", "-0.07", "", ""), "",
            "diff_printed -0.07 is not rate_treat 19 less rate_comp 26; write -7, and "
            "its interval alike: they are for every 100",
        ),
        (
            ("", "", "", "-0.08", "-0.05"), "",
            "the interval -0.08 to -0.05 is for every 100 people; write -8 and -5 if "
            "that is meant",
        ),
        (
            ("", "", "", "-8", "-5"), "N",
            "sig_rate is N but the interval -8 to -5 leaves out 0; mend one of them",
        ),
        (
            ("", "", "", "-8", "5"), "Ydown",
            "sig_rate is Y but the interval -8 to 5 holds 0; mend one of them",
        ),
        (
            ("19", "26", "-7", "-8", "-5"), "Yup",
            "dir_rate is up but the interval -8 to -5 is not; mend one of them",
        ),
        (
            ("26", "19", "7", "", ""), "Ydown",
            "dir_rate is down but diff_printed 7 is above 0; mend one of them",
        ),
        (
            ("19", "26", "", "", ""), "Yup",
            "dir_rate is up but rate_treat 19 less rate_comp 26 is below 0; mend one "
            "of them",
        ),
    ],
)  # fmt: skip
def test_each_disagreement_is_one_line(values, verdict, expected):
    found = rate(*values, sig_rate=verdict[:1], dir_rate=verdict[1:])
    assert found == [expected]


def test_p_is_held_against_the_verdict():
    assert told(p_value="0.2", sig_rate="Y", dir_rate="up") == [
        "sig_rate is Y but p_value is 0.2; mend one of them"
    ]
    assert told(p_value="0.01", sig_rate="N") == [
        "sig_rate is N but p_value is 0.01; mend one of them"
    ]
    # printed 0.05 may have been 0.046 or 0.054
    assert not told(p_value="0.05", sig_rate="N")
    assert not told(p_value="0.05", sig_rate="Y", dir_rate="up")


def test_frequency_and_time_are_held_as_the_rate_is():
    assert told(freq_treat_per100="44", freq_comp_per100="61", freq_diff_per100="17")
    assert told(days_diff="12", sig_time="Y", dir_time="sooner")
    assert not told(days_diff="12", sig_time="Y", dir_time="later")
    assert told(freq_ci_low="-20", freq_ci_high="-2", sig_freq="N")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"cohort_from": "2015", "cohort_to": "2009"},
            "cohort_from 2015 is after cohort_to 2009; swap them",
        ),
        (
            {"cohort_from": "2014", "cohort_to": "2019", "published": "2018-04"},
            "cohort_to 2019 is after the month of publication, 2018-04; mend one of "
            "them",
        ),
        (
            {"cohort_from": "2019", "published": "2018-04 or before"},
            "cohort_from 2019 is after the month of publication, 2018-04 or before; "
            "mend one of them",
        ),
    ],
)
def test_years_of_a_cohort_are_held_against_each_other_and_publication(
    fields, expected
):
    assert told(**fields) == [expected]


def test_years_that_can_be_are_not_told():
    assert not told(cohort_from="2009", cohort_to="2009", published="2009-12")
    assert not told(cohort_from="2030", published="")


@settings(max_examples=examples(200), deadline=None)
@given(
    treatment=st.floats(1, 99),
    comparison=st.floats(1, 99),
    below=st.floats(0, 30),
    above=st.floats(0, 30),
    decimals=st.sampled_from([0, 1, 2]),
    with_difference=st.booleans(),
)
def test_what_was_only_rounded_is_never_told(
    treatment, comparison, below, above, decimals, with_difference
):
    # the Ministry prints whole points, but a decimal where nought would be printed
    def printed(value):
        whole = f"{value:.{decimals}f}"
        return f"{value:.1f}" if float(whole) == 0 else whole

    difference = treatment - comparison
    low, high = max(difference - below, -100), min(difference + above, 100)
    if high - low < agreement.NARROWEST:
        return
    significant = low > 0 or high < 0
    found = rate(
        f"{treatment:.{decimals}f}",
        f"{comparison:.{decimals}f}",
        printed(difference) if with_difference else "",
        printed(low),
        printed(high),
        sig_rate="Y" if significant else "N",
        dir_rate="down" if difference < 0 else "up",
    )
    assert not found
