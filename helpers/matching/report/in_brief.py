"""Who the people in an analysis are, in a few lines: by sex, age and ethnicity."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.matching.groups import Group
from helpers.matching.report import characteristics, layers
from helpers.publication import blocks
from helpers.publication.blocks import Block
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.request.covariates.needs import is_need
from helpers.runs.run import Run

#: whom a report describes in brief, whatever it found: a word of the column's name
FIRST = (
    ("sex", "gender", "female", "male", "woman", "women", "man", "men"),
    ("age",),
    ("ethnicity", "ethnic", "race", "black", "white"),
)


def chosen(names: list[str]) -> list[str]:
    """Give the columns of sex, age and ethnicity, the first of each; else none."""
    found = []
    for words in FIRST:
        # "age" comes before "age_first_offence", which is about something else
        named = [n for n in names if set(re.split(r"[^a-z]+", n.lower())) & {*words}]
        found += sorted(named, key=len)[:1]
    return found


def in_brief(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> dict[str, list[Block]]:
    """Give a line on each of these of the people in an analysis; none without any."""
    made = {}
    for name, table in tables.items():
        lines = _lines(run, fitted[name], table)
        if not lines:
            continue
        data = {"analysis": name, "noun": run.request.noun(name), "lines": lines}
        words = blocks.words(
            run, f"in-brief-{slug(name)}", words="in_brief", data=data,
            fold=layers.of_people(run, name),
        )  # fmt: skip
        made[name] = [words]
    return made


def _lines(run: Run, group: Group, table: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(n) for n in table["variable"].unique() if not is_need(str(n))]
    lines = []
    for name in chosen(names):
        rows = characteristics.rows(
            run.request, group, table,
            needs=False, columns={"": "mean_treatment"}, only=name,
        )  # fmt: skip
        levels = [row for row in rows if len(row) > 1]
        label = variable(run.request, name)
        lines.append({"label": label, "levels": levels, "several": len(levels) > 1})
    return lines
