"""Which values of the gate are told beside the sizes of an analysis."""

from types import SimpleNamespace

import pytest

from helpers.outcomes.report.robustness.before import gate_cells

# Of those available in whole per cent, whoever has ten of the pool near: by the share
# as printed there are so many matched who have fewer, from the least to the most.
CASES = {
    # 84% of 119 are 99.4 to 100.6, so that 100 have them: 4 of 104 have not
    "a few": (100, 119, 104, True),
    # 99% of 119 are 117.2 to 118.4, so that 118 have them: 1 of 119, or none
    "one": (118, 119, 119, True),
    "nobody": (119, 119, 119, True),
    # 59.5 to 60.7: 60 of 119, and 44 of 104 have not
    "many": (60, 119, 104, False),
    # 78% of 3000 are 2325 to 2355 people: of 2360 matched 5 to 35 have not
    "five at least": (2340, 3000, 2360, True),
    # of 2350 matched none to 25 have not: it may be any number up to the threshold
    "any number": (2340, 3000, 2350, False),
}


@pytest.mark.parametrize("case", CASES)
def test_the_share_near_is_told_by_what_its_bounds_tell_of_those_matched(case):
    near, available, matched, tells = CASES[case]
    settings = SimpleNamespace(profile="default", threshold=10)
    run = SimpleNamespace(request=SimpleNamespace(disclosure=settings))
    match = SimpleNamespace(available=available, n_treatment=matched)
    assert gate_cells._tells_of_few(run, near, match) is tells


def test_nothing_is_kept_back_of_open_data():
    settings = SimpleNamespace(profile="none", threshold=10)
    run = SimpleNamespace(request=SimpleNamespace(disclosure=settings))
    assert not gate_cells._tells_of_few(run, 100, SimpleNamespace())
