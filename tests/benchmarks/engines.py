"""Time linkage and the building of a cohort on 1,000,000 people, by engine.

    python tests/benchmarks/engines.py [duckdb|spark] [people] [lines]

The extract is made up and written to Parquet first: two sentences and ten offences a
person, names of made-up syllables. The list names people of the register as the
register writes them. The timed part runs in a process of its own: each step by the
clock, and the most memory of the process and of all that it started.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import records_speed
from whole_request import memory_of

from helpers.intake.linkage import link
from helpers.intake.records import profile
from helpers.intake.records.extract import open_extract
from helpers.intake.records.shared import histories
from helpers.request.engine import Engine

SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu ya be do fa ge"
#: about 8,000 surnames and 400 forenames, some more common than others
PERSON = """
select person_id, '12/' || lpad((i % 1000000)::varchar, 7, '0') || 'A' pnc_id,
  null::varchar prison_number,
  s[1 + (random() * random() * 20)::int % 20] || s[1 + i * 7919 % 20]
    || s[1 + i // 20 * 104729 % 20] surname,
  s[1 + (random() * 20)::int % 20] || s[1 + i * 31 % 20] forename,
  date_of_birth, sex, ethnicity, nationality
from ({plain}), (select string_split('{syllables}', ' ') s)
"""


def make(folder: Path, people: int, lines: int) -> None:
    """Write a made-up extract whose people have names, and a list of some of them."""
    plain = records_speed.PERSON.replace("select 'P'", "select i, 'P'")
    named = PERSON.replace("{plain}", plain).replace("{syllables}", SYLLABLES)
    records_speed.make(folder, 2 * people, 10 * people, person=named)
    with duckdb.connect() as engine:
        listed = engine.execute(
            "select surname, forename, date_of_birth, sex, pnc_id, index_date from "
            f"'{folder}/person.parquet' semi join (select * from "
            f"'{folder}/sentence.parquet' using sample {lines} rows (reservoir, 1)) "
            f"using (person_id) join '{folder}/sentence.parquet' using (person_id)"
        ).df()
    listed.head(lines).to_parquet(folder / "list.parquet")


def submission(folder: Path) -> pd.DataFrame:
    """Give the lines as intake has them: support begins within four months."""
    lines = pd.read_parquet(folder / "list.parquet")
    wait = pd.to_timedelta(lines.index % 120, unit="D")
    lines["intervention_start"] = lines.pop("index_date") + wait
    for name in ("index_date", "conviction_date"):
        lines[name] = pd.NaT
    days = [c for c in lines if c.endswith(("_date", "_start", "_birth"))]
    lines[days] = lines[days].astype("datetime64[us]")
    lines["prison_number"] = pd.Series(None, lines.index, dtype="str")
    return lines.assign(line=range(2, len(lines) + 2))


def run(folder: Path, engine: str) -> None:
    """Open the extract with the engine, link, and build the cohort."""
    most = [0]
    watched = threading.Thread(target=_watch, args=(most,), daemon=True)
    watched.start()
    begun = time.perf_counter()
    told = records_speed.Clock()
    lines = submission(folder)
    with open_extract(folder, folder / "work", engine=Engine(name=engine)) as records:
        told("open and check the extract")
        complete_to = date.fromisoformat(records_speed.COMPLETE_TO)
        looking = profile.Looking(complete_to, date(2024, 6, 30), "keep")
        profile.profile(records, looking)
        told("profile of the records")
        histories.add(records)
        told("dated histories")
        linked = link.link(records, lines, date(2024, 6, 30))
        told(f"linkage of {len(lines):,} lines")
        given = lines.merge(linked.links[["line", "person_id"]], on="line")
        cohort = records_speed.cohort(records, given.assign(left_out=None), told)
    print(f"{'whole path':28} {time.perf_counter() - begun:7.2f} s")
    print(f"{len(linked.links):,} links; {len(cohort):,} rows; "
          f"peak {most[0] / 2**30:.2f} GB")  # fmt: skip


def _watch(most: list[int]) -> None:
    while True:
        most[0] = max(most[0], memory_of(os.getpid()))
        time.sleep(0.3)


def main(engine: str = "duckdb", people: str = "1000000", lines: str = "10000") -> None:
    """Make the extract, then time the path in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        make(Path(folder), int(people), int(lines))
        print(f"{engine}: {int(people):,} people, made in "
              f"{time.perf_counter() - begun:.0f} s", flush=True)  # fmt: skip
        command = [sys.executable, "-W", "ignore", __file__, "--timed", folder, engine]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--timed"]:
        run(Path(sys.argv[2]), sys.argv[3])
    else:
        main(*sys.argv[1:])
