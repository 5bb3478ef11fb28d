"""What all tests share: the evidence table, and one small run of the real driver."""

import pytest

EVIDENCE = pytest.StashKey[dict]()


def pytest_configure(config):
    config.stash[EVIDENCE] = {}


@pytest.fixture
def evidence(request):
    """Record a comparison with something outside this repository."""

    def record(what: str, against: str, largest_difference: float) -> None:
        rows = request.config.stash[EVIDENCE]
        rows[(what, against)] = max(rows.get((what, against), 0), largest_difference)

    return record


def pytest_terminal_summary(terminalreporter, config):
    rows = sorted(config.stash[EVIDENCE].items())
    if not rows:
        return
    terminalreporter.section("evidence: what was compared with what outside the kit")
    for (what, against), difference in rows:
        terminalreporter.write_line(f"{what} | {against} | {difference:.1e}")


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--all"):
        skip = pytest.mark.skip(reason="slow; run with --all")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)
