"""Requests that a page must stand: the hardest for a reader, for a layout, for words.

Every one is of made-up people, small, and carried out in the process of the test.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from support import in_process, made_up_cohort, ready_cohort

#: of 200 letters, the most that a title may need
LONG_TITLE = (
    "Mentoring, employment, housing and family support of people who leave prison in "
    "the North of England, the Midlands and Wales, by volunteers of four associations, "
    "in custody and in the community, 2022-23"
)
#: "We help people after prison.", in Arabic
RIGHT_TO_LEFT = "نحن نساعد الناس بعد السجن."
LABEL = "المرشدون"

NUMERIC = ["age", "previous_offences", "copas_rate"]
CATEGORICAL = ["sex", "ethnicity", "needs_drugs", "needs_alcohol"]
MEASURES = ["reoffending_rate", "reoffending_frequency", "time_to_first_reoffence"]

#: name of an analysis -> whom it has
TWELVE: dict[str, dict[str, Any]] = {
    "All people mentored": {},
    "Men": {"sex": ["Male"]},
    "Women": {"sex": ["Female"]},
    "People aged 18 to 29": {"age": {"from": 18, "to": 29}},
    "People aged 30 to 39": {"age": {"from": 30, "to": 39}},
    "People aged 40 or over": {"age": {"from": 40, "to": 99}},
    "People with a drug need": {"needs_drugs": ["Yes"]},
    "People without a drug need": {"needs_drugs": ["No"]},
    "People with an alcohol need": {"needs_alcohol": ["Yes"]},
    "People with an accommodation need": {"needs_accommodation": ["Yes"]},
    "People with an employment need": {"needs_employment": ["Yes"]},
    "People of London": {"region": ["London"]},
}


def _request(
    folder: Path,
    people: pd.DataFrame,
    names: dict[str, dict[str, Any]],
    **changes: Any,
) -> Path:
    """Write a request on these people, an analysis for each name; gives its file."""
    path = folder / "cohort.csv"
    people.to_csv(path, index=False)
    analyses = [
        {
            "name": name,
            "headline": place == 0,
            "covariates": {
                "numeric": NUMERIC,
                "categorical": [c for c in CATEGORICAL if c not in whom],
            },
            **({"filter": whom} if whom else {}),
        }
        for place, (name, whom) in enumerate(names.items())
    ]
    request = ready_cohort.raw(
        path,
        id=folder.name,
        title=changes.pop("title", "Mentoring of made-up people"),
        analyses=analyses,
        outcomes=MEASURES,
        disclosure={"profile": "default", "threshold": 10},
        robustness={"placebo_groups": 20},
        **changes,
    )
    return in_process.write(request, folder)


ALL = {"All people mentored": {}}


def _made(submitted: int, effect: float = 0.0, people: int = 6000) -> pd.DataFrame:
    return made_up_cohort.make(people, submitted, effect, seed=3)


def twelve(folder: Path) -> Path:
    """Twelve analyses, the first of them the headline."""
    return _request(folder, _made(900, -0.1, 12000), TWELVE)


def suppressed(folder: Path) -> Path:
    """So few reoffended that every outcome is withheld."""
    people = _made(90)
    treated = people["treatment"] == 1
    few = people[treated & (people["reoffended"] == 1)].index[3:]
    people.loc[few, ["reoffended", "reoffences"]] = 0.0
    people.loc[few, "days_to_first_reoffence"] = np.nan
    return _request(folder, people, ALL)


def increase(folder: Path) -> Path:
    """More of the people in the programme reoffended."""
    return _request(folder, _made(400, 0.2), ALL)


def women(folder: Path) -> Path:
    """Women alone, of a provider whose words are written from right to left."""
    return _request(
        folder,
        _made(900, people=9000),
        {"Women": {"sex": ["Female"]}},
        organisation={
            "name": LABEL,
            "sector_type": "Voluntary",
            "own_words": RIGHT_TO_LEFT,
            "response": RIGHT_TO_LEFT,
        },
        programme={"name": LABEL, "intervention_type": "Mentoring"},
    )


def frequency(folder: Path) -> Path:
    """A significant decrease in how often, and no clear change in how many."""
    people = _made(400)
    again = (people["treatment"] == 1) & (people["reoffences"] > 1)
    people.loc[again, "reoffences"] = 1.0
    return _request(folder, people, ALL)


def poor(folder: Path) -> Path:
    """One analysis for which no people are alike, among two that are matched well."""
    people = _made(600)
    london, treated = people["region"] == "London", people["treatment"] == 1
    # in London hardly anybody else is left, with shorter records than the programme's
    near = people[london & ~treated].nsmallest(220, "copas_rate").index
    people = people[~london | treated | people.index.isin(near)]
    names = {name: TWELVE[name] for name in ("Men", "People of London")}
    others = {"region": ["North East", "North West", "South West", "West Midlands"]}
    return _request(folder, people, {"People elsewhere": others, **names})


def corrected(folder: Path) -> Path:
    """A corrected edition, with a title as long as titles may be."""
    return _request(
        folder,
        _made(300),
        ALL,
        title=LONG_TITLE,
        publication={
            "date": "2026-06-25",
            "contact": "lab@example.org",
            "edition": 2,
            "corrects": "Two areas had been left out of the records.",
        },
    )


def not_analysed(folder: Path) -> Path:
    """Too few people to be analysed at all."""
    return _request(folder, _made(40), ALL)


SCENES: dict[str, Callable[[Path], Path]] = {
    scene.__name__: scene
    for scene in (
        twelve, suppressed, increase, women, frequency, poor, corrected, not_analysed
    )
}  # fmt: skip


def run(name: str, folder: Path) -> Path:
    """Carry a scene out in this process; gives the folder of its finished run."""
    place = folder / name.replace("_", "-")
    place.mkdir()
    return in_process.run(SCENES[name](place), place / "outputs")
