"""Items of reporting standards, as items.csv names them.

The standards are TARGET (Cashin and others 2025), ROBINS-I V2 (the draft of November
2025) and the Maryland scientific methods scale. Their numbers stand as published; their
wording does not: it is a paraphrase, and `SOURCES` says where the wording is.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "items.csv"

TARGET, ROBINS, MARYLAND = "TARGET", "ROBINS-I V2", "Maryland scale"


@dataclass(frozen=True)
class Source:
    """Where a standard is published: in words, and as a link."""

    told: str
    link: str


SOURCES = {
    TARGET: Source(
        "Cashin and others 2025, JAMA, doi:10.1001/jama.2025.13350",
        "https://doi.org/10.1001/jama.2025.13350",
    ),
    ROBINS: Source(
        "Draft of 20 November 2025, riskofbias.info",
        "https://www.riskofbias.info/welcome/robins-i-v2",
    ),
    MARYLAND: Source(
        "Sherman and others 1998, NCJ 171676",
        "https://www.ncjrs.gov/txtfiles/171676.txt",
    ),
}
#: what answers an item that only a person can answer
PERSON = "person"


@dataclass(frozen=True)
class Item:
    """An item of a standard, and what answers it.

    `scale` are the answers that a signalling question may have. `answered_by` is the
    name of a rule, `request:` with a dotted key, or `person`.
    """

    id: str
    standard: str
    item: str
    domain: str
    question: str
    scale: str
    answered_by: str

    def code(self, text: str) -> str:
        """Give the answer of the scale that a text begins with; else nothing."""
        first = re.match(r"\w+", text.strip())
        return first[0] if first and first[0] in self.scale.split() else ""


@cache
def items() -> tuple[Item, ...]:
    """Give every item, in the order of the standards."""
    with PATH.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return tuple(Item(**row) for row in csv.DictReader(lines))
