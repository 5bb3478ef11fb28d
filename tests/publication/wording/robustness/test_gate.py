"""Reviewers read when the matching was settled, or what was changed afterwards."""

import html
import re

import pytest
from support.small_report import plain

from helpers.publication.wording import WORDS
from helpers.publication.wording.robustness.gate import UNREAD

AT = "2026-06-01T09:05:00+00:00"
LATER = "2026-06-03T10:00:00+00:00"
#: the first opening, by this request, on another matching
FIRST = {
    "by": "",
    "at": AT,
    "whose": "everyone",
    "matching": True,
    "settings": ["matching.caliper", 'analyses "Men": covariates'],
    "others": "",
    "tried": [],
    "unread": False,
}
SETTLED = "The matching was settled before any outcome was seen."


def said(changed=None, held=False, since=((AT, ["balance", "overlap"]),)):
    since = [list(one) for one in since]
    data = {"held": held, "changed": changed or {}, "since": since}
    return html.unescape(plain(WORDS["gate"](data)))


def test_nothing_was_changed():
    text = said()
    assert text.startswith(SETTLED)
    assert "Every row has stood in the ledger since 1 June 2026 at 09:05 UTC." in text
    assert "nothing of other folders or copies" in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            "These people’s outcomes were first opened on 1 June 2026 at 09:05 UTC, "
            "on another matching. "
            'Changed afterwards: matching.caliper, analyses "Men": covariates.',
        ),
        (
            {"by": "other"},
            "were first opened on 1 June 2026 at 09:05 UTC by the request other, "
            "on another matching. Changed afterwards: matching.caliper",
        ),
        (
            {"whose": "pool"},
            "The outcomes of the pool, though not of the people in the programme, were "
            "first opened",
        ),
        (
            {"matching": False, "settings": ["robustness.smallest_effect"]},
            "on this same matching. Changed afterwards: robustness.smallest_effect. "
            "The matching has not changed since.",
        ),
        (
            {"settings": []},
            "No setting was changed afterwards; this is other files or another kit.",
        ),
        (
            {"settings": [], "by": "other"},
            "No setting was changed afterwards; this is another request.",
        ),
        (
            {"others": "two", "tried": ["matching.distance"]},
            "Since then outcomes were also opened on two other matchings; what differs "
            "there: matching.distance.",
        ),
    ],
)
def test_what_was_changed_is_listed(changes, expected):
    text = said(FIRST | changes)
    assert expected in text
    # a criterion that was changed is not the matching
    assert (SETTLED in text) is not (FIRST | changes)["matching"]


SAME = FIRST | {"matching": False, "settings": []}


def test_what_was_tried_since_is_told_of_a_matching_that_was_the_first():
    text = said(SAME | {"others": "one", "tried": ["matching.caliper"]})
    assert text.startswith(SETTLED)
    assert "on one other matching; what differs there: matching.caliper." in text
    assert "has not changed since" not in text


def test_another_request_with_the_same_matching_is_named():
    text = said(SAME | {"by": "other"})
    assert text.startswith(SETTLED)
    assert "by the request other, on this same matching. No setting" in text
    assert "The matching has not changed since." in text


@pytest.mark.parametrize("known", [SAME | {"at": ""}, SAME])
def test_a_key_that_is_gone_is_told(known):
    text = said(known | {"unread": True})
    assert SETTLED not in text
    assert "under a key that this folder no longer has" in text
    # a digit of no cell, such as that of a command's name, would stop the run
    assert not re.search(r"\d", UNREAD)


def test_a_ready_cohort_was_held_all_along():
    for changed in ({}, FIRST):
        text = said(changed, held=True)
        assert text.startswith("The analyst held the outcomes all along")
        assert SETTLED not in text


def test_rows_that_are_newer_are_named():
    text = said(since=((AT, ["balance"]), (LATER, ["false alarms", "precision"])))
    assert (
        "balance since 1 June 2026 at 09:05 UTC; false alarms, precision since 3"
        in (text)
    )
