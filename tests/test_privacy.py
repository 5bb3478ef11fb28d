"""Nothing that says who a person is leaves restricted/data: not in a run that succeeds,
not in one that fails, not in the check of a provider's list.

Made-up people with telling names and ids are planted in a list and in the records, so
that each is linked, doubtful, unknown or unusable; then every byte is searched.
"""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from support import approved
from support.planted import found, found_below

from helpers.files import ROOT

pytestmark = pytest.mark.slow

#: begins every planted name, the register id, the remark and the text for a date
STEM = "Qzvxmarker"
LINKED, DOUBTFUL, UNKNOWN = (f"{STEM}{end}" for end in ("abel", "brunhild", "zoppi"))
FORENAME = "Wqyjmarker"
PNC = "2003/7654321"
PNC = f"{PNC}{'ZABCDEFGHJKLMNPQRTUVWXY'[int('037654321') % 23]}"
PRISON = "A9731QZ"
POSTCODE = "QZ9 9QZ"
REGISTER = f"{STEM}register"
#: nobody else in the records was born so long ago
BORN = "1931-02-27"
MARKERS = [
    STEM, FORENAME, PNC[2:-1], PRISON, POSTCODE, BORN, "27/02/1931",
    "27 February 1931",
]  # fmt: skip
DATA = "restricted/data"
#: what requests on the same extract share knows people by their register id alone
SHARED = ".shared"
NAMES = [
    LINKED, DOUBTFUL, UNKNOWN, f"{STEM} remark", f"{STEM}day", f"{STEM}pnc",
    *(marker for marker in MARKERS if marker != STEM),
]  # fmt: skip


def outside(outputs: Path) -> list[str]:
    """Where anybody stands outside restricted/data, in .shared by more than an id."""
    places = found_below(outputs, MARKERS, but=(DATA, SHARED))
    return places + found_below(outputs / SHARED, NAMES)


@dataclass(frozen=True)
class Sent:
    """A provider's list, the records, and the last day that these are complete to."""

    submission: Path
    extract: Path
    complete_to: str


def plant(folder: Path) -> Sent:
    """Made-up records and a list of some of their people, with telling values."""
    from helpers.synthetic import records

    made = records.write(folder, 4000, 300, seed=5)
    lines = pd.read_csv(made.submission, dtype=str, keep_default_na=False)
    table = pq.read_table(made.extract / "person.parquet")
    people = table.to_pandas(date_as_object=True)
    once = lines[~lines["prison_number"].duplicated(keep=False)]
    known = once[once["prison_number"].isin(people["prison_number"].dropna())]
    linked, doubtful = known.index[:2]
    remark = {"caseworker_remark": ""}
    lines = lines.assign(**remark)

    who = people["prison_number"] == lines.at[linked, "prison_number"]
    telling = {
        "surname": LINKED, "forename": FORENAME, "pnc_id": PNC, "prison_number": PRISON,
    }  # fmt: skip
    people.loc[who, list(telling)] = list(telling.values())
    people.loc[who, "date_of_birth"] = date.fromisoformat(BORN)
    old_id = people.loc[who, "person_id"].iloc[0]
    for name, value in {**telling, "date_of_birth": BORN, "postcode": POSTCODE,
                        "caseworker_remark": f"{STEM} remark"}.items():  # fmt: skip
        lines.at[linked, name] = value

    # exact names and a date one day off: for a person to decide
    who = people["prison_number"] == lines.at[doubtful, "prison_number"]
    people.loc[who, ["surname", "forename"]] = [DOUBTFUL, FORENAME]
    birth = pd.Timestamp(people.loc[who, "date_of_birth"].iloc[0])
    near = birth.replace(day=birth.day + 1 if birth.day < 28 else birth.day - 1)
    for name, value in {
        "surname": DOUBTFUL, "forename": FORENAME, "date_of_birth": str(near.date()),
        "pnc_id": "", "prison_number": "",
    }.items():  # fmt: skip
        lines.at[doubtful, name] = value

    stranger = lines.loc[linked].to_dict() | {
        "surname": UNKNOWN, "pnc_id": "", "prison_number": "",
        "date_of_birth": "1971-05-05",
    }  # fmt: skip
    unusable = stranger | {
        "date_of_birth": f"{STEM}day", "pnc_id": f"{STEM}pnc", "sex": f"{STEM}sex",
    }  # fmt: skip
    twice = lines.loc[linked].to_dict()
    lines = pd.concat([lines, pd.DataFrame([stranger, unusable, twice])])
    lines.to_csv(made.submission, index=False)
    table = pa.Table.from_pandas(people, table.schema, preserve_index=False)
    pq.write_table(table, made.extract / "person.parquet")
    for path in made.extract.glob("*.parquet"):
        table = pq.read_table(path)
        ids = pc.replace_substring_regex(
            table["person_id"].cast("string"), f"^{re.escape(old_id)}$", REGISTER
        )
        place = table.column_names.index("person_id")
        pq.write_table(table.set_column(place, "person_id", ids), path)
    return Sent(made.submission, made.extract, str(made.complete_to))


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    return plant(tmp_path_factory.mktemp("sent"))


