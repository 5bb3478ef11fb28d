"""A study of other days than a year, and of a measure of which all have the same value.

The request's own days stand in titles and sentences, which the page is read back for.
"""

import numpy as np
import pytest
from support import employment, in_process, ready_cohort

MEASURES = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)
OWN = {"name": "waited", "kind": "amount", "unit": "weeks", "label": "weeks waited"}


def cohort(days=180):
    """Made-up people with outcomes within other days; two in five reoffended."""
    people = employment.people()[["person_id", "treatment", "age"]]
    chance, n = np.random.default_rng(4), len(people)
    had = chance.random(n) < 0.4
    when = np.where(had, chance.integers(1, days + 1, n), np.nan)
    return people.assign(
        **{
            "area": chance.choice(["North", "South"], n),
            f"reoffended_{days}_days": had.astype(int),
            f"reoffences_{days}_days": had * chance.integers(1, 4, n),
            f"days_to_first_reoffence_{days}_days": when,
            "waited": 7.0,
        }
    )


@pytest.mark.slow
def test_a_study_of_180_days_is_published(tmp_path):
    path = tmp_path / "cohort.csv"
    cohort().to_csv(path, index=False)
    outcomes = [{"name": name, "horizon_days": 180} for name in MEASURES]
    raw = ready_cohort.raw(path, outcomes=[*outcomes, OWN])
    out = in_process.run(raw, tmp_path / "outputs", whole=True)
    page = (out / "report.html").read_text()
    assert "How often, within 180 days." in page
    assert "hardly anyone in the comparison group counts, or everyone has the" in page
