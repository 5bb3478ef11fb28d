"""The search for planted values finds them in every form, and finds no others."""

import base64
import gzip
import html
import io
import json
import zipfile
import zlib
from urllib.parse import quote

import pandas as pd
import pytest
from support.planted import found, found_below

NAME = "O'Qzvxmarker-Lee"
IDS = ["2003/7654321", "QZ9 9QZ"]


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def zipped(text: str) -> bytes:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", f"<t>{html.escape(text)}</t>")
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("annex.xlsx", inner.getvalue())
    return outer.getvalue()


def parquet(text: str) -> bytes:
    file = io.BytesIO()
    pd.DataFrame({"a": range(99), "b": ["x"] * 98 + [text]}).to_parquet(
        file, compression="zstd"
    )
    return file.getvalue()


def workbook(text: str) -> bytes:
    file = io.BytesIO()
    pd.DataFrame({"a": [text]}).to_excel(file, engine="xlsxwriter")
    return file.getvalue()


FORMS = {
    "plain": lambda text: f"<p>{text}</p>".encode(),
    "upper case": lambda text: text.upper().encode(),
    "lower case": lambda text: text.lower().encode(),
    "as a title": lambda text: text.title().encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 from an odd place": lambda text: b"x" + text.upper().encode("utf-16-be"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "url": lambda text: f"?q={quote(text, safe='')}".encode(),
    "url, every sign": lambda text: percent(text).encode(),
    "html": lambda text: html.escape(text).encode(),
    "html, every sign": lambda text: "".join(f"&#{ord(s)};" for s in text).encode(),
    "json": lambda text: json.dumps({"a": f"é{text}"}).encode(),
    "json, every sign": lambda text: "".join(
        f"\\u{ord(sign):04x}" for sign in text
    ).encode(),
    **{
        f"base64 after {before} bytes": lambda text, before=before: base64.b64encode(
            b"<svg>"[:before] + text.encode() + b"</svg>"
        )
        for before in range(4)
    },
    "base64 in capitals": lambda text: base64.b64encode(text.upper().encode()),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
    "zip within zip": zipped,
    "workbook": workbook,
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "parquet": parquet,
}


@pytest.mark.parametrize("marker", [NAME, *IDS])
@pytest.mark.parametrize("form", FORMS)
def test_a_marker_is_found_in_every_form(form, marker):
    data = b"\x00 before " + FORMS[form](marker) + b" after \xff"
    if form in ("zip within zip", "workbook", "gzip", "zlib", "parquet"):
        data = FORMS[form](marker)
    assert any(marker in place for place in found(data, ["Nobody", marker], "a file"))


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_there_is_not_found(form):
    assert found(FORMS[form]("O'Qzvxmarke-Lee 2003/7694321"), [NAME, *IDS]) == []


def test_files_and_their_names_are_searched_and_one_folder_is_left_out(tmp_path):
    for name in ("a/x.txt", "a/restricted/data/y.txt", f"b/{IDS[1]}.svg", "b/z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(NAME if name.startswith("a") else "nothing")
    assert found_below(tmp_path, [NAME, *IDS], but="restricted/data") == [
        f"a/x.txt: {NAME} (as it is)",
        f"the name b/{IDS[1]}.svg: {IDS[1]} (as it is)",
    ]
