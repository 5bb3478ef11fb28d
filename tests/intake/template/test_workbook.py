"""The upload template: the same bytes, nothing fetched, and checks that agree."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from math import sqrt
from xml.etree import ElementTree

import pytest
import python_calamine

from helpers.errors import DataError
from helpers.intake.submission import read as submission
from helpers.intake.submission.columns import COLUMNS
from helpers.intake.template import before_you_send as template_before
from helpers.intake.template import workbook
from helpers.intake.template.formulas import ROOM, of_row, rules
from helpers.intake.template.words import GUIDES, QUESTIONS
from helpers.request.whole.analysis import Request

SOFFICE = shutil.which("soffice")
SHEETS = ["People", "Guidance", "Service", "Before you send", "Lists"]
FINE = {"surname": "Example", "forename": "Robin", "date_of_birth": date(1990, 12, 31),
        "sex": "Female", "index_date": date(2022, 2, 14)}  # fmt: skip


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(io.BytesIO(workbook.content())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def book():
    return python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(workbook.content())
    )


def test_the_same_template_has_the_same_bytes(tmp_path):
    workbook.write(tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == workbook.content()
    assert workbook.content([FINE]) != workbook.content()


def test_nothing_is_fetched_and_nothing_runs(parts):
    assert not [name for name in parts if re.search("vba|external|hyperlink", name)]
    links = "".join(text for name, text in parts.items() if name.endswith(".rels"))
    assert 'TargetMode="External"' not in links
    assert "mergeCell" not in "".join(parts.values())


def test_every_sheet_has_a_header_that_stays_in_sight(book, parts):
    assert book.sheet_names == SHEETS
    for number, name in enumerate(SHEETS, 1):
        header = book.get_sheet_by_name(name).to_python()[0]
        assert all(header) and len(set(header)) == len(header)
        assert 'state="frozen"' in parts[f"xl/worksheets/sheet{number}.xml"]


def test_the_header_is_the_one_that_the_check_knows(tmp_path, book):
    header = book.get_sheet_by_name("People").to_python()[0]
    assert header == [column.heading for column in COLUMNS]
    workbook.write(tmp_path / "a.xlsx", [FINE])
    read = submission.read(tmp_path / "a.xlsx", minimum_people=0)
    assert read.problems.empty
    assert list(read.headings) == [column.name for column in COLUMNS]


def test_an_empty_template_holds_nobody(tmp_path):
    workbook.write(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="nobody under it"):
        submission.read(tmp_path / "a.xlsx")


def test_each_cell_is_checked_as_it_is_typed(parts):
    tree = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    checks = {
        check.get("sqref"): check for check in tree.iterfind(".//{*}dataValidation")
    }
    letters = [chr(65 + n) for n in range(len(COLUMNS))]
    assert set(checks) == {f"{letter}2:{letter}{ROOM + 1}" for letter in letters}
    kinds = [checks[f"{x}2:{x}{ROOM + 1}"].get("type") for x in letters]
    expected = {"date": "date", "sex": "list"}
    # an end may be a word: ongoing
    assert kinds == [
        "custom" if column.name == "intervention_end"
        else expected.get(column.kind, "custom") for column in COLUMNS
    ]  # fmt: skip
    # Excel's own dialog takes no longer formula
    formulas = [text for check in checks.values() for text in check.itertext()]
    assert max(map(len, formulas)) <= 255


def test_colours_come_with_another_sign():
    assert (
        workbook.FORMATS["missing"]["bold"] and workbook.FORMATS["wrong"]["underline"]
    )


def test_every_column_has_guidance_and_every_rule_a_colour():
    assert set(GUIDES) == {column.name for column in COLUMNS}
    coloured = {name for rule in rules() for name in rule.columns}
    text = {column.name for column in COLUMNS if column.kind == "text"}
    assert coloured == set(GUIDES) - text
    assert all(of_row(rule.formula).count("{") == 0 for rule in rules())


def test_every_question_is_a_key_of_the_request():
    schema = Request.model_json_schema()
    for question in QUESTIONS:
        place = {"$ref": "#/$defs/Request"} if "Request" in schema["$defs"] else schema
        for name in question.key.split("."):
            options = place.get("anyOf") or place.get("oneOf") or [place]
            models = [
                schema["$defs"][option["$ref"].rsplit("/", 1)[1]]
                if "$ref" in option else option for option in options
            ]  # fmt: skip
            held = [m["properties"] for m in models if name in m.get("properties", {})]
            assert held, question.key
            place = held[0][name]


def test_lists_are_those_of_the_catalogue():
    offered = workbook.lists()
    assert offered["sector"] == ["Voluntary", "Public", "Private", "Other"]
    assert "Through the gate" in offered["intervention"]
    # whoever fits nowhere else
    assert offered["intervention"][-1] == "Other"
    assert offered["setting"] == ["custody", "community", "both"]


# recalculated by LibreOffice -------------------------------------------------------


def before_you_send(folder, people):
    """What the sheet Before you send says: its label, number and first row."""
    path = folder / "filled.xlsx"
    workbook.write(path, people)
    sheet = SHEETS.index("Before you send") + 1
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):"
         f"44,34,76,1,,0,false,true,false,false,false,{sheet}",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    text = (folder / "filled-Before you send.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {row[0]: (row[1], row[2]) for row in rows}


def mistakes():
    """Rows with one mistake each, and the kind that the template should count."""
    day, today = date(2022, 2, 14), date.today()
    return [
        ("Surname is missing", {"surname": None}),
        ("Forename is missing", {"forename": "  "}),
        ("Date of birth is missing", {"date_of_birth": None}),
        ("Sex is missing", {"sex": None}),
        ("None of Index date, Conviction date and Intervention start",
         {"index_date": None}),
        ("Date of birth is not a date", {"date_of_birth": "03/25/1990"}),
        ("Intervention end is not a date", {"intervention_end": "soon"}),
        ("Date of birth lies in the future", {"date_of_birth": today + timedelta(9)}),
        ("Conviction date lies in the future",
         {"conviction_date": today + timedelta(1)}),
        ("Age outside 10 to 100 at the earliest other date",
         {"date_of_birth": date(2012, 2, 15)}),
        ("Age outside 10 to 100 at the earliest other date",
         {"date_of_birth": date(1921, 2, 14)}),
        ("Age outside 10 to 100 at the earliest other date",
         {"date_of_birth": date(2012, 2, 14),
          "conviction_date": day - timedelta(1)}),
        ("Intervention end lies before its start",
         {"intervention_start": day, "intervention_end": day - timedelta(1)}),
        ("Sex is neither Female nor Male", {"sex": "X"}),
        ("PNC ID has another form", {"pnc_id": "2001/12345678A"}),
        ("PNC ID has another form", {"pnc_id": "2001-1234567A"}),
        ("PNC ID has another form", {"pnc_id": "2001/1234567"}),
        ("PNC ID has another form", {"pnc_id": "2001/A"}),
        ("PNC ID has another form", {"pnc_id": "200/1234567A"}),
        ("PNC ID has another form", {"pnc_id": "01/1/2A"}),
        ("Prison number has another form", {"prison_number": "A1234B1"}),
        ("Prison number has another form", {"prison_number": "A123BC"}),
    ]  # fmt: skip


EDGES = [
    {"date_of_birth": date(2012, 2, 14)},
    {"date_of_birth": date(1921, 2, 15)},
    {"intervention_start": date(2022, 2, 14), "intervention_end": date(2022, 2, 14)},
    {"index_date": date.today()},
    {"intervention_end": "ongoing"},
    {"intervention_end": "On-going"},
    {"intervention_end": "Still in support"},
    {"intervention_end": "n/a"},
    {"intervention_end": "-"},
    {"pnc_id": "2001/1234567A"},
    {"pnc_id": "01/1a"},
    {"prison_number": "a1234bc"},
    # a blank that nobody sees, before or behind
    {"pnc_id": "09/7411752N "},
    {"pnc_id": " 2001/1234567A"},
    {"pnc_id": " "},
    {"prison_number": "K0256CG "},
    {"prison_number": " A1234BC"},
    {"prison_number": "  "},
]


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_counts_what_the_check_finds(tmp_path):
    wrong = mistakes()
    people = [{**FINE, **changes} for changes in [*EDGES, *(m for _, m in wrong)]]
    said = before_you_send(tmp_path, people)
    assert said.pop("Rows with anything in them")[0] == str(len(people))
    assert said.pop("Rows with a problem") == (str(len(wrong)), str(len(EDGES) + 2))
    assert said.pop("Rows without a problem")[0] == str(len(EDGES))
    assert said.pop("People expected in the analysis")[0] == "14"  # 0.8 of 18
    assert said.pop("Enough people?")[0] == "No: fewer than 60"
    for rule in rules():
        rows = [n for n, (words, _) in enumerate(wrong, len(EDGES) + 2)
                if words == rule.words]  # fmt: skip
        first = str(rows[0]) if rows else "none"
        assert said[rule.words] == (str(len(rows)), first), rule.words
    # the check of the received file agrees, row by row
    read = submission.read(tmp_path / "filled.xlsx", minimum_people=0)
    known = read.problems[read.problems["rule"].str.contains(
        "must|age|future|before|neither|month above")]  # fmt: skip
    expected = set(range(len(EDGES) + 2, len(people) + 2))
    assert set(known["row"].dropna()) == expected


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("rows, n", [(313, 250), (157, 125)])
def test_libreoffice_finds_the_smallest_reduction(tmp_path, rows, n):
    """The method page: 0.071990 with 250 in the analysis, 0.096601 with 125."""
    said = before_you_send(tmp_path, [FINE] * rows)
    assert said["People expected in the analysis"][0] == str(n)
    assert said["Enough people?"][0] == "Yes"
    shown = float(said["Smallest reduction that could be found"][0].rstrip("%")) / 100
    assert round(shown, 6) == {250: 0.071990, 125: 0.096601}[n]


@pytest.mark.parametrize("n, expected", [(250, 0.071990), (125, 0.096601)])
def test_the_formula_for_the_smallest_reduction(n, expected):
    """The cell's own formula, read as arithmetic, solves the method's equation."""
    formula = template_before._smallest().replace("SQRT", "sqrt").replace("^", "**")
    d = eval(formula, {"sqrt": sqrt, "B6": n, "B8": 0.25, "B9": 10})  # noqa: S307
    assert round(d, 6) == expected
    p = 0.25 - d
    k = template_before.K
    assert d == pytest.approx(
        k * sqrt(p * (1 - p) / n + 0.25 * 0.75 / (10 * n)), rel=1e-12
    )
