"""Requests drawn over pairs of settings: any two values of two settings meet in one.

Each is a whole request on few made-up people, as a user could write it.
"""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from support.made_up_cohort import make

LONG = (
    "The Association of Volunteers for Mentoring, Employment, Housing and Family "
    "Support of People Leaving Prison in the North and the Midlands, founded in 1987"
)
OWN_WORDS = (
    "We met 347 people, 12 times each for 45 minutes.\n\n98.6% said that it helped: "
    "<em>“better than 2 years inside”</em> & more. نحن نساعد الناس بعد السجن."
)

COVARIATES = {
    "cohort": {
        "numeric": ["age", "copas_rate"],
        "categorical": ["sex", "class2"],
    },
    "made_up": {
        "numeric": ["age", "copas_rate"],
        "categorical": ["sex", "disposal"],
    },
}

#: setting -> its values; the first is the default
SETTINGS: dict[str, dict[str, Any]] = {
    "inputs": {"csv": None, "parquet": None, "made up": None},
    "method": {
        "radius": {},
        "nearest": {"method": "nearest"},
        "nearest 2": {"method": "nearest", "ratio": 2},
        "without, smallest, 3": {
            "method": "nearest",
            "replacement": False,
            "order": "smallest",
            "ratio": 3,
        },
        "without, closest": {
            "method": "nearest",
            "replacement": False,
            "order": "closest",
        },
        "kernel": {"method": "kernel", "bandwidth": "of the distance"},
    },
    "distance": {"left out": {}, "propensity": {}, "odds": {}},
    "caliper": {
        "left out": {},
        "number": {"caliper": "of the distance"},
        "of both": {"caliper": {"sd": 0.05}},
        "wide": {"caliper": {"sd": 0.6, "of": "all"}, "accept_wide": True},
    },
    "common_support": {"none": {}, "range": {"common_support": "range"}},
    "exact": {"none": [], "sex": ["sex"]},
    "filter": {
        "none": {},
        "values": {
            "filter": {
                "disposal": "custody",
                "region": ["London", "North West", "South West", "West Midlands"],
            }
        },
        "range": {"filter": {"age": {"from": 18, "to": 45}}},
        "of either group": {
            "treatment_filter": {"region": ["London", "North West"]},
            "pool": {"previous_offences": {"to": 30}},
        },
    },
    "own matching": {
        "none": None,
        "kernel": {"method": "kernel", "accept_wide": True},
        "nearest": {"method": "nearest", "ratio": 2, "common_support": "range"},
    },
    "analyses": {"one": 1, "two headlines": 2, "one of three": 3},
    "names": {
        "plain": ["All people", "Women", "Other people"],
        "digits": ["12", "Aged 18 to 25, group 2", "2019"],
        "odd": ["50% <b>more</b> & “better”", "Ça va? 🙂", "🙃"],
        "long": [LONG, f"{LONG} (2)", f"{LONG} (3)"],
    },
    "outcomes": {
        "default": None,
        "own words": [
            {
                "name": "reoffending_rate",
                "label": "returned to prison",
                "definition": "within 12 months of release",
            },
            "time_to_first_reoffence",
        ],
        "all": "all",
        "own": "own",
    },
    "disclosure": {
        "default": {},
        "ministry": {"profile": "ministry", "threshold": 5},
        "thirty": {"threshold": 30},
        "none": {"profile": "none", "reason": "Nobody in these data exists, 0 people."},
    },
    "noun": {"people": {}, "men": {"noun": "men"}, "women": {"noun": "women"}},
    "words": {
        "few": {},
        "many": {
            "description": "Two meetings of 45 minutes a week, for 37 weeks.",
            "dose": "12 sessions",
            "selection": "By lot, 1 in 3",
            "caveats": ["In 2019, 14 people changed prison."],
            "label": "support from Project 180",
            "period": "March 2019 to May 2021",
        },
    },
    "minimum_people": {"default": {}, "few": {"minimum_people": 30}},
    "robustness": {"default": {}, "made up": {"placebo_groups": 12}},
    "findings": {
        "of the report's day": {},
        "few": {"as_of": "2014-06-30"},
        "of no month": {"as_of": "2013-01-01"},
    },
}

#: a caliper as a number, or a bandwidth, in units of the distance
CALIPERS = {"left out": 0.02, "propensity": 0.001, "odds": 0.001}

#: outcomes of records, all of them
RECORDED = (
    "reoffending_rate reoffending_frequency time_to_first_reoffence "
    "first_reoffence_indictable first_reoffence_either_way first_reoffence_summary "
    "reoffences_indictable reoffences_either_way reoffences_summary "
    "custody_for_first_reoffence custodial_reoffences violent_reoffending_rate"
).split()

#: outcomes that a cohort brings beside the three
OWN = [
    {"name": "in_work_6", "kind": "rate", "label": "were in work", "definition":
     "6 months later"},
    {"name": "in_work_12", "kind": "rate", "label": "were in work", "definition":
     "12 months later"},
    {"name": "visits", "kind": "frequency", "label": "visits by 2 mentors"},
    {"name": "days to a job, 1/2", "kind": "days", "label": "time to a first job"},
    {"name": "earned", "kind": "amount", "unit": "£", "label": "earnings less debts"},
    "reoffending_rate",
]  # fmt: skip


