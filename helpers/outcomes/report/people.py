"""Whose outcome is known, and who has its event, for the disclosure."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.publication.people import Who
from helpers.publication.refs import slug


def who(each: Iterable[tuple[str, Any, pd.DataFrame]]) -> list[Who]:
    """Give the people of every outcome: `each` is analysis, outcome, matched people."""
    found = []
    for analysis, outcome, people in each:
        values, ids = people[outcome.name], pd.Index(people["person_id"])
        known, event = values.notna().to_numpy(), (values > 0).to_numpy()
        found += [
            Who(slug(analysis), "known", outcome.name, ids[known]),
            Who(slug(analysis), "event", outcome.name, ids[event]),
        ]
    return found
