"""The made-up extract and the truth about it as Parquet files.

Every file says in its metadata that its people are made up. Nothing in a file depends
on the day or the machine, so the same tables are the same bytes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.synthetic import national, occasions, tables

if TYPE_CHECKING:
    from helpers.synthetic.country import Country

MADE_UP = {"made_up": "Made-up people and records. Nobody in this file is real."}
KINDS = [kind for kinds in national.TYPES.values() for kind in kinds]
PRISONS = [f"Made-up prison {number:02d}" for number in range(1, 31)]
MATTERS = {
    "recordable": tables.NOT_RECORDABLE,
    "breach": tables.BREACH,
    "england_wales": tables.ABROAD,
    "police_prosecuted": tables.OTHERS,
}


def save(file: Path, columns: dict[str, pa.Array]) -> None:
    """Write one table; row groups of half a million rows, no time of writing."""
    table = pa.table(columns)
    # the Arrow schema is left out, so that text is text to every reader
    with pq.ParquetWriter(
        file, table.schema, compression="zstd", store_schema=False
    ) as writer:
        writer.write_table(table, row_group_size=500_000)
        writer.add_key_value_metadata(MADE_UP)


def words(positions: np.ndarray, of: list[str] | np.ndarray) -> pa.Array:
    """Give text by its position in a list; a position below 0 is missing."""
    positions = np.asarray(positions, dtype=np.int32)
    codes = pa.array(positions, mask=positions < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(of), pa.string()))


def text(values: pd.Series) -> pa.Array:
    """Give text, or missing."""
    return pa.array(values.to_numpy(dtype=object), pa.string(), from_pandas=True)


def days(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Give days since 1 January 1970 as dates."""
    values = np.asarray(values, dtype=np.int32)
    return pa.array(values, mask=missing).cast(pa.date32())


def write(
    folder: Path,
    country: "Country",
    happened: "tables.Happened",
    aliases: pd.DataFrame,
) -> None:
    """Write the tables of the extract into a folder."""
    ids = country.register["person_id"]
    save(folder / "person.parquet", _register(country.register))
    save(folder / "alias.parquet", _register(aliases))
    save(folder / "sentence.parquet", _sentence(happened.sentences, ids))
    save(folder / "offence.parquet", _offence(happened.offences, ids))
    save(folder / "assessment.parquet", _assessment(happened.assessments, ids))
    for name in ("work", "benefit"):
        file = {"work": "employment", "benefit": "benefit"}[name]
        save(folder / f"{file}.parquet", _spells(happened.lives, name, ids))


def _register(rows: pd.DataFrame) -> dict[str, pa.Array]:
    dates = {"date_of_birth": days(rows["date_of_birth"])}
    return {
        name: dates[name] if name in dates else text(values)
        for name, values in rows.items()
    }


def _sentence(rows: pd.DataFrame, ids: pd.Series) -> dict[str, pa.Array]:
    number = rows["sentence"].to_numpy()
    person = ids.to_numpy()[rows["person"]]
    custody_start = rows["custody_start"].to_numpy()
    length = rows["length"].to_numpy().astype(np.int32)
    return {
        "person_id": words(rows["person"], ids),
        "sentence_id": pa.array(sentence_ids(person, number), pa.string()),
        "conviction_date": days(rows["conviction_date"]),
        "custody_start": days(custody_start, custody_start == occasions.NEVER),
        "index_date": days(rows["index_date"]),
        "disposal": words(rows["disposal"], national.DISPOSALS),
        "sentence_length_days": pa.array(length, mask=length == 0),
        "release_type": words(rows["release"], tables.RELEASES),
        "offence_group": words(rows["group"], national.GROUP_NAMES),
        "offence_type": words(rows["type"], KINDS),
        "region": words(rows["region"], list(national.REGIONS)),
        "establishment": words(rows["prison"], PRISONS),
    }


def sentence_ids(person: np.ndarray, number: np.ndarray) -> list[str]:
    """Give a sentence's id: the person's, and which of the person's sentences it is."""
    pairs = zip(person.tolist(), number.tolist(), strict=True)
    return [f"{who}-{nth:03d}" for who, nth in pairs]


