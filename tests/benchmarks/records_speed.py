"""Time the way from records to cohort: 2,000,000 sentences, 10,000,000 offences.

    python tests/benchmarks/records_speed.py [sentences] [offences] [lines]

The extract is made up and written to Parquet first. The timed part runs in a process of
its own, so that its peak memory is its own. Budget: under 60 s and 6 GB.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb
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
from helpers.intake.cohort.losses import by_box
from helpers.intake.records import profile
from helpers.intake.records.engine import Records
from helpers.intake.records.extract import open_extract
from helpers.intake.records.shared import histories
from helpers.request.engine import Engine

PEOPLE_PER_SENTENCE = 0.5
RULES = SimpleNamespace(
    minimum_age=18,
    maximum_age=None,
    window_days=180,
    sentence="any",
    exclude_offence_groups=(),
    assessment_within_days=730,
)
COMPLETE_TO = "2023-06-30"

PERSON = """
select 'P' || lpad(i::varchar, 8, '0') person_id, null::varchar pnc_id,
  null::varchar prison_number, 'Made' surname, 'Up' forename,
  date '1960-01-01' + (random() * 16000)::int date_of_birth,
  case when random() < .85 then 'Male' else 'Female' end sex,
  ['White', 'Black', 'Asian'][1 + (random() * 3)::int % 3] ethnicity,
  case when random() < .9 then 'British' else 'Irish' end nationality
from range({people}) t(i)
"""
SENTENCE = """
select * exclude (kind, gap), case when kind < 4 then 'custody'
    when kind < 7 then 'community order' when kind < 9 then 'suspended sentence order'
    else 'fine' end disposal,
  case when kind < 4 then index_date - gap end custody_start,
  index_date - gap conviction_date
from (select 'P' || lpad((random() * ({people} - 1))::int::varchar, 8, '0') person_id,
  'S' || lpad(i::varchar, 9, '0') sentence_id, (random() * 10)::int % 10 kind,
  (30 + random() * 400)::int gap,
  date '2014-01-01' + (random() * 2800)::int index_date,
  (30 + random() * 1500)::int sentence_length_days, 'licence' release_type,
  ['Theft', 'Drug', 'Robbery'][1 + (random() * 3)::int % 3] offence_group,
  'offence ' || (random() * 40)::int offence_type,
  'region ' || (random() * 9)::int region,
  'prison ' || (random() * 99)::int establishment
from range({sentences}) t(i))
"""
OFFENCE = """
select person_id, on_day offence_date, on_day + (random() * 300)::int proven_date,
  ['conviction', 'caution', 'conviction', 'penalty_notice'][1 + (random() * 4)::int % 4]
    outcome,
  'Theft' offence_group,
  ['indictable', 'either_way', 'summary'][1 + (random() * 3)::int % 3] trial_mode,
  random() < .2 custodial, random() < .98 recordable, random() < .05 breach,
  random() < .99 england_wales, random() < .98 police_prosecuted
from (select 'P' || lpad((random() * ({people} - 1))::int::varchar, 8, '0') person_id,
  date '2000-01-01' + (random() * 8200)::int on_day from range({offences}))
"""
ASSESSMENT = """
select 'P' || lpad((random() * ({people} - 1))::int::varchar, 8, '0') person_id,
  date '2013-01-01' + (random() * 3200)::int "date", {questions}
from range({people})
"""
SPELL = """
select person_id, "from", "from" + (random() * 900)::int "to", 'kind' kind
from (select 'P' || lpad((random() * ({people} - 1))::int::varchar, 8, '0') person_id,
  date '2013-01-01' + (random() * 3200)::int "from" from range({people}))
