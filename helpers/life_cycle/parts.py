"""The parts of a report that a person looks through, each with figures and links.

Whatever is told here was released: it comes from release/, from the numbers in
report.html, and from the counts of audit/. A number that was withheld is told as [c].
"""

import csv
import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.life_cycle.approval import REVIEWERS
from helpers.publication import refs
from helpers.publication.flat import as_printed

#: how a number is told that was withheld, or told as a range
WITHHELD = "[c]"
#: the table of release/ that says whom the linkage found, and by which passes
FOUND = "release/tables/found-in-records.csv"
#: what checks.csv calls the second program's fit, and the rows of the design gate
SECOND, GATE = "fit the same propensity model", "design gate, "

#: the line that a page has on its own standing
STATUS = re.compile(r'<p class="jdl-header__status"[^>]*>(.*?)</p>', re.DOTALL)
#: how the result of a check is told
TOLD = {"pass": "passed", "warn": "warned", "fail": "failed"}
#: sections that every page has one of, where a part has none of its own
ELSEWHERE = ("people", "main-points")


@dataclass(frozen=True)
class Part:
    """A part that is looked through: lines of figures, and where it can be read.

    `anchors` are sections of the reviewers' copy and `sha256` is the hash of their
    HTML, which the ledger keeps.
    """

    name: str
    figures: tuple[str, ...]
    anchors: tuple[str, ...]
    sha256: str

    def as_line(self) -> dict[str, Any]:
        """Give the part as the ledger has it."""
        return {
            "part": self.name,
            "figures": list(self.figures),
            "anchors": list(self.anchors),
            "sha256": self.sha256,
        }


def parts(folder: Path) -> list[Part]:
    """Give the parts of a finished run that apply to it, in the order of the work.

    A summary of published results has no people, so that only its tests, wording and
    disclosure are looked through; a run without a result has no matching.
    """
    report = _Report(folder)
    every = [
        ("linkage", report.linkage(), ("linkage", "unmatched")),
        ("cohort", report.cohort(), ("people",)),
        ("balance", report.balance(), ("balance",)),
        ("design gate", report.gate(), ("gate",)),
        ("tests", report.tests(), ("checks", "results")),
        ("wording", report.wording(), ("main-points", "can-say")),
        ("disclosure", report.disclosure(), ("rules",)),
    ]
    return [report.part(name, lines, keys) for name, lines, keys in every if lines]


def sections(page: str) -> dict[str, str]:
    """Give the HTML of each section of a page by its anchor."""
    starts = list(re.finditer(r'<h2 id="([^"]*)"', page))
    ends = [*(start.start() for start in starts), len(page)][1:]
    return {
        start[1]: page[start.start() : end]
        for start, end in zip(starts, ends, strict=False)
    }


def page_numbers(page: str) -> dict[str, float]:
    """Give the numbers of a published page by their ref."""
    pattern = r'<script type="application/json" id="report-results">(.*?)</script>'
    block = re.search(pattern, page, re.DOTALL)
    return json.loads(block[1]) if block else {}


def largest(balance: list[dict[str, Any]]) -> float | None:
    """Give the largest standardised mean difference shown of a result's balance."""
    after = [abs(row["smd_after"]) for row in balance if row["smd_after"] is not None]
    return max(after, default=None)