def drawn(seed: int = 39) -> list[dict[str, str]]:
    """Give choices of a value for each setting, any two values of two in one of them.

    Greedy: of two hundred random choices, each holding a pair that is still missing,
    the one with the most such pairs.
    """
    rng = np.random.default_rng(seed)
    names = list(SETTINGS)
    missing = {
        ((a, x), (b, y))
        for a, b in itertools.combinations(names, 2)
        for x in SETTINGS[a]
        for y in SETTINGS[b]
    }
    made = []
    while missing:
        start = dict(sorted(missing)[int(rng.integers(len(missing)))])
        tried = [
            {name: start.get(name) or str(rng.choice(list(SETTINGS[name])))
             for name in names}
            for _ in range(200)
        ]  # fmt: skip
        best = max(tried, key=lambda choice: len(missing & _pairs(choice)))
        missing -= _pairs(best)
        made.append(best)
    return made


def _pairs(choice: dict[str, str]) -> set:
    return set(itertools.combinations(choice.items(), 2))


def request(choice: dict[str, str], id: str, folder: Path) -> dict[str, Any]:
    """Give the request of a choice; its cohort is written into the folder."""
    value = {name: SETTINGS[name][chosen] for name, chosen in choice.items()}
    made_up = choice["inputs"] == "made up"
    about = {"name": "Project 180", "intervention_type": "Mentoring"}
    long = choice["names"] == "long"
    return {
        "id": id,
        "title": f"{LONG}: 2 years" if long else "Mentoring, 2nd study of 3",
        "analyst": "A. Name",
        "organisation": {
            "name": LONG if long else "1625 & Sons",
            "sector_type": "Voluntary",
        } | ({"own_words": OWN_WORDS, "response": OWN_WORDS} if value["words"] else {}),
        "programme": about | value["noun"] | value["words"],
        "data_sharing": {
            "open_data": {"source": "Made-up people, file 7", "licence": "MIT"}
        },
        "inputs": _inputs(choice["inputs"], choice["noun"], folder),
        "eligibility": value["minimum_people"],
        "robustness": value["robustness"],
        "analyses": _analyses(value, COVARIATES["made_up" if made_up else "cohort"]),
        "matching": _matching(choice, value),
        "disclosure": value["disclosure"],
        "findings": value["findings"],
        "publication": {
            "date": "2026-06-25",
            "contact": "020 7946 0000",
            "status": "Experimental, stage 2 of 3",
        },
    } | _outcomes(value["outcomes"], made_up)  # fmt: skip


def _matching(choice: dict[str, str], value: dict[str, Any]) -> dict[str, Any]:
    width = CALIPERS[choice["distance"]]
    matching = value["method"] | value["common_support"]
    if choice["distance"] != "left out":
        matching = matching | {"distance": choice["distance"]}
    if choice["method"] != "kernel":
        number = {"caliper": width} if choice["caliper"] == "number" else None
        return matching | (number or value["caliper"])
    if choice["caliper"] == "wide":
        return matching | {"bandwidth": 0.5, "accept_wide": True}
    return matching | {"bandwidth": width}


def _analyses(value: dict[str, Any], covariates: dict) -> list[dict[str, Any]]:
    count, names = value["analyses"], value["names"]
    first = {"covariates": covariates, "exact": value["exact"], **value["filter"]}
    own = {} if value["own matching"] is None else {"matching": value["own matching"]}
    made = [{"name": names[0], "headline": True, **first, **own}]
    simple = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}
    for name in names[1:count]:
        made.append({"name": name, "covariates": simple, "headline": count == 2})
    return made


def _outcomes(chosen: Any, made_up: bool) -> dict[str, Any]:
    if chosen is None:
        return {}
    if isinstance(chosen, str):
        chosen = RECORDED if made_up or chosen == "all" else OWN
    return {"outcomes": chosen}


def _inputs(kind: str, noun: str, folder: Path) -> dict[str, Any]:
    if kind == "made up":
        return {"made_up": {"people": 8000, "submitted": 220, "effect": -0.1}}
    path = folder / f"{noun}.{kind}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write: dict[str, Callable] = {
            "csv": lambda data: data.to_csv(path, index=False),
            "parquet": lambda data: data.to_parquet(path, index=False),
        }
        write[kind](cohort(noun))
    labels = {
        "copas_rate": "Copas rate, version 2",
        "class2": {"label": "Class (of 3)", "levels": {"1": "1 or fewer", "2": "2+"}},
    }
    return {"cohort": str(path), "labels": labels if kind == "csv" else {}}


def cohort(noun: str = "people") -> pd.DataFrame:
    """A small made-up cohort with outcomes of its own beside the standard ones."""
    people = make(4000, 300, -0.2, seed=5)
    if noun != "people":  # all of one sex, as a report that says so needs
        people["sex"] = {"men": "Male", "women": "Female"}[noun]
    rng = np.random.default_rng(5)
    known = people["reoffended"].notna()
    people["class2"] = rng.choice(["1", "2", "3"], len(people), p=[0.6, 0.3, 0.1])
    people["in_work_6"] = pd.Series(rng.random(len(people)) < 0.3).astype(int)
    people["in_work_12"] = pd.Series(rng.random(len(people)) < 0.03).astype(int)
    people["visits"] = rng.poisson(2.0, len(people))
    days = pd.Series(rng.integers(1, 365, len(people)).astype(float))
    people["days to a job, 1/2"] = days.where(people["in_work_6"] == 1)
    people["earned"] = rng.normal(2000, 5000, len(people)).round(2)
    for name in ("in_work_6", "in_work_12", "visits", "days to a job, 1/2", "earned"):
        people[name] = people[name].where(known)
    return people


def write(choice: dict[str, str], id: str, folder: Path) -> Path:
    """Write the request file of a choice."""
    path = folder / f"{id}.yml"
    content = {"request": request(choice, id, folder)}
    path.write_text(
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    return path
