"""Tools of the hand-made extract: defaults, the files, and the whole path once."""

import atexit
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import ibis
import pandas as pd

from helpers.intake.cohort import (
    assemble,
    assessment,
    history,
    index_sentence,
    pool,
    reoffending,
    support_delay,
)
from helpers.intake.cohort.earlier import table as earlier
from helpers.intake.linkage import thresholds
from helpers.intake.linkage.link import link
from helpers.intake.records import duckdb_engine
from helpers.intake.records.engine import Records
from helpers.intake.records.extract import open_extract
from helpers.intake.records.profile import Looking
from helpers.intake.records.shared import opening
from helpers.intake.records.tables import DAY, TABLES
from helpers.request.engine import Engine

COMPLETE_TO = "2024-06-30"
RECEIVED = date(2024, 6, 30)
LOOKING = Looking(date(2024, 6, 30), RECEIVED, "keep")
SEED = 1
DUCKDB = Engine()
SETTINGS = {
    "minimum_age": 18, "maximum_age": None, "window_days": 180, "sentence": "any",
    "exclude_offence_groups": (), "minimum_people": 60, "assessment_within_days": 730,
}  # fmt: skip


def eligibility(**changes) -> SimpleNamespace:
    return SimpleNamespace(**(SETTINGS | changes))


def sentence(index="2021-03-01", **changes) -> dict:
    """A release from custody: convicted and locked up on 10 January 2020."""
    made = {
        "conviction_date": "2020-01-10", "custody_start": "2020-01-10",
        "index_date": index, "disposal": "custody", "sentence_length_days": 400,
        "release_type": "licence", "offence_group": "Theft", "offence_type": "theft",
        "region": "London", "establishment": "A prison",
    }  # fmt: skip
    return made | changes


def order(index, **changes) -> dict:
    """A community order that begins on the day of conviction."""
    made = {"disposal": "community order", "custody_start": None}
    return sentence(index, **(made | {"conviction_date": index} | changes))


def offence(date, proven=None, outcome="conviction", mode="summary", **changes) -> dict:
    """An offence that counts as reoffending if its dates do; proven the next day."""
    proven = proven or str((pd.Timestamp(date) + pd.Timedelta(days=1)).date())
    made = {
        "offence_date": date, "proven_date": proven, "outcome": outcome,
        "offence_group": "Theft", "trial_mode": mode, "custodial": False,
        "recordable": True, "breach": False, "england_wales": True,
        "police_prosecuted": True,
    }  # fmt: skip
    return made | changes


def line(start="2021-03-11", **changes) -> dict:
    """A submitted line; support begins ten days after release unless said otherwise."""
    return {"intervention_start": start} | changes


@dataclass
class Person:
    """One person of the register, and what was submitted of them."""

    person_id: str
    edge: str
    born: str
    sentences: list[dict] = field(default_factory=lambda: [sentence()])
    offences: list[dict] = field(default_factory=list)
    lines: list[dict] = field(default_factory=list)
    surname: str = ""
    forename: str = "Sam"
    alias: str | None = None


def extract(people: list[Person]) -> dict[str, pd.DataFrame]:
    """The tables of these people, typed."""
    rows = {name: [] for name in ("person", "alias", "sentence", "offence")}
    for who in people:
        own = {"person_id": who.person_id}
        named = own | {"forename": who.forename, "date_of_birth": who.born}
        rows["person"].append(
            named | {"surname": who.surname, "sex": "Male", "ethnicity": "White",
                     "nationality": "British"}
        )  # fmt: skip
        if who.alias:
            rows["alias"].append(named | {"surname": who.alias})
        rows["sentence"] += [
            own | {"sentence_id": f"{who.person_id}-{i}"} | s
            for i, s in enumerate(who.sentences, start=1)
        ]
        rows["offence"] += [own | o for o in who.offences]
    return {name: typed(name, of) for name, of in rows.items()}


