"""Search bytes for a person's value in every form in which it could hide."""

import base64
import gzip
import html
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pyarrow.parquet as pq


def found(data: bytes, markers: list[str], name: str = "") -> list[str]:
    """Where any of the markers stands: its form and the member that holds it.

    Upper and lower case are alike. Looks into zip files (xlsx, ods), gzip, zlib and
    Parquet, whose pages are compressed.
    """
    places = []
    for member, content in _unpacked(data, name):
        for form, text in _readings(content):
            for marker in markers:
                if any(needle in text for needle in _needles(marker, form)):
                    places.append(f"{member}: {marker} ({form})")
    return places


def found_below(
    folder: Path, markers: list[str], but: str | tuple[str, ...] = ()
) -> list[str]:
    """Where any of the markers stands in a folder's files and their names.

    `but` are parts of paths that are left out, for example "restricted/data".
    """
    places = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part in name for part in ((but,) if isinstance(but, str) else but)):
            continue
        places += found(name.encode(), markers, f"the name {name}")
        if path.is_file():
            places += found(path.read_bytes(), markers, name)
    return places


def _readings(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes, in lower case as far as the form allows, and what they decode to."""
    yield "as it is", data.lower()
    yield "exact", data
    if b"%" in data:
        yield "as it is", unquote_to_bytes(data).lower()
    if b"&" in data:
        yield "as it is", html.unescape(data.decode(errors="replace")).lower().encode()
    if b"\\u" in data:
        yield "as it is", _without_escapes(data).lower()


def _without_escapes(data: bytes) -> bytes:
    """JSON's way to write a letter as its number, undone wherever it stands."""
    parts = data.decode(errors="replace").split("\\u")
    for number, part in enumerate(parts[1:], 1):
        try:
            parts[number] = json.loads(f'"\\u{part[:4]}"') + part[4:]
        except ValueError:
            parts[number] = f"\\u{part}"
    return "".join(parts).encode(errors="replace")


def _needles(marker: str, form: str) -> Iterator[bytes]:
    lower = marker.lower()
    wide = [lower.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    if form == "as it is":
        yield from wide
        yield lower.encode().hex().encode()
        yield marker.upper().encode().hex().encode()
        yield marker.encode().hex().encode()
        return
    for text in {marker, lower, marker.upper(), marker.title()}:
        for code in ("utf-8", "utf-16-le"):
            yield from _base64(text.encode(code))


def _base64(marker: bytes) -> Iterator[bytes]:
    """How base64 spells bytes, which depends on how many stand before them."""
    for before in range(3):
        spelt = base64.b64encode(bytes(before) + marker)
        # signs that mix the marker's bits with its neighbours' are not of the marker
        start = (0, 2, 3)[before]
        end = (before + len(marker)) * 8 // 6
        yield spelt[start:end]
        yield base64.urlsafe_b64encode(bytes(before) + marker)[start:end]


def _unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The bytes, and all that is packed in them."""
    yield name, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for member in file.namelist():
                yield from _unpacked(file.read(member), f"{name}/{member}")
    elif data[:2] == b"\x1f\x8b":
        yield from _unpacked(gzip.decompress(data), f"{name} unzipped")
    elif data[:1] == b"\x78":
        try:
            yield f"{name} inflated", zlib.decompress(data)
        except zlib.error:  # text that begins with an x
            pass
    elif data[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(data))
        for column in table.column_names:
            values = "\n".join(map(str, table[column].to_pylist()))
            yield f"{name} column {column}", f"{column}\n{values}".encode()
