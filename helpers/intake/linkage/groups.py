"""Whom linkage found: lines linked and under review, by kinds of people.

Sex, age band and kind of name are known of every line that can be used. Ethnicity is
known of those who are linked alone, from the records.
"""

from datetime import date

import ibis
import numpy as np
import pandas as pd

from helpers.intake.linkage.known_names import kind_of_name, kinds
from helpers.intake.linkage.link import Linkage
from helpers.intake.linkage.spelling import spelt
from helpers.intake.records.dates import whole_years_between
from helpers.intake.records.engine import Records

SEX, AGE, NAME, ETHNICITY = "sex", "age when received", "kind of name", "ethnicity"
NOT_KNOWN = "not known"
BANDS = {"under 18": 18, "18 to 24": 25, "25 to 34": 35, "35 to 49": 50}
OLDEST = "50 and over"
COUNTED = ("lines", "linked", "review", "not_found")


def by_group(linkage: Linkage, lines: pd.DataFrame, received: date) -> pd.DataFrame:
    """Count the usable lines of each kind, and what became of them.

    Gives characteristic, level, lines, linked, review and not_found, which add up to
    lines. A characteristic of which there is one level alone says nothing and is left
    out.
    """
    linked = lines["line"].isin(linkage.links["line"])
    review = lines["line"].isin(linkage.review["line"]) & ~linked
    counted = pd.DataFrame(
        {"lines": 1, "linked": linked, "review": review, "not_found": ~linked & ~review}
    ).astype(int)
    tables = []
    for name, (values, order) in _levels(lines, received).items():
        table = counted.groupby(np.asarray(values, dtype=object)).sum()
        table = table.reindex([level for level in order if level in table.index])
        if len(table) > 1:
            table = table.rename_axis("level").reset_index()
            tables.append(table.assign(characteristic=name))
    columns = ["characteristic", "level", *COUNTED]
    return pd.concat([pd.DataFrame(columns=columns), *tables])[columns].reset_index(
        drop=True
    )


def ethnicity(linkage: Linkage, records: Records) -> pd.Series:
    """Count the linked lines by the ethnicity that the records have, commonest first.

    Empty where there is one alone.
    """
    person = records.tables["person"]
    ids = linkage.links["person_id"]
    wanted = person.filter(person.person_id.isin(ids.unique().tolist()))
    known = records.frame(wanted.select("person_id", "ethnicity"))
    known = known.drop_duplicates("person_id").set_index("person_id")["ethnicity"]
    known = known.where(known.astype("str").str.strip() != "")
    counts = ids.map(known).fillna(NOT_KNOWN).value_counts().sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    return counts if len(counts) > 1 else counts.iloc[:0]


def _levels(
    lines: pd.DataFrame, received: date
) -> dict[str, tuple[pd.Series | list[str], list[str]]]:
    """Give what each line is of each characteristic, and its levels in order."""
    sex = lines["sex"].astype("str").where(lines["sex"].isin(["Female", "Male"]))
    today = pd.Series(pd.Timestamp(received), index=lines.index)
    age = whole_years_between(pd.to_datetime(lines["date_of_birth"]), today)
    bands = [*BANDS, OLDEST]
    places = np.searchsorted(list(BANDS.values()), age, side="right")
    band = [
        NOT_KNOWN if pd.isna(years) else bands[place]
        for years, place in zip(age, places, strict=True)
    ]
    return {
        SEX: (sex.fillna(NOT_KNOWN), ["Female", "Male", NOT_KNOWN]),
        AGE: (band, [*bands, NOT_KNOWN]),
        NAME: (_kinds_of_name(lines), kinds()),
    }


def _kinds_of_name(lines: pd.DataFrame) -> list[str]:
    names = lines[["surname", "forename"]].astype("str")
    schema = {"surname": "string", "forename": "string"}
    table = ibis.memtable(names.reset_index(drop=True), schema=schema)
    # row by row: the engine keeps no order, and each name is spelt once
    found = {}
    for column in schema:
        written = table.select(written=table[column]).distinct()
        both = written.mutate(spelt=spelt(written.written)).execute()
        found[column] = names[column].map(both.set_index("written")["spelt"]).fillna("")
    return [
        kind_of_name(surname, forename)
        for surname, forename in zip(found["surname"], found["forename"], strict=True)
    ]