@pytest.fixture
def sent_again(sent, tmp_path):
    """The same files for a test to spoil."""
    shutil.copytree(sent.submission.parent, tmp_path / "sent", dirs_exist_ok=True)
    again = tmp_path / "sent"
    extract = again / sent.extract.relative_to(sent.submission.parent)
    return Sent(again / sent.submission.name, extract, sent.complete_to)


@pytest.fixture(scope="module")
def request_on(make_request):
    """Write a request on what was sent."""

    def write(folder: Path, sent: Sent, **inputs) -> Path:
        digest = hashlib.sha256(sent.submission.read_bytes()).hexdigest()
        covariates = {
            "numeric": ["age", "previous_offences", "copas_rate"],
            "categorical": ["sex", "offence_group"],
        }
        return make_request(
            folder / "planted.yml",
            inputs={
                "submission": str(sent.submission), "extract": str(sent.extract),
                "records_complete_to": sent.complete_to, **inputs,
            },
            analyses=[{"name": "All people", "covariates": covariates}],
            eligibility={"minimum_people": 20},
            robustness={"links": "ladder"},  # the doubtful come along
            data_sharing__received={
                "channel": "secure transfer", "on": "2026-02-02", "file_sha256": digest,
            },
            data_sharing__provider_signed_off={"by": "Director", "on": "2026-02-02"},
            data_sharing__sources=approved.sources(),
        )  # fmt: skip

    return write


@dataclass(frozen=True)
class Told:
    """What a command said, and with which status it ended."""

    status: int
    said: str
    problems: str

    @property
    def all(self) -> bytes:
        return f"{self.said}\n{self.problems}".encode()


def finish(process: subprocess.Popen) -> Told:
    said, problems = process.communicate(timeout=300)
    return Told(process.returncode, said, problems)


# a run that succeeds ----------------------------------------------------------------


@pytest.fixture(scope="module")
def run(sent, request_on, driver, tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    request = request_on(folder, sent)
    return folder / "outputs", finish(driver(request, folder / "outputs"))


def test_the_planted_people_are_in_the_run(run, sent):
    """Without this a search that finds nothing would prove nothing."""
    outputs, told = run
    assert told.status == 0, "the run on the planted people failed"
    data = outputs / "planted" / DATA
    places = found_below(data, [REGISTER, DOUBTFUL])
    assert any(REGISTER in place for place in places)
    assert any(place.startswith("review_list.csv") for place in places)
    assert found_below(sent.submission.parent, [LINKED, UNKNOWN, f"{STEM}day"])


def test_no_byte_outside_restricted_data_says_who_anybody_is(run):
    outputs, told = run
    assert told.status == 0
    assert outside(outputs) == []
    # the reviewers' copy and the executed notebooks were among what was searched
    restricted = outputs / "planted/restricted"
    assert len(list(restricted.glob("notebooks/*.ipynb"))) == 4
    assert (restricted / "report-reviewers.html").exists()
    assert not list(outputs.rglob("*.problems.csv"))


def test_the_console_of_a_run_says_nothing_of_anybody(run):
    _, told = run
    assert found(told.all, MARKERS, "console") == []


def test_only_the_key_and_the_review_list_hold_register_ids_or_names(run):
    """Later stages know people by a permutation alone."""
    outputs, _ = run
    data = outputs / "planted" / DATA
    later = ["people", "outcomes", "matched", "matches", "balance", "estimates"]
    later += [f"cells_{stage}" for stage in ("intake", "matching", "outcomes")]
    for name in later:
        path = data / f"{name}.parquet"
        assert found(path.read_bytes(), MARKERS, path.name) == []


def test_the_engine_leaves_nothing_behind(run):
    outputs, _ = run
    left = list((outputs / "planted" / DATA / "engine").rglob("*"))
    assert [path for path in left if path.is_file()] == []
    assert not (ROOT / ".tmp").exists()  # where DuckDB spills unless it is told


def test_destroying_the_run_leaves_no_trace_of_anybody(run, tmp_path):
    from helpers.life_cycle import destroy

    outputs = tmp_path / "outputs"
    shutil.copytree(run[0], outputs)
    lines = destroy.destroy("planted", outputs)
    assert found_below(outputs, MARKERS) == []
    assert found("\n".join(lines).encode(), MARKERS) == []
    assert sum("for you to destroy" in line for line in lines) >= 4


def test_what_a_repeat_says_names_nobody(run, sent):
    """The list is named as changed, and none of its cells; nothing is run."""
    outputs, _ = run
    file = outputs / "planted/audit/manifest.json"
    assert found(file.read_bytes(), MARKERS, file.name) == []
    was = sent.submission.read_bytes()
    try:
        sent.submission.write_bytes(was.replace(LINKED.encode(), UNKNOWN.encode()))
        told = helpers("run", "--from-manifest", str(file), "--outputs", str(outputs))
    finally:
        sent.submission.write_bytes(was)
    assert told.status == 1
    assert f"{sent.submission} has changed since the run" in told.problems
    assert found(told.all, MARKERS, "console") == []
    assert not (outputs / ".planted.part").exists()


def test_approving_and_publishing_name_nobody(run, tmp_path):
    outputs = tmp_path / "outputs"
    shutil.copytree(run[0], outputs)
    for words in (("approve", "planted", "--by", "Bob Other", "--yes"),
                  ("publish", "planted"), ("ledger",)):  # fmt: skip
        told = helpers(*words, "--outputs", str(outputs))
        assert told.status == 0, told.problems
        assert found(told.all, MARKERS, words[0]) == []
    assert (outputs / "published/planted/1/report.html").exists()
    assert outside(outputs) == []


# the check of a list ----------------------------------------------------------------


def helpers(*words: str, where: Path = ROOT) -> Told:
    """Carry out a command of the kit in a folder, which may be a changed copy."""
    start = (
        "import sys, helpers.commands.command_line as c; sys.exit(c.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", start, *words]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True)
    return Told(done.returncode, done.stdout, done.stderr)