def _offence(rows: pd.DataFrame, ids: pd.Series) -> dict[str, pa.Array]:
    matter = rows["matter"].to_numpy()
    flags = {name: pa.array(matter != kind) for name, kind in MATTERS.items()}
    flags["breach"] = pa.array(matter == tables.BREACH)
    # two counts of one day are two offences, though nothing else tells them apart
    number = rows.groupby("person").cumcount().to_numpy() + 1
    return {
        "person_id": words(rows["person"], ids),
        "offence_number": pa.array(number.astype(np.int32)),
        "offence_date": days(rows["offence_date"]),
        "proven_date": days(rows["proven_date"]),
        "outcome": words(rows["outcome"], occasions.OUTCOMES),
        "offence_group": words(rows["group"], national.GROUP_NAMES),
        "trial_mode": words(rows["trial_mode"], national.TRIAL_MODES),
        "custodial": pa.array(rows["custodial"].to_numpy(dtype=bool)),
        **{
            name: flags[name]
            for name in ("recordable", "breach", "england_wales", "police_prosecuted")
        },
    }


def _assessment(rows: pd.DataFrame, ids: pd.Series) -> dict[str, pa.Array]:
    answers = {name: pa.array(rows[name].to_numpy()) for name in national.QUESTIONS}
    return {
        "person_id": words(rows["person"], ids),
        "date": days(rows["day"]),
        **answers,
    }


def _spells(lives: pd.DataFrame, name: str, ids: pd.Series) -> dict[str, pa.Array]:
    rows = lives[lives[f"{name}_to"] > 0]
    kinds = {"work": ["employee", "self-employed"], "benefit": ["universal credit"]}
    kind = rows.index.to_numpy() % 5 == 0 if name == "work" else np.zeros(len(rows))
    return {
        "person_id": words(rows["person"], ids),
        "from": days(rows[f"{name}_from"]),
        "to": days(rows[f"{name}_to"]),
        "kind": words(kind, kinds[name]),
    }


def truth(
    file: Path, country: "Country", supported: pd.DataFrame, lines: pd.DataFrame
) -> None:
    """Write the truth about each line of the list.

    line (row of the spreadsheet), kind, errors, person_id and sentence_id (missing for
    those with none), index_date, support_start, delay, supported (somebody was),
    counted (in the average that is the effect), reoffended_before_support, and, known
    for those followed up, reoffended_without_support and reoffended.
    """
    here = (lines["row"] >= 0).to_numpy()
    of = supported.iloc[lines["row"].clip(lower=0)].reset_index(drop=True)
    has_sentence = here & (of["life"] >= 0).to_numpy()
    person = country.register["person_id"].to_numpy()[of["person"]]
    index = of["index_date"].to_numpy()
    known = has_sentence & (of["kind"] != "too recent").to_numpy()
    before = of["reoffended_before"].fillna(False).to_numpy(dtype=bool)
    without = of["reoffended"].fillna(False).to_numpy(dtype=bool)
    change = of["change"].fillna(0).to_numpy(dtype=int)
    ids = sentence_ids(person, of["sentence"].fillna(0).astype(int).to_numpy())
    main = (lines["kind"] == "main").to_numpy()
    save(
        file,
        {
            "line": pa.array(lines["line"].to_numpy(dtype=np.int32)),
            "kind": text(lines["kind"]),
            "errors": text(lines["errors"]),
            "person_id": pa.array(person, pa.string(), mask=~here),
            "sentence_id": pa.array(ids, pa.string(), mask=~has_sentence),
            "index_date": days(index, ~has_sentence),
            "support_start": days(lines["start"]),
            "delay": pa.array(
                lines["delay"].to_numpy(dtype=np.int32), mask=~has_sentence
            ),
            "supported": pa.array(here),
            "counted": pa.array(main & ~before),
            "reoffended_before_support": pa.array(before, mask=~known),
            "reoffended_without_support": pa.array(without, mask=~known),
            "reoffended": pa.array(without + change > 0, mask=~known),
        },
    )
