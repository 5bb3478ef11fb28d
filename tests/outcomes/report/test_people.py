"""Whose outcome is known, and who has its event, of three people by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from helpers.outcomes.report import people


def test_who_is_known_and_who_has_the_event():
    matched = pd.DataFrame(
        {
            "person_id": [4, 7, 9],
            "reoffended": [1.0, 0, np.nan],
            "offences": [0, 3, 1],
        },
        index=[0, 1, 2],
    )
    rate, frequency = (
        SimpleNamespace(name=name, kind=kind)
        for name, kind in (("reoffended", "rate"), ("offences", "frequency"))
    )
    found = people.who([("Men only", rate, matched), ("Men only", frequency, matched)])
    assert [(w.analysis, w.kind, w.name, list(w.people)) for w in found] == [
        ("men-only", "known", "reoffended", [4, 7]),
        ("men-only", "event", "reoffended", [4]),
        ("men-only", "known", "offences", [4, 7, 9]),
        ("men-only", "event", "offences", [7, 9]),
    ]


def test_of_an_amount_everybody_known_is_behind_its_value():
    """Debts and earnings: how many have one above 0 is told by no mean."""
    matched = pd.DataFrame({"person_id": [4, 7, 9, 11], "pay": [0, -3, 120, np.nan]})
    amount = SimpleNamespace(name="pay", kind="amount")
    known, event = people.who([("Men only", amount, matched)])
    assert list(known.people) == list(event.people) == [4, 7, 9]
