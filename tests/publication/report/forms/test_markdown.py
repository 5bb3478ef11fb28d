"""Every table as Markdown: what the page prints, and nothing that becomes markup."""

import pytest
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
)

from helpers.publication.disclosure import release
from helpers.publication.report import assembly
from helpers.publication.report.forms.markdown import markdown, plain
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part


@pytest.fixture
def make(make_run, study):
    """The small study as it is written, with other hidden numbers."""

    def report(hidden=0):
        request = study()
        cells, sums = cells_of_every_kind(hidden)
        decision = release(cells, sums, profile="default", threshold=10)
        blocks_ = every_block(make_run(request, hidden))
        found = [Part(section, block.recipe) for section, block in blocks_]
        made = content(found, request, decision)
        files = assembly.files(made.released, made.decision, made.drawn)
        return Written(made, files, {})

    return report


def test_each_table_has_a_file_beside_its_csv_with_title_and_source(make):
    report = make()
    files = markdown(report)
    csv = {name for name in report.files if name.endswith(".csv")}
    assert {name.replace(".md", ".csv") for name in files} == csv
    for name, text in files.items():
        title, *_, source = text.strip().split("\n\n")
        assert title.startswith(("## Table ", "## Data for Figure ")), name
        assert source.startswith("Source: "), name
        [rows] = [part for part in text.split("\n\n") if part.startswith("|")]
        # every row has as many cells as the head
        counts = {line.replace("\\|", "").count("|") for line in rows.split("\n")}
        assert len(counts) == 1, name


def test_hidden_numbers_are_in_no_file_and_change_none(make):
    files = markdown(make())
    assert files == markdown(make(hidden=2))
    text = "".join(files.values())
    assert "\\[c\\]" in text
    assert not [one for one in WITHHELD_TEXTS if one in text]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a|b *c*", "a\\|b \\*c\\*"),
        ("1. first", "1\\. first"),
        ("# a", "\\# a"),
        ("a\n  b", "a b"),
        ("<b> & ~", "\\<b\\> &amp; &#126;"),
    ],
)
def test_words_are_shown_as_they_are(words, shown):
    assert plain(words) == shown