def typed(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows of a table with every declared column in its type."""
    frame = pd.DataFrame(rows, columns=list(TABLES[name]))
    for column, kind in TABLES[name].items():
        if kind == "dates":
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        elif kind == "text":
            frame[column] = frame[column].astype("str")
        elif kind == "whole numbers":
            frame[column] = frame[column].astype("Int64")
        else:
            frame[column] = frame[column].astype(bool)
    return frame


def write(tables: dict[str, pd.DataFrame], folder) -> None:
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet")


@cache
def engine() -> Records:
    """One engine for all tests of a process: to start it takes longer than most."""
    records = duckdb_engine.start(Path(mkdtemp(prefix="records-")), "1GB")
    atexit.register(records.close)
    return records


def holding(tables: dict[str, ibis.Table]) -> SimpleNamespace:
    """What linkage asks of records, of tables in memory."""
    held = {name: engine().held(table.to_pyarrow()) for name, table in tables.items()}
    return SimpleNamespace(tables=held, local=engine().local, frame=engine().frame)


@contextmanager
def opened(assessment=None, **rows):
    """Records of rows given as dicts; a table that is not given has no rows.

    A person is made for every person_id, born in June 1985, unless they are given.
    Nothing is written or checked: how files are read is tested in records/.
    """
    ids = {row["person_id"] for of in rows.values() for row in of} or {"A"}
    given = {row["person_id"] for row in rows.get("person", [])}
    born = {"date_of_birth": "1985-06-15"}
    people = [{"person_id": i} | born for i in sorted(ids - given)]
    rows = {"sentence": [], "offence": []} | rows
    rows["person"] = rows.get("person", []) + people
    if not rows["sentence"]:
        rows["sentence"] = [sentence(person_id=min(ids), sentence_id="0")]
    tables = {name: typed(name, of) for name, of in rows.items()}
    if assessment is not None:
        tables["assessment"] = assessment
    records = engine()
    records.tables.clear()
    for name, table in tables.items():
        days = tuple(c for c, kind in TABLES[name].items() if kind == DAY)
        records.tables[name] = records.local(table, days)
    yield records


def submitted(people: list[Person], other: list[dict]) -> pd.DataFrame:
    """The lines of a submission in order, the first in spreadsheet row 2."""
    rows = []
    for who in people:
        named = {"surname": who.alias or who.surname, "forename": who.forename,
                 "date_of_birth": who.born, "sex": "Male",
                 "who": who.person_id}  # fmt: skip
        rows += [named | given for given in who.lines]
    frame = pd.DataFrame(rows + other)
    for name in ("left_out", "index_date", "conviction_date", "pnc_id"):
        if name not in frame:
            frame[name] = None
    frame["prison_number"] = pd.Series(None, index=frame.index, dtype="str")
    for name in ("index_date", "conviction_date", "intervention_start",
                 "date_of_birth"):  # fmt: skip
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    frame.insert(0, "line", range(2, len(frame) + 2))
    return frame.astype({"left_out": "str", "pnc_id": "str"})


def whole_path(
    folder, lines, rules=None, seed=SEED, *, ladder=False, engine=DUCKDB, shared=None
) -> SimpleNamespace:
    """From the extract and the lines to the cohort, as the notebook goes."""
    rules = rules or eligibility()
    if shared is None:
        records = open_extract(folder, folder / "work", engine=engine)
    else:
        records, _ = opening.opened(
            folder, folder / "work", LOOKING, engine=engine, shared=shared
        )
    with records:
        usable = lines[lines["left_out"].isna()].drop(columns="left_out")
        linkage = link(records, usable, RECEIVED)
        linked = usable.merge(linkage.links, on="line")
        located = index_sentence.locate(records, linked, rules)
        drawn = pool.draw(
            records, located, pd.Series(linkage.people_involved), rules, seed
        )
        told = located
        if ladder:
            likely = thresholds.likeliest(linkage, 0.5)
            likely = index_sentence.locate(
                records, usable.merge(likely, on="line"), rules
            )
            told = thresholds.told(located, likely, linkage)
        people = assemble.people(records, told, drawn)
        people = assemble.limits(people, rules, COMPLETE_TO)
        outcomes = reoffending.outcomes(records, people)
        delays = support_delay.assign(people, outcomes, seed)
        record = history.covariates(records, delays.people)
        needs = assessment.covariates(
            records, delays.people, rules.assessment_within_days
        )
        window = earlier.table(records, delays.people, rules.assessment_within_days)
        parts = assemble.Parts(
            lines, linkage.links, located, delays.people, outcomes, (record, needs)
        )
        cohort, likely = assemble.cohort(parts), assemble.likely(parts)
    return SimpleNamespace(
        linkage=linkage, located=located, drawn=drawn, people=delays.people,
        outcomes=outcomes, delays=delays, cohort=cohort, history=record,
        likely=likely, earlier=window,
    )  # fmt: skip
