"""Signs that YAML reads otherwise than they look, each told in its line."""

import json
import re

import pytest
import yaml

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import load
from helpers.request.reading.signs import misread

TEXT = """\
request:
  id: prison-work      # the run's folder
  title: Prison work
  organisation: {name: Trust, sector_type: Voluntary}
  own_words: >-
    We work in prisons
    and outside them.
  numeric:
    - age
    - sex
  seed: 1
"""

NO_BREAK = "a no-break space; type a space in its place"
CUT = (
    "what follows # is taken for a comment and left out; put the whole text in quotes, "
    "or a space after # where it is a comment"
)


def quotes(line, marks):
    return (
        f'line {line}: the quotation marks {marks} are not those of YAML; type " in '
        "their place, or put the whole text between ' and ' to keep them"
    )


def told(old, new):
    """What is told of TEXT with one place replaced."""
    assert TEXT.count(old) == 1
    return misread(TEXT.replace(old, new))[0]


def test_a_text_without_such_signs_is_left_as_it_is():
    assert misread(TEXT) == ([], TEXT)
    for path in (ROOT / "params").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert misread(text) == ([], text)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: ", "title:\xa0", f"line 3: {NO_BREAK}"),
        ("  title", "\xa0\xa0title", f"line 3: {NO_BREAK}"),
        ("title:", "title\xa0:", f"line 3: {NO_BREAK}"),
        ("Prison work", "Prison work\xa0", f"line 3: {NO_BREAK}"),
        ("prison-work      #", "prison-work\xa0# ", f"line 2: {NO_BREAK}"),
        ("Trust, ", "Trust,\xa0", f"line 4: {NO_BREAK}"),
        ("{name: ", "{name:\xa0", f"line 4: {NO_BREAK}"),
        (">-", ">-\xa0", f"line 5: {NO_BREAK}"),
        (">-", ">- \xa0# as sent", f"line 5: {NO_BREAK}"),
        ("    and", "\xa0   and", f"line 7: {NO_BREAK}"),
        ("- age", "-\xa0age", f"line 9: {NO_BREAK}"),
        ("seed: ", "seed:\u2007", "line 11: a figure space; type a space in its place"),
        ("seed: ", "seed:\u202f",
         "line 11: a narrow no-break space; type a space in its place"),
        ("  seed", "\u3000seed",
         "line 11: an ideographic space; type a space in its place"),
        ("seed", "se\u200bed",
         "line 11: a zero width space, which cannot be seen; delete it"),
        ("age", "a\xadge", "line 9: a soft hyphen, which cannot be seen; delete it"),
        ("  seed", "\ufeff  seed",
         "line 11: a byte order mark, which cannot be seen; delete it"),
        ("Prison work", "Prison\u2028work",
         "line 3: a line separator; type a space in its place"),
        ("  seed", "\tseed", "line 11: a tab; put spaces in its place"),
        ("Prison work", "Prison:\twork #", "line 3: a tab; put spaces in its place"),
        ("Prison work", "Prison\twork", "line 3: a tab; put spaces in its place"),
        ("Prison work", "Prison work #2", f"line 3: {CUT}"),
        ("Prison work", "Prison work # 2", f"line 3: {CUT}"),
        ("Prison work", "#2", f"line 3: {CUT}"),
        ("Prison work", "Work in\n    wing # B\n    and C", f"line 4: {CUT}"),
        ("name: Trust", "name: Trust #2", f"line 4: {CUT}"),
        ("- age", "- #1", f"line 9: {CUT}"),
        ("Prison work", "“Prison work”", quotes(3, '“ ”')),
        ("Prison work", "“Prison: work”  # x", quotes(3, '“ ”')),
        ("Prison work", '"Prison work”', quotes(3, '" ”')),
        ("Prison work", "„Prison work“", quotes(3, '„ “')),
        ("name: Trust", "name: ‘Trust’", quotes(4, '‘ ’')),
        ("seed", "“seed”", quotes(11, '“ ”')),
    ],
)  # fmt: skip
def test_what_is_misread_is_told_in_its_line(old, new, line):
    assert told(old, new) == [line]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Prison work", "Prison\xa0work"),
        ("Prison work", "Prison:\xa0work"),
        ("Prison work", "Prison work\xa0#2"),
        ("Prison work", '"\xa0Prison work # 2\u200b"'),
        ("Prison work", "Prison re\xadhabilitation"),
        ("Prison work", "Prison\n    work\xa0for all"),
        ("Prison work", "“Hope” and “work”"),
        ("Prison work", '"“Prison work”"'),
        ("Prison work", "'‘Prison work’'"),
        ("Prison work", '"In “work”\n    in prison"'),
        ("Prison work", '"Prison work”"'),
        ("Prison work", "The governor’s wing"),
        ("Prison work", "C# at work"),
        ("Prison work", "Prison work # its words"),
        ("Prison work", "Prison work#2"),
        ("the run's", "the\xa0run's “folder” #2"),
        ("We work", "We\xa0work #2"),
        ("seed: 1", "seed: 1 #first"),
        ("- age", "- age\n    #- sex"),
        (">-", ">- # “as\xa0sent” #2"),
        ("numeric:", "numeric: #all"),
        ("  numeric:\n    - age\n    -", "  numeric: #all\n  - age\n  -"),
    ],
)
def test_what_stays_as_it_was_typed_is_fine(old, new):
    assert told(old, new) == []


def test_any_space_that_is_none_is_told_or_stays_a_blank_of_a_text():
    for at in (match.start() for match in re.finditer(" ", TEXT)):
        text = f"{TEXT[:at]}\xa0{TEXT[at + 1 :]}"
        if not misread(text)[0]:
            read = json.dumps(yaml.safe_load(text), ensure_ascii=False)
            assert json.loads(read.replace("\xa0", " ")) == yaml.safe_load(TEXT)


def test_every_line_is_told_at_once_beside_a_key_that_stands_twice(tmp_path):
    path = tmp_path / "x.yml"
    text = TEXT.replace("title: ", "title:\xa0").replace(
        "seed: 1", "seed: 1\xa0\n  id: x"
    )
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    with pytest.raises(RequestError) as caught:
        load(path)
    assert caught.value.problems == [
        f"{path}: line 3: {NO_BREAK}",
        f"{path}: line 11: {NO_BREAK}",
        f"{path}: line 12: id stands here again, first in line 2; keep one of the two",
    ]


def test_where_yaml_cannot_read_on_edges_are_told_all_the_same():
    # the bracket that is not closed hides what keys and values there are
    text = TEXT.replace("Voluntary}", "Voluntary").replace("seed: ", "seed:\xa0")
    assert misread(text)[0] == [f"line 11: {NO_BREAK}"]


def test_a_value_or_key_that_is_refused_is_shown_with_the_sign_in_it():
    with pytest.raises(RequestError) as caught:
        load({"eligibility": {"sentence": "all\xa0sentences"}, "title\u200b": "x"})
    text = str(caught.value)
    assert 'found "all<no-break space>sentences"' in text
    assert "title<zero width space> is not a key of a request; did you mean ti" in text