def test_the_check_of_a_list_names_rows_and_kinds_alone(sent_again):
    told = helpers("check", str(sent_again.submission))
    assert told.status == 1
    file = sent_again.submission.with_name(f"{sent_again.submission.name}.problems.csv")
    assert found(told.all, MARKERS, "console") == []
    assert found(file.read_bytes(), MARKERS, file.name) == []
    # the row that cannot be used is there, each of its columns by itself
    rows = len(pd.read_csv(sent_again.submission, dtype=str)) + 1
    with file.open(encoding="utf-8-sig", newline="") as opened:
        problems = list(csv.DictReader(opened))
    told_of = {line["column"] for line in problems if line["row"] == str(rows - 1)}
    assert {"date_of_birth", "sex", "pnc_id"} <= told_of


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_list_that_cannot_be_read_is_told_without_its_content(sent_again, ending):
    content = sent_again.submission.read_bytes()
    path = sent_again.submission.with_name(f"list{ending}")
    spoilt = content.replace(LINKED.encode(), b'"' + LINKED.encode() + b'"x', 1)
    path.write_bytes(spoilt if ending == ".csv" else b"PK\3\4" + content)
    told = helpers("check", str(path))
    assert told.status == 1
    # a quotation mark costs its own row of a CSV file, damage the whole workbook
    cause = "quotation mark" if ending == ".csv" else "is damaged"
    assert cause in (told.said if ending == ".csv" else told.problems)
    assert found(told.all, MARKERS, "console") == []


def test_a_list_without_its_header_is_told_without_its_first_person(sent_again):
    lines = sent_again.submission.read_text().splitlines(keepends=True)
    planted = [line for line in lines if STEM in line]
    sent_again.submission.write_text("".join(planted))
    told = helpers("check", str(sent_again.submission))
    assert told.status == 1
    assert found(told.all, MARKERS, "console") == []


def test_a_fault_of_the_kit_in_the_check_does_not_quote_the_list(kit, sent_again):
    where = kit("pass")
    with (where / "helpers/intake/submission/read.py").open("a") as code:
        code.write(
            "\n\ndef read(path, *_, **__):\n    raise KeyError(path.read_text())\n"
        )
    told = helpers("check", str(sent_again.submission), where=where)
    assert told.status == 1
    assert found(told.all, MARKERS, "console") == []
    assert "KeyError" in told.problems and "submission/read.py" in told.problems


# runs that fail -----------------------------------------------------------------------


def nothing_told(outputs: Path, told: Told) -> None:
    """One line on the console, and no byte outside restricted/data, of anybody."""
    assert told.status == 1
    assert "Traceback" not in told.problems
    assert found(told.all, MARKERS, "console") == []
    attempt = outputs / ".planted.part"
    assert (attempt / "audit/run.log").exists()
    assert (attempt / "restricted/notebooks/01_intake.ipynb").exists()
    assert outside(outputs) == []


