"""Reviewers read when the matching was settled, or what was changed afterwards."""

import html

import pytest
from support.small_report import plain

from helpers.publication.wording import WORDS

AT = "2026-06-01T09:05:00+00:00"
LATER = "2026-06-03T10:00:00+00:00"
#: the first opening, by this request, on another matching
FIRST = {
    "by": "",
    "at": AT,
    "whose": "everyone",
    "matching": True,
    "known": True,
    "settings": ["matching.caliper", 'analyses "Men": covariates'],
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
            "These people’s outcomes were first opened on 1 June 2026 at 09:05 UTC. "
            'Changed afterwards: matching.caliper, analyses "Men": covariates.',
        ),
        (
            {"by": "other"},
            "were first opened on 1 June 2026 at 09:05 UTC by the request other. "
            "Changed afterwards: matching.caliper",
        ),
        (
            {"whose": "pool"},
            "The outcomes of the pool, though not of the people in the programme, were "
            "first opened",
        ),
        (
            {"matching": False, "settings": ["robustness.smallest_effect"]},
            "The matching has not changed since. Changed afterwards: "
            "robustness.smallest_effect.",
        ),
        (
            {"settings": []},
            "No setting was changed afterwards; this is other files or another kit.",
        ),
        (
            {"settings": [], "by": "other"},
            "No setting was changed afterwards; this is another request.",
        ),
        ({"known": False, "settings": []}, "the ledger does not tell which settings"),
    ],
)
def test_what_was_changed_is_listed(changes, expected):
    text = said(FIRST | changes)
    assert expected in text
    assert SETTLED not in text


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
