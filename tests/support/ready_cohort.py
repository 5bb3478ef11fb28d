"""Requests on a small ready cohort, as short as they can be."""

from pathlib import Path
from typing import Any

from support.made_up_cohort import make

from helpers.request import load


def raw(path, **changes: Any) -> dict[str, Any]:
    """A request on the cohort in a file, not read; `changes` are whole keys of it."""
    return {
        "id": "small",
        "title": "A small cohort",
        "analyst": "A. Name",
        "organisation": {"name": "A provider", "sector_type": "Voluntary"},
        "programme": {"name": "A programme", "intervention_type": "Mentoring"},
        "data_sharing": {"open_data": {"source": "Made for a test", "licence": "MIT"}},
        "inputs": {"cohort": str(path)},
        "analyses": [
            {
                "name": "Everyone",
                "covariates": {"numeric": ["age"], "categorical": ["area"]},
            }
        ],
        "publication": {"date": "2026-06-25", "contact": "lab@example.org"},
        **changes,
    }


def written(folder: Path, **changes: Any) -> dict[str, Any]:
    """Write a cohort of 400 people, matched on age and sex; give the request on it."""
    make(300, 100).to_csv(folder / "cohort.csv", index=False)
    covariates = {"numeric": ["age"], "categorical": ["sex"]}
    enough = {
        "eligibility": {"minimum_people": 20},
        "analyses": [{"name": "Everyone", "covariates": covariates}],
    }
    return raw(folder / "cohort.csv", **enough | changes)


def a_request(path, **changes):
    """A request on the cohort in a file; `changes` are whole keys of it."""
    return load(raw(path, **changes))
