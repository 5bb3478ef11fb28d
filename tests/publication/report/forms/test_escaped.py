"""Own words in Markdown: nothing in them is a sign of kramdown's or pandoc's."""

import html
import re
import shutil
import subprocess

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.publication.report.forms import escaped

HARD = [
    "# A heading | `code` [link](x) *a* _b_ **c**",
    "- one -- two --- three ... four",
    "1. first",
    "(1) first",
    "a) b",
    "{: .note} {::comment} $$x$$ ~~gone~~ ^up^ @who [^1] <b>bold</b> &amp; \\ !",
    "\"quoted\" 'words'",
    ": defined = - + %",
    "write to justice.data.lab@example.org",
    "===",
    "---",
]


def rendered(command, texts):
    """Each text as the command prints it, in a heading, a quotation and an item."""
    lines = []
    for words in texts:
        shown = escaped.own(words)
        lines += [f"# {shown}", f"> {shown}", f"- **A:** {shown}", "end"]
    done = subprocess.run(
        command, input="\n\n".join(lines), capture_output=True, text=True, check=True
    )
    page = BeautifulSoup(done.stdout, "html.parser")
    parts = [page.find_all("h1"), page.find_all("blockquote"), page.find_all("li")]
    assert [len(found) for found in parts] == [len(texts)] * 3
    assert {tag.name for tag in page.find_all()} <= {
        "h1", "blockquote", "p", "ul", "li", "strong"
    }  # fmt: skip
    for each in zip(texts, *parts, strict=True):
        words, *printed = each
        yield words, [re.sub(r"\s+", " ", one.get_text()).strip() for one in printed]


@pytest.mark.parametrize(
    "command", [["kramdown"], ["pandoc", "-f", "markdown", "-t", "html"]]
)
def test_kramdown_and_pandoc_print_own_words_as_they_are(command):
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    for words, (heading, quotation, item) in rendered(command, HARD):
        assert heading == quotation == words
        assert item == f"A: {words}"


@settings(max_examples=examples(200), deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"])))
def test_the_words_can_be_read_back_and_stay_on_one_line(words):
    shown = escaped.escape(words)
    assert len(shown.splitlines()) <= 1
    plain = html.unescape(re.sub(r"\\(.)", r"\1", shown))
    assert plain == " ".join(words.split())
    assert not re.search(
        r"(?<!\\)([`*_\[\]{}|$<>~^#]|(?<![A-Za-z0-9])@)", re.sub(r"&#?\w+;", "", shown)
    )


def test_words_from_right_to_left_are_set_apart_and_turn_nothing_around():
    shown = escaped.own("\u05e9\u05dc\u05d5\u05dd\u202e\u2069")
    assert shown == "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
    assert escaped.text("<p><bdi>\u05e9\u05dc</bdi> 5</p>") == (
        "\u2068\u05e9\u05dc\u2069 5"
    )


def test_an_address_can_be_read_in_the_file_itself():
    assert escaped.own("lab@example.org, @lab") == "lab@example.org, &#64;lab"