"""


def make(folder: Path, sentences: int, offences: int, person: str = PERSON) -> None:
    """Write a made-up extract; `person` is the query of its people."""
    numbers = {
        "people": int(sentences * PEOPLE_PER_SENTENCE),
        "sentences": sentences,
        "offences": offences,
        "questions": ", ".join(
            f'(random() * 2)::int "S{section}Q{question}"'
            for section in (3, 4, 6, 7, 8, 9, 11, 12)
            for question in range(1, 6)
        ),
    }
    tables = {"person": person, "sentence": SENTENCE, "offence": OFFENCE,
              "assessment": ASSESSMENT, "benefit": SPELL,
              "employment": SPELL}  # fmt: skip
    with duckdb.connect() as engine:
        engine.execute("select setseed(0.1)")
        for name, query in tables.items():
            file = folder / f"{name}.parquet"
            made = query.format(**numbers)
            engine.execute(f"copy ({made}) to '{file}' (format parquet)")


def submission(records, lines: int) -> pd.DataFrame:
    """Lines that are linked already: support begins within four months of release."""
    sentence = records.tables["sentence"]
    found = records.frame(sentence.select("person_id", "index_date").limit(lines))
    wait = pd.to_timedelta(found.index % 120, unit="D")
    found["intervention_start"] = found.pop("index_date") + wait
    found["index_date"] = found["conviction_date"] = pd.NaT
    days = ["index_date", "conviction_date", "intervention_start"]
    found[days] = found[days].astype("datetime64[us]")
    return found.assign(line=range(2, len(found) + 2), left_out=None)


class Clock:
    """Prints how long each step took."""

    def __init__(self) -> None:
        self.since = time.perf_counter()

    def __call__(self, step: str) -> None:
        """Print the seconds since the step before."""
        print(f"{step:28} {time.perf_counter() - self.since:7.2f} s", flush=True)
        self.since = time.perf_counter()


def run(folder: Path, lines: int) -> None:
    """The whole path, each step timed."""
    told, begun = Clock(), time.perf_counter()
    with open_extract(folder, folder / "work", engine=Engine(memory="4GB")) as records:
        told("open and check the extract")
        complete_to = date.fromisoformat(COMPLETE_TO)
        looking = profile.Looking(complete_to, date(2024, 6, 30), "keep")
        looked = profile.profile(records, looking)
        told("profile of the records")
        print(looked.table.query("rows > 0").to_string(index=False))
        histories.add(records)
        told("dated histories")
        made = cohort(records, submission(records, lines), told)
    print(f"{'whole path':28} {time.perf_counter() - begun:7.2f} s")
    print(by_box(made).to_string(index=False))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(made):,} rows × {made.shape[1]} columns; peak {peak:.2f} GB")


def cohort(records: Records, given: pd.DataFrame, told: Clock) -> pd.DataFrame:
    """From lines that are linked to the cohort, each step timed."""
    located = index_sentence.locate(records, given, RULES)
    told("index sentences")
    drawn = pool.draw(records, located, given["person_id"], RULES, 1)
    told("pool")
    people = assemble.people(records, located, drawn)
    people = assemble.limits(people, RULES, COMPLETE_TO)
    told("people and limits")
    outcomes = reoffending.outcomes(records, people)
    told("outcomes")
    delays = support_delay.assign(people, outcomes, 1)
    told("time before support")
    record = history.covariates(records, delays.people)
    told("history")
    needs = assessment.covariates(records, delays.people, 730)
    told("assessments")
    earlier.table(records, delays.people, 730)
    told("the earlier year")
    known = (delays.people, outcomes, (record, needs))
    made = assemble.cohort(assemble.Parts(given, given, located, *known))
    told("cohort")
    return made


def main(sentences: int = 2_000_000, offences: int = 10_000_000, lines: int = 10_000):
    """Make the extract, then time the path in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        make(Path(folder), sentences, offences)
        print(f"made the extract in {time.perf_counter() - begun:.1f} s")
        command = [sys.executable, "-W", "ignore", __file__, "--timed", folder]
        subprocess.run([*command, str(lines)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--timed"]:
        run(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
