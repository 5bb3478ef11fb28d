"""Tables as the bytes of a CSV file: no text of them is a formula."""

import csv
import io

import pandas as pd
import pytest

from helpers.files import harmless
from helpers.runs.written.contents import as_bytes

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", " =", "\u200b=", "\ufeff+", "\u3000@")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("kind", ["object", "string", "category"])
def test_names_and_texts_begin_no_formula_and_numbers_stay_numbers(sign, kind):
    text = f"{sign}cmd|' /C calc'!A0"
    table = pd.DataFrame({text: pd.Series([text, None]).astype(kind), "n": [-1.5, 2.0]})
    written = as_bytes("a.csv", table).decode()
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert list(table) == [text, "n"]
    text = text.replace("\r", "\n")
    assert rows == [[f"'{text}", "n"], [f"'{text}", "-1.5"], ["", "2.0"]]


def test_a_carriage_return_begins_no_row_of_its_own():
    written = as_bytes("a.csv", pd.DataFrame({"a": ["x\r=cmd()"]})).decode()
    assert written == 'a\n"x\n=cmd()"\n'


@pytest.mark.parametrize("text", ["a=1", "'=1", "", "\u22123.4", "A – 2", " a"])
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text
