"""What the reviewers' copy adds: code, checks, and where each number comes from."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.publication import tables
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.report.publish_cells import Code

COLUMNS = [
    "Number",
    "Value",
    "Numerator",
    "Denominator",
    "Needs",
    "Rule of the method",
    "Disclosure decision",
]

LEAD = (
    "Numbers in sentences and tables link to their row here; those drawn in a figure, "
    "and ranges, stand in its table. Numerator and denominator are people without "
    "weights, for disclosure control: how many have the outcome or a value other than "
    "nought, and of how many. They are not the sums behind a mean or a weighted value. "
    "A number is hidden together with those that it needs, by a rule that Table A2 "
    "explains. The figure before the colon "
    "of a rule is the section of the method: records, propensity, matching, balance, "
    "estimates, sensitivity, results so far, disclosure, words and rounding, counted "
    "from one."
)

#: what the letters of the rules stand for
LETTERS = (
    "w: weights, programme people have equal ones; n_e = (Σw)²/Σw²; variances have the "
    "divisor n−1; Vₜ = s²ₜ/nₜ; V_c = n_e/(n_e−1)·Σw²(y−ȳ_c)²/(Σw)²; "
    "df = (Vₜ+V_c)²/(Vₜ²/(nₜ−1)+V_c²/(n_e−1)); s = √((s²ₜ+s²_c)/2) before matching; "
    "T: smallest count that is shown"
)


@dataclass(frozen=True)
class Evidence:
    """What lies behind a report: its code, its cells, where they were made, checks."""

    codes: list[Code]
    cells: dict[str, Cell]
    made_in: Mapping[str, Code]
    checks: list[list[str]]


def code(cell: Code) -> str:
    """Give a code cell, closed, with what it does as its summary."""
    return (
        f'<details class="jdl-code"><summary>Code: {html.escape(cell.does)}, '
        f"<code>{html.escape(cell.notebook)}</code></summary>"
        f"<pre><code>{html.escape(cell.source)}</code></pre></details>"
    )


def stages(codes: Iterable[Code]) -> str:
    """Give the code of every stage that declares no part of the report, in order."""
    shown, notebook = [], ""
    for cell in codes:
        if cell.notebook != notebook:
            notebook = cell.notebook
            shown.append(f"<h3><code>{html.escape(notebook)}</code></h3>")
        shown.append(code(cell))
    lead = (
        "<p>The code that makes the tables and figures stands below each of them.</p>"
    )
    return lead + "".join(shown)


def checks(rows: list[list[str]]) -> str:
    """Give every check of the run; a gate that fails stops a report."""
    columns = ["Check", "Stage", "Expected", "Found", "Result"]
    body = [[check, stage, *rest] for stage, check, *rest in rows]
    return "<p>A check that only warns does not stop a report.</p>" + tables.render(
        "table-checks", "Table A1: Checks of this run", columns, body
    )


def by_rule(cells: Iterable[Cell], decision: Decision) -> str:
    """Give how many numbers were withheld by each rule, and how many were not."""
    rows = [
        [rule or "none", what, why, str(count)]
        for rule, what, why, count in disclosure_log.by_rule(cells, decision)
    ]
    lead = "Each number that a stage registered is counted once, shown or not."
    return f"<p>{lead}</p>" + tables.render(
        "table-decisions", "Table A2: Numbers by what was decided on them",
        ["Rule", "Decision", "Why", "Numbers"], rows,
    )  # fmt: skip


class Origins:
    """Where each number comes from, by its place in the list of all of them."""

    def __init__(
        self,
        cells: Mapping[str, Cell],
        made_in: Mapping[str, Code],
        decision: Decision,
        used: Iterable[str],
        threshold: int,
    ) -> None:
        self._threshold = threshold  # 0 where nothing is hidden
        self._cells, self._made_in, self._decision = cells, made_in, decision
        wanted, todo = set(), list(used)
        while todo:
            ref = todo.pop()
            if ref in cells and ref not in wanted:
                wanted.add(ref)
                todo += cells[ref].needs
        refs = [ref for ref in cells if ref in wanted]
        self._ids = {ref: f"number-{place}" for place, ref in enumerate(refs, 1)}

    def link(self, ref: str, shown: str) -> str:
        """Give a number as a link to where it comes from."""
        return f'<a class="jdl-origin" href="#{self._ids[ref]}">{shown}</a>'

    def linked(self, markup: str) -> str:
        """Give a page in which every number, hidden ones too, links to its origin."""
        pattern = (
            r'<data value="[^"]*" data-ref="([^"]*)">[^<]*</data>'
            r'|<span role="img" aria-label="[^"]*" data-not-shown="([^"]*)">'
            r"[^<]*</span>"
        )

        def link(found: re.Match) -> str:
            ref = html.unescape(found.group(1) or found.group(2))
            return self.link(ref, found.group()) if ref in self._ids else found.group()

        return re.sub(pattern, link, markup)

    def section(self) -> str:
        """Give one table a heading of a notebook, one row a number."""
        groups: dict[tuple[str, str], list[str]] = {}
        for ref in self._ids:
            made = self._made_in.get(ref)
            place = (made.notebook, made.heading) if made else ("", "Report")
            groups.setdefault(place, []).append(ref)
        shown = [f"<p>{LEAD}</p><p><code>{LETTERS}</code></p>"]
        for number, ((notebook, heading), refs) in enumerate(groups.items(), 3):
            title = f"{heading}, {notebook}" if notebook else heading
            rows = [self._row(ref) for ref in refs]
            caption = f"Table A{number}: {title}"
            shown.append(tables.render(f"numbers-{number}", caption, COLUMNS, rows))
        return "".join(shown)

    def _row(self, ref: str) -> list[str]:
        cell = self._cells[ref]
        hidden = ref in self._decision.withheld
        rule, what, _ = disclosure_log.decided(cell, self._decision)
        name = f'<code id="{self._ids[ref]}">{html.escape(ref)}</code>'
        # a range may stand for a number, and a sum for the boxes that are hidden
        shown = self._decision.released.get(ref, cell.value)
        values = (shown, self._numerator(cell), cell.denominator)
        return [
            tables.Markup(name),
            *("[c]" if hidden else _plain(value) for value in values),
            "[c]" if hidden else tables.Markup(self._needs(cell)),
            cell.method or "none",
            f"{what.capitalize()}: {rule}" if rule else what.capitalize(),
        ]

    def _numerator(self, cell: Cell) -> int | str | None:
        if cell.ref in self._decision.coarsened:
            return "[c]"
        # a mean is shown where all but a few have a value, but not how many those are
        if cell.kind != "mean" or None in (cell.numerator, cell.denominator):
            return cell.numerator
        others = cell.denominator - cell.numerator
        return "[c]" if 0 < others < self._threshold else cell.numerator

    def _needs(self, cell: Cell) -> str:
        # numbers of the same line of a table stand beside it: their last word is enough
        base = f"{cell.ref.rpartition('.')[0]}."
        shown = []
        for need in cell.needs:
            name = f"<code>{html.escape(need.removeprefix(base))}</code>"
            beside = need.startswith(base)
            shown.append(name if beside else self.link(need, name))
        return ", ".join(shown) or "none"


def _plain(value: float | str | None) -> str:
    return (
        "none"
        if value is None
        else f"{value:.10g}"
        if not isinstance(value, str)
        else value
    )
