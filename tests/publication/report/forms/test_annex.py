"""The annex: two workbooks with the page's numbers, read back by another program."""

import io
import re
import subprocess
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from support.effort import examples
from support.small_report import cells_of_every_kind, content, every_block

from helpers.files import harmless
from helpers.publication.disclosure import release
from helpers.publication.numbers import Number
from helpers.publication.report import assembly
from helpers.publication.report.forms.annex import front, sheets
from helpers.publication.report.forms.annex.open_document import open_document
from helpers.publication.report.forms.annex.workbook import heights, workbook
from helpers.publication.report.forms.annex.written import annex
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part

FILES = ("annex.xlsx", "annex.ods")
MADE = ({"title": "t", "author": "u"}, date(2026, 6, 25))


@pytest.fixture
def make(make_run, study):
    """The small study as it is written, with other hidden numbers or settings."""

    def report(hidden=0, **changes):
        request = study(**changes)
        cells, sums = cells_of_every_kind(hidden)
        profile = request.disclosure.profile
        decision = release(cells, sums, profile=profile, threshold=10)
        blocks_ = every_block(make_run(request, hidden))
        found = [Part(section, block.recipe) for section, block in blocks_]
        made = content(found, request, decision)
        files = assembly.files(made.released, made.decision, made.drawn)
        return Written(made, files, {})

    return report


def opened(files, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(files[name]))


def table_of(book, name, head):
    """The rows of a sheet below the head of its table."""
    rows = book.get_sheet_by_name(name).to_python()
    at = next(i for i, row in enumerate(rows) if row[: len(head)] == head)
    return [row[: len(head)] for row in rows[at + 1 :]]


@pytest.mark.parametrize("name", FILES)
def test_every_number_of_a_table_is_that_of_the_page(make, name):
    report = make()
    book = opened(annex(report), name)
    page = BeautifulSoup("".join(report.contents.drawn.values()), "html.parser")
    seen = 0
    for table in page.find_all("table"):
        title = table.caption.get_text()
        sheet = re.match(r"Data for Figure \d+|Table \d+", title)[0]
        rows = book.get_sheet_by_name(sheet).to_python()
        assert rows[0][0] == title
        held = [cell for row in rows for cell in row if isinstance(cell, float)]
        for data in table.select("td > data"):
            assert float(data["value"]) in held, (sheet, data)
            seen += 1
        assert len(held) >= len(table.select("td > data"))
        symbols = [cell.get_text() for cell in table.select("td span[role=img]")]
        texts = [cell for row in rows for cell in row]
        assert all(texts.count(one) >= symbols.count(one) for one in set(symbols))
    assert seen > 20


@pytest.mark.parametrize("name", FILES)
def test_it_has_a_cover_contents_notes_and_a_table_a_sheet(make, name):
    report = make()
    book = opened(annex(report), name)
    of_tables = [one.name for one in sheets.sheets(report)]
    assert book.sheet_names == ["Cover", "Contents", "Notes", *of_tables]
    assert (
        len(set(map(str.casefold, of_tables)))
        == len(of_tables)
        == len([file for file in report.files if file.endswith(".csv")])
    )
    assert all(len(one) <= 31 for one in of_tables)  # what a workbook takes
    cover = [row[0] for row in book.get_sheet_by_name("Cover").to_python()]
    request = report.contents.request
    assert cover[0] == f"Annex: {request.title}"
    assert f"Organisation: {request.organisation.name}" in cover
    assert cover[-2:] == ["Contact", request.publication.contact]
    listed = [row[0] for row in table_of(book, "Contents", ["Sheet", "What it holds"])]
    assert listed == ["Notes", *of_tables]
    signs = dict(table_of(book, "Notes", ["What is shown", "What it means"]))
    assert {"[c]", "[z]", "from, to", "Rounding"} <= set(signs)


def test_the_cover_names_what_only_reviewers_have(make):
    # three tables and a figure beside the report, of which one table is left out here
    apart = ["Table 38", "Figure 25", "Table 40", "Table 39", "Table 46"]
    assert front._named(apart) == "Tables 38 to 40, 46 and Figure 25"
    assert front._named(["Figure 2"]) == "Figure 2"
    content_ = make().contents
    public = list(front._beside(content_))
    further = content_.with_further().parts[len(content_.parts) :]
    assert bool(public) == bool(further)


def test_rows_are_as_high_as_their_words_and_pages_one_sheet_wide(make):
    # a column of 60 signs: 61 take two lines, three times 40 three, a line's end one
    long = ["a" * 60, " ".join(["b" * 30] * 2), " ".join(["c" * 40] * 3), "d\ne"]
    sheet = one_sheet(long)
    assert heights(sheet) == [1, 1, 2, 3, 2]
    files = annex(make())
    with zipfile.ZipFile(io.BytesIO(files["annex.xlsx"])) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                markup = parts.read(name).decode()
                assert 'orientation="landscape"' in markup
                assert (
                    'fitToHeight="0"' in markup and "<pageSetUpPr fitToPage" in markup
                )
                assert "customHeight" in markup
    with zipfile.ZipFile(io.BytesIO(files["annex.ods"])) as parts:
        styles, body = (parts.read(f"{n}.xml").decode() for n in ("styles", "content"))
        assert 'print-orientation="landscape"' in styles
        assert 'scale-to-X="1"' in styles and "master-page-name" in body
        assert "row-height" in body