def test_records_with_a_name_in_place_of_a_date(
    sent_again, request_on, driver, tmp_path
):
    """DuckDB's own message would be: Could not convert string "…" to DATE."""
    path = sent_again.extract / "sentence.parquet"
    table = pd.read_parquet(path)
    table["index_date"] = table["index_date"].astype(str)
    table.loc[3, "index_date"] = LINKED
    table.to_csv(path.with_suffix(".csv"), index=False)
    path.unlink()
    told = finish(driver(request_on(tmp_path, sent_again), tmp_path / "outputs"))
    nothing_told(tmp_path / "outputs", told)
    assert "sentence.csv: column index_date must hold dates" in told.problems


def test_records_that_break_off_after_the_linkage(
    sent_again, request_on, driver, tmp_path
):
    """The header of the file is whole, so that it is opened; its pages are not."""
    path = sent_again.extract / "offence.parquet"
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 4096] = LINKED.encode() * (4096 // len(LINKED))
    path.write_bytes(content)
    told = finish(driver(request_on(tmp_path, sent_again), tmp_path / "outputs"))
    nothing_told(tmp_path / "outputs", told)


def test_decisions_on_somebody_who_is_not_on_the_list(
    sent_again, request_on, driver, tmp_path
):
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        f"line,person_id,decision\n2,{REGISTER},accept\n3,{REGISTER},{STEM}\n"
    )
    request = request_on(tmp_path, sent_again, decisions=str(decisions))
    told = finish(driver(request, tmp_path / "outputs"))
    nothing_told(tmp_path / "outputs", told)
    assert "decisions.csv: row 2" in told.problems


@pytest.fixture
def kit(tmp_path):
    """A copy of the kit whose first notebook a test may change."""
    copy = tmp_path / "kit"
    for name in ("helpers", "notebooks", "params"):
        unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, copy / name, ignore=unwanted)
    for name in ("environment.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)

    def with_cell(source: str, *, early: bool = False) -> Path:
        """Put a cell before the last one, or before anybody is looked up."""
        path = copy / "notebooks/01_intake.ipynb"
        book = json.loads(path.read_text())
        cell = {"cell_type": "code", "id": "planted", "metadata": {}, "outputs": [],
                "execution_count": None, "source": source}  # fmt: skip
        opens = next(place for place, one in enumerate(book["cells"])
                     if "open_run(" in "".join(one["source"]))  # fmt: skip
        place = opens + 1 if early else len(book["cells"]) - 1
        book["cells"].insert(place, cell)
        path.write_text(json.dumps(book))
        return copy

    return with_cell


#: how code and libraries fail with what they were reading in their words
RAISES = {
    "an exception": "raise KeyError(text)",
    "a cause": """\
try:
    int(text)
except ValueError as error:
    raise RuntimeError(f"failed on {text}") from error""",
    "pandas": "import pandas\npandas.to_datetime(pandas.Series([text]))",
    "duckdb": """\
import duckdb
duckdb.sql("select cast($1 as date)", params=[text[:200]]).fetchall()""",
    "the code itself": 'exec(f"a = \'{text[:80]!r}")',
    "a group": "raise ExceptionGroup(text, [ValueError(text)])",
}


@pytest.mark.parametrize("how", RAISES)
def test_a_failure_inside_the_kernel_keeps_its_words_to_itself(
    kit, sent, request_on, tmp_path, how
):
    read = f"text = open({str(sent.submission)!r}).read()\n"
    only = "text = ' '.join(w for w in text.split(',') if 'marker' in w)\n"
    # how the words are kept is the same wherever a cell fails: one fails late
    where = kit(read + only + RAISES[how], early=how != "an exception")
    request = request_on(tmp_path, sent)
    outputs = tmp_path / "outputs"
    told = helpers("run", str(request), "--outputs", str(outputs), where=where)
    nothing_told(outputs, told)
    assert "whose text is not repeated" in told.problems


def test_what_libraries_print_does_not_reach_the_console(
    kit, sent, request_on, tmp_path
):
    """Not by Python's streams, nor by C's; the notebook in restricted/ takes it up."""
    where = kit(
        "import logging, os, sys, warnings\n"
        f"text = open({str(sent.submission)!r}).read()[-2000:]\n"
        "print(text)\n"
        "print(text, file=sys.stderr)\n"
        "warnings.warn(text)\n"
        "logging.getLogger('splink').error(text)\n"
        "os.write(1, text.encode())\n"
        "os.write(2, text.encode())\n"
        "os.system('echo ' + text[-9:])\n"
        "raise SystemError(text)\n"
    )
    request = request_on(tmp_path, sent)
    outputs = tmp_path / "outputs"
    told = helpers("run", str(request), "--outputs", str(outputs), where=where)
    assert told.status == 1
    assert found(told.all, MARKERS, "console") == []
    assert found_below(outputs, MARKERS, but=("restricted/", SHARED)) == []
    assert found_below(outputs, MARKERS)  # the cell did print
