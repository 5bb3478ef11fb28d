"""Charts of a few made-up results, which no request's catalogue holds."""

import pytest

from helpers.charts.report import sections


@pytest.fixture(autouse=True)
def any_results(monkeypatch):
    """Let results be registered that are not those of the request's catalogue."""
    monkeypatch.setattr(sections, "check_whole", lambda run, catalogue: None)