@pytest.mark.parametrize("make_file", [workbook, open_document])
def test_fewer_is_a_negative_number_whose_heading_says_so(make_file):
    rows = [["Women", {"ref": "gap", "format": "fewer"}]]
    recipe = {"block": "table", "key": "k", "caption": "Of all", "source": "Here"}
    recipe |= {"columns": ["Who", "Difference"], "rows": rows, "notes": []}
    sheet = sheets._sheet(Part("results", recipe), "Table 1", {"gap": -9.0})
    head = ["Who", "Difference (minus means fewer)"]
    assert (sheet.title, sheet.headings) == ("Table 1: Of all", head)
    book = {"file": make_file(front.Cover("c", ["d"], ["e"], "f"), [sheet], *MADE)}
    assert table_of(opened(book, "file"), "Table 1", head) == [["Women", -9.0]]


def test_hidden_numbers_change_nothing_and_the_bytes_are_the_same_every_time(make):
    first = annex(make())
    assert annex(make()) == first
    for hidden in (1, 2, 3):
        assert annex(make(hidden)) == first


def test_the_parts_of_a_file_are_of_the_day_of_publication(make):
    report = make()
    made = report.contents.request.publication.date
    files = annex(report)
    with zipfile.ZipFile(io.BytesIO(files["annex.ods"])) as parts:
        entries = parts.infolist()
        assert entries[0].filename == "mimetype"
        assert entries[0].compress_type == zipfile.ZIP_STORED
        assert [e.filename for e in entries[1:]] == sorted(parts.namelist()[1:])
        day = (made.year, made.month, made.day, 0, 0, 0)
        assert {entry.date_time for entry in entries} == {day}
        assert made.isoformat() in parts.read("meta.xml").decode()
        assert "database-range" in parts.read("content.xml").decode()
    with zipfile.ZipFile(io.BytesIO(files["annex.xlsx"])) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert (
            re.findall(r"(\d{4}-\d\d-\d\d)T00:00:00Z", core) == [made.isoformat()] * 2
        )
        sheets_ = [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        tables_ = [n for n in parts.namelist() if n.startswith("xl/tables/")]
        assert len(tables_) == len(sheets_) - 1  # all but the cover
        for one in sheets_:
            markup = parts.read(one).decode()
            assert "<mergeCell" not in markup and "<f>" not in markup


@pytest.mark.parametrize(
    ("value", "format", "code"),
    [
        (35.0, "per_cent", '0"%"'),
        (2439.0, "count", "#,##0"),
        (-9.0, "fewer", "0"),
        (1.62, "frequency", "0.00"),
        (0.0, "p", '"<0.01"'),
        (5.0, "smd", "0.0"),
        (2018.0, "setting", "0"),
    ],
)
def test_a_number_is_shown_as_the_page_prints_it(value, format, code):
    assert sheets.number_format(Number("n", value, format)) == code


# any text --------------------------------------------------------------------------

ANY = st.text(max_size=30) | st.sampled_from(
    ["=1+1", "$$note$$", "[a](http://b)", "{=1}", "http://a.b", "–", "شكرا", "_x0041_",
     "a  b", " a", "a\nb", "a\tb", "1", "-9", "@x", "<b>&amp;"]
)  # fmt: skip


def one_sheet(texts):
    rows = [[sheets.Cell(sheets.written(text))] * 2 for text in texts]
    return sheets.Sheet("Table 1", sheets.written(texts[0]), ["a"], ["A", "B"], rows)


@given(st.lists(ANY, min_size=1, max_size=5))
@settings(max_examples=examples(30), deadline=None)
def test_any_text_comes_back_as_text(texts):
    """But for signs that no workbook can hold, and blanks at its ends."""
    cover = front.Cover("c", ["d"], ["e"], "f")
    given_ = (
        cover,
        [one_sheet(texts)],
        {"title": "t", "author": "u"},
        date(2026, 6, 25),
    )
    expected = [sheets.written(text) for text in texts]
    for made in (workbook, open_document):
        book = CalamineWorkbook.from_filelike(io.BytesIO(made(*given_)))
        rows = table_of(book, "Table 1", ["A", "B"])
        assert rows == [[text, text] for text in expected], made
        assert book.get_sheet_by_name("Table 1").to_python()[0][0] == expected[0]


def test_a_written_text_is_never_empty_and_never_a_formula():
    assert sheets.written(" \x00\x1f") == "[z]"
    assert sheets.written("=1+1") == harmless("=1+1") == "'=1+1"


def test_headings_that_are_the_same_stand_apart():
    assert sheets._apart(["A", "a", "A"]) == ["A", "a (2)", "A (3)"]


# the program that people have -------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_libreoffice_opens_it_and_shows_what_the_page_prints(make, tmp_path, name):
    files = annex(make())
    (tmp_path / name).write_bytes(files[name])
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", to, "--outdir",
         str(tmp_path / "out"), str(tmp_path / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shown = {
        path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()
    }
    assert len(shown) == len(opened(files, name).sheet_names)
    whole = "".join(shown.values())
    assert "-6" in whole and "[c]" in whole and "%" in whole
