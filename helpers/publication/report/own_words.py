"""Own words of a request: which numbers of the page are theirs, and a table of them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from helpers.files import ROOT
from helpers.publication.blocks import fold, see
from helpers.publication.labels import NAMES, plain
from helpers.publication.report.publish_cells import Part
from helpers.request import AnyRequest
from helpers.request.measures.standard import together

#: keys of a request whose texts the page does not print, or which are no words
NOT_PRINTED = {"id", "reporting", "inputs", "findings", "covariates", "exact",
               "file_sha256", "release_at", "pre_release", "filter",
               "treatment_filter", "pool", "engine"}  # fmt: skip

#: words of the published results that a page prints: columns, by their file
OF_CATALOGUE = {"types.csv": ["label"], "counts.csv": ["source"],
                "results.csv": ["organisation", "programme"]}  # fmt: skip

#: the table of numbers that stand in the request's own words
KEY = "own-numbers"

DATE = r"\d{4}-\d\d-\d\d"
YEAR = r"\b(?:19|20)\d\d\b"


def texts(request: AnyRequest) -> list[str]:
    """Give every text of the request, and name of a variable, that holds a digit.

    So do the names of the catalogue, of which a page tells beside the request's own.
    What a standard measure is called within the days that the request asks for holds
    these days. The longest comes first, so that none is taken for a part of it.
    """
    leaves = [text for _, text in _leaves(request.completed())]
    rows = [outcome.standard for outcome in request.outcomes if outcome.standard]
    leaves += [text for row in rows for _, text in _leaves(asdict(row))]
    leaves += [together(row) for row in rows if row.adds_up]
    found = {
        re.sub(r"\s+", " ", form).strip()
        for text in [*leaves, *NAMES.values(), *_of_catalogue(request)]
        for part in [text, *text.split("\n\n"), *text.splitlines()]
        for form in (part, plain(part), part.removesuffix("."))
        if re.search(r"\d", part)
    }
    return sorted(found, key=lambda text: (-len(text), text))


def _of_catalogue(request: AnyRequest) -> Iterator[str]:
    """Give what types, organisations, programmes and sources of results are called."""
    folder = ROOT / request.findings.catalogue
    for name, columns in OF_CATALOGUE.items():
        frame = pd.read_csv(folder / name, dtype=str, encoding="utf-8-sig")
        for column in columns:
            yield from frame[column].dropna().str.strip()


def _leaves(
    content: Any, skip: Collection[str] = (), key: str = ""
) -> Iterator[tuple[str, str]]:
    """Give every text with its dotted key; the name of a key is one too."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name not in skip:
                yield key, str(name)
                yield from _leaves(value, skip, f"{key}.{name}".strip("."))
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _leaves(value, skip, key)
    elif isinstance(content, str):
        yield key, content


def without(said: str, theirs: list[str]) -> str:
    """Give what is said without the texts that stand in it whole.

    Capitals do not matter. A text without a letter ("12") counts only where it is all
    that is said or stands apart, in quotation marks or beside a colon.
    """
    for text in theirs:
        whole = rf"(?<!\w){re.escape(text)}(?!\w)"
        if not re.search(r"[^\W\d_]", text):
            whole = rf"(?:(?<=“)|(?<=: )|^){re.escape(text)}(?:(?=”)|(?=:)|$)"
        said = re.sub(whole, " ", said, flags=re.IGNORECASE)
    return said


def table(request: AnyRequest) -> list[Part]:
    """List the sentences of the request that hold a number, other than a year.

    A reader can then tell these numbers from those that were worked out; there is no
    table where the request has none.
    """
    rows = [
        [_called(key), sentence]
        for key, text in _leaves(request.completed(), NOT_PRINTED)
        if not re.fullmatch(DATE, text)
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text)
        if re.search(r"\d", re.sub(YEAR, "", sentence))
    ]
    if not rows:
        return []
    key = KEY
    recipe = {
        "block": "table",
        "key": key,
        "caption": "Numbers in words of the request",
        "columns": ["Where", "Words"],
        "rows": [list(row) for row in dict.fromkeys(map(tuple, rows))],
        "lead": [see(key), " lists the words of the request that hold a number. These "
                 "numbers were not worked out from the data."],
        "notes": [],
        "source": "The request",
        "fold": fold("Numbers in the request’s own words"),
    }  # fmt: skip
    return [Part("about", recipe)]


def _called(key: str) -> str:
    first, *others = key.split(".")
    return ": ".join([plain(first), *(plain(name).lower() for name in others)])
