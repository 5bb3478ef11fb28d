"""Records that are wrong, through the driver: refused, or told and published."""

import csv
import hashlib
import shutil

import pandas as pd
import pytest
from support import approved, in_process

from helpers.errors import RunFailed
from helpers.runs import pipeline
from helpers.runs.notes import notes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Made-up records without fault, and a list."""
    from helpers.synthetic import records

    return records.write(tmp_path_factory.mktemp("sound"), 4000, 300, seed=5)


@pytest.fixture
def spoilt(sound, tmp_path, make_request):
    """Give a request on a copy of the records in which tables were replaced."""

    def request(id_: str, tables: dict, **inputs):
        extract = tmp_path / id_
        shutil.copytree(sound.extract, extract)
        for name, change in tables.items():
            path = extract / f"{name}.parquet"
            change(pd.read_parquet(path)).to_parquet(path)
        digest = hashlib.sha256(sound.submission.read_bytes()).hexdigest()
        return make_request(
            tmp_path / f"{id_}.yml",
            inputs={
                "submission": str(sound.submission), "extract": str(extract),
                "records_complete_to": str(sound.complete_to), **inputs,
            },
            analyses=[{"name": "All", "covariates": {"numeric": ["age"],
                       "categorical": ["sex"]}}],
            eligibility={"minimum_people": 20},
            data_sharing__received={"channel": "secure transfer", "on": "2026-02-02",
                                    "file_sha256": digest},
            data_sharing__provider_signed_off={"by": "Director", "on": "2026-02-02"},
            data_sharing__sources=approved.sources(),
        )  # fmt: skip

    return request


def twice(table: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table, table])


def test_every_fault_is_told_at_once_and_nothing_is_published(spoilt, tmp_path, quiet):
    def offences(table):
        ids = table["person_id"].str.replace("UP-0", "UP-")
        flag = pd.Series(pd.NA, table.index, dtype="boolean")
        return table.assign(person_id=ids, police_prosecuted=flag)

    request = spoilt("faults", {"offence": offences, "assessment": twice})
    with pytest.raises(RunFailed) as told:
        pipeline.run(request, outputs=tmp_path / "out", progress=quiet)
    said = str(told.value)
    assert "stopped at “Look at the records”" in said
    for problem in (
        "offence: person_id is not in the person table: found",
        "offence: police_prosecuted is empty: found",
        "assessment: repeats another in every column: found",
    ):
        assert problem in said
    assert not (tmp_path / "out/faults").exists()


def test_doubts_are_named_on_the_console_and_in_the_reviewers_copy(spoilt, tmp_path):
    def births(table):
        first = table.index < 40
        return table.assign(date_of_birth=table["date_of_birth"].mask(
            first, pd.Timestamp("1900-01-01").date()))  # fmt: skip

    tables = {"offence": twice, "person": births}
    request = spoilt("doubts", tables, repeated_rows="drop")
    folder = in_process.run(request, tmp_path / "out")
    assert (folder / "report.html").exists()
    doubt = "records, person: date_of_birth before 1901"
    assert f"In doubt: {doubt}: 40 rows (1.0%); taken as not known" in notes(folder)
    assert doubt in (folder / "restricted/report-reviewers.html").read_text()
    with (folder / "audit/checks.csv").open(encoding="utf-8") as file:
        checks = {row["check"]: row for row in csv.DictReader(file)}
    dropped = checks["records, offence: repeats another in every column"]
    assert dropped["found"].endswith("(50.0%); dropped, as the request says")
    assert dropped["result"] == "pass" and checks[doubt]["result"] == "warn"