class _Report:
    """What was released of a run, part by part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.request = yaml.safe_load(self._text("audit/request.yml"))["request"]
        self.result = json.loads(self._text("release/result.json"))
        self.checks = self._rows("audit/checks.csv")
        self.sections = sections(self._text(REVIEWERS))

    def part(self, name: str, lines: list[str], anchors: tuple[str, ...]) -> Part:
        """Give a part with the sections that this reviewers' copy has of it."""
        there = tuple(key for key in anchors if key in self.sections)
        if not there:  # a run without a result has fewer sections
            there = tuple(key for key in ELSEWHERE if key in self.sections)[:1]
        markup = "".join(self.sections[key] for key in there)
        sha = hashlib.sha256(markup.encode()).hexdigest()
        return Part(name, tuple(lines), there, sha)

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The numbers of the published page by their ref."""
        return page_numbers(self._text("report.html"))

    @property
    def headlines(self) -> list[dict[str, Any]]:
        return [one for one in self.result.get("analyses", []) if one["headline"]]

    def linkage(self) -> list[str]:
        if "analyses" not in self.result:
            return []
        if not (self.folder / FOUND).is_file():
            return ["The request came with a ready cohort: the kit linked nobody."]
        rows = [as_printed(row) for row in self._rows(FOUND)]
        told = "; ".join(f"{how}: {lines} ({share})" for how, lines, share in rows)
        submitted = self._number("intake.submitted")
        return [f"{submitted} lines were submitted.", f"{told}."]

    def cohort(self) -> list[str]:
        return [
            f"{one['name']}: {printed(one['n_treatment'])} of "
            f"{printed(one['n_submitted'])} submitted are analysed, beside "
            f"{printed(one['n_comparison'])} in the comparison group; "
            f"{self._boxes(one)}."
            for one in self.headlines
        ]

    def _boxes(self, one: dict[str, Any]) -> str:
        """Tell whether those analysed and not make up all who were submitted."""
        out = self.numbers.get(refs.of(one["name"], "not_analysed"))
        if why := one.get("could_not_be_analysed"):
            return f"it has no result ({why.replace('_', ' ')})"
        if out is None or None in (one["n_submitted"], one["n_treatment"]):
            return f"not analysed: {WITHHELD}"
        adds = one["n_treatment"] + out == one["n_submitted"]
        rounded = self.request["disclosure"]["profile"] == "rounded"
        said = "and the boxes add up" if adds else "WHICH DOES NOT ADD UP"
        return f"{out:,.0f} are not, {'rounded as they are' if rounded else said}"

    def balance(self) -> list[str]:
        lines = []
        for one in self.headlines:
            if not one["balance"]:
                continue
            hidden = sum(row["smd_after"] is None for row in one["balance"])
            size = largest(one["balance"])
            most = WITHHELD if size is None else f"{size:.1f}%"
            count = f"{hidden} of {len(one['balance'])}"
            more = f"; {count} are {WITHHELD}" if hidden else ""
            quality = one["match_quality"]
            verdict = f"{quality} matched" if quality else f"verdict {WITHHELD}"
            lines.append(
                f"{one['name']}: {verdict}; the largest standardised mean difference "
                f"shown is {most}{more}."
            )
        return lines

    def gate(self) -> list[str]:
        rows = [row for row in self.checks if GATE in row["check"]]
        names = dict.fromkeys(row["check"].partition(f": {GATE}")[0] for row in rows)
        return [f"{name}: {self._criteria(name, rows)}." for name in names]

    def _criteria(self, name: str, rows: list[dict[str, str]]) -> str:
        start = f"{name}: {GATE}"
        return ", ".join(
            f"{row['check'].removeprefix(start)} {row['found']}"
            for row in rows
            if row["check"].startswith(start)
        )

    def tests(self) -> list[str]:
        counts = Counter(row["result"] for row in self.checks)
        told = ", ".join(f"{counts[result]} {word}" for result, word in TOLD.items())
        lines = [f"Checks of the run: {told}."]
        second = [row for row in self.checks if SECOND in row["check"]]
        if second:
            agree = sum(row["result"] == "pass" for row in second)
            lines.append(
                f"A second program fitted the propensity models again: {agree} of "
                f"{len(second)} agree."
            )
        return [*lines, *self._estimates()]

    def _estimates(self) -> Iterator[str]:
        """Give the first outcome of each headline with its interval."""
        asked = {one["name"]: one for one in self.request.get("outcomes", [])}
        for analysis in self.headlines:
            for one in analysis["outcomes"][:1]:
                outcome = asked[one["outcome"]]
                rate = outcome["kind"] == "rate"
                keys = ("difference", "ci_low", "ci_high")
                told, low, high = (
                    printed(one[key], times=100 if rate else 1) for key in keys
                )
                unit = " in every 100 people" if rate else ""
                yield (
                    f"{analysis['name']}, {outcome['label']}: difference {told} "
                    f"({low} to {high}){unit}."
                )

    def wording(self) -> list[str]:
        manifest = json.loads(self._text("audit/manifest.json"))
        shown = STATUS.search(self._text("report.html"))
        status = (
            html.unescape(re.sub(r"<[^>]+>", "", shown[1])).strip() if shown else ""
        )
        line = f"The page's status line: {status or 'there is none.'}"
        return [f"The headline: {manifest['headline']}", line]

    def disclosure(self) -> list[str]:
        rows = self._rows("audit/disclosure.csv")
        counts = Counter(row["decision"] for row in rows)
        settings = self.request.get("disclosure")
        if settings is None or settings["profile"] == "none":
            profile = "profile none: nothing is hidden"
            if settings is None:
                profile = "published results alone: nobody's numbers to hide"
            elif settings.get("reason"):
                profile += f", since: {settings['reason'].rstrip('.')}"
        else:
            name, threshold = settings["profile"], settings["threshold"]
            profile = f"profile {name}, threshold {threshold}"
        told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        return [
            f"{profile[0].upper()}{profile[1:]}.",
            f"Numbers: {told or 'none'}.",
            "Both pages were read back: all of their numbers were released.",
        ]

    def _number(self, ref: str) -> str:
        return printed(self.numbers.get(ref))

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def _rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self._text(name))))


def printed(value: float | None, times: int = 1) -> str:
    """Give a released number as the console has it; [c] for one that was withheld."""
    return WITHHELD if value is None else f"{round(value * times, 2):,.10g}"
