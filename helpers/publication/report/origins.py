"""Where each number of the reviewers' copy comes from, one row what it is about."""

import html
import re
from collections.abc import Iterable, Mapping

from helpers.publication import tables
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.report.publish_cells import Code

COLUMNS = ["Decision", "Numbers, and what they need"]

LEAD = (
    "Numbers in sentences and tables link to their place here; those drawn in a "
    "figure, and ranges, stand in its table. A heading holds what the names of its "
    "numbers begin with. In brackets are numerator and denominator, people without "
    "weights, for disclosure control: how many have the outcome or a value other than "
    "zero, and of how many. They are not the sums behind a mean or a weighted value. "
    "A rule stands behind the numbers made by it, and then what they need, with “…” "
    "for the end of their own heading. "
    "A number is hidden together with those that it needs; Table A2 explains each "
    "decision. Table A3 says each rule in full, and what the numbers by it need "
    "where that is the same for all. A rule is named by its section of the method, "
    "counted from one: records, propensity, matching, balance, estimates, sensitivity, "
    "results so far, disclosure, words and rounding."
)

#: what the letters of the rules stand for
LETTERS = (
    "w: weights, programme people have equal ones; n_e = (Σw)²/Σw²; variances have the "
    "divisor n−1; Vₜ = s²ₜ/nₜ; V_c = n_e/(n_e−1)·Σw²(y−ȳ_c)²/(Σw)²; "
    "df = (Vₜ+V_c)²/(Vₜ²/(nₜ−1)+V_c²/(n_e−1)); s = √((s²ₜ+s²_c)/2) before matching; "
    "T: smallest count that is shown"
)


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
        self._rules = _rules(cells[ref].method for ref in refs)
        self._usual = self._needed_by_rule()

    def link(self, ref: str, shown: str) -> str:
        """Give a number as a link to where it comes from."""
        return f'<a class="jdl-origin" href="#{self._ids[ref]}">{shown}</a>'

    def linked(self, markup: str) -> str:
        """Give a page in which every number, hidden ones too, links to its origin.

        Not in the line that opens a fold, where a tap opens it.
        """
        pattern = (
            r"<summary>.*?</summary>"
            r'|<data value="[^"]*" data-ref="([^"]*)">[^<]*</data>'
            r'|<span role="img" aria-label="[^"]*" data-not-shown="([^"]*)">'
            r"[^<]*</span>"
        )

        def link(found: re.Match) -> str:
            ref = html.unescape(found.group(1) or found.group(2) or "")
            return self.link(ref, found.group()) if ref in self._ids else found.group()

        return re.sub(pattern, link, markup)

    def section(self) -> str:
        """Give the rules, and one table a heading of a notebook."""
        groups: dict[tuple[str, str], list[str]] = {}
        for ref in self._ids:
            made = self._made_in.get(ref)
            place = (made.notebook, made.heading) if made else ("", "Report")
            groups.setdefault(place, []).append(ref)
        shown = [f"<p>{LEAD}</p><p><code>{LETTERS}</code></p>", self._in_full()]
        for number, ((notebook, heading), refs) in enumerate(groups.items(), 4):
            title = f"{heading}, {notebook}" if notebook else heading
            caption = f"Table A{number}: {title}"
            rows = self._grouped(refs)
            table = tables.render(f"numbers-{number}", caption, COLUMNS, rows)
            shown.append(f'<div class="jdl-runs">{table}</div>')
        return f'<div class="jdl-origins">{"".join(shown)}</div>'

    def _in_full(self) -> str:
        rows = [
            [
                tables.Markup(f'<span id="rule-{name}">{name}</span>'),
                method.partition(": ")[2],
                tables.Markup(self._usual.get(method, "see each number")),
            ]
            for method, name in self._rules.items()
        ]
        caption, columns = "Table A3: Rules of the method", ["Rule", "What it says"]
        return tables.render("numbers-rules", caption, [*columns, "Needs"], rows)

    def _needed_by_rule(self) -> dict[str, str]:
        """Give what the shown numbers by a rule need, where all need the same."""
        told: dict[str, list[str]] = {}
        for ref in self._ids.keys() - self._decision.withheld:
            cell = self._cells[ref]
            told.setdefault(cell.method, []).append(self._needs(cell))
        return {
            method: texts[0]
            for method, texts in told.items()
            # a link leads to one number, so it stands beside the one that needs it
            if len(texts) > 1 and len(set(texts)) == 1 and "<a " not in texts[0]
        }

    def _grouped(self, refs: list[str]) -> list[list[str]]:
        """Give rows under what their numbers' names begin with, one a decision."""
        bases: dict[str, dict[str, list[str]]] = {}
        for ref in refs:
            rows = bases.setdefault(ref.rpartition(".")[0], {})
            rows.setdefault(self._decided(ref), []).append(ref)
        shown, before = [], ""
        for base, rows in bases.items():
            shown.append([tables.Markup(f"<code>{html.escape(base)}</code>")])
            for decision, held in rows.items():
                told, before = self._together(held, before)
                shown.append([decision, tables.Markup(told)])
        return shown

    def _together(self, refs: list[str], before: str) -> tuple[str, str]:
        """Give numbers, those that need the same together, and by rule; and what the
        last of them need, which is not written anew, as `before` is not.
        """
        groups: dict[str, dict[str, list[str]]] = {}
        for ref in refs:
            cell = self._cells[ref]
            hidden = ref in self._decision.withheld
            by_rule = groups.setdefault("" if hidden else self._needs_beside(cell), {})
            by_rule.setdefault(self._rule(cell), []).append(self._number(ref))
        told = []
        for needs, by_rule in groups.items():
            numbers = (f"{', '.join(some)} {rule}" for rule, some in by_rule.items())
            same = "<a " in needs and needs == before
            ending = (
                f"; needs {'the same as above' if same else needs}" if needs else ""
            )
            told.append("; ".join(numbers) + ending)
            before = needs or before
        return ". ".join(told), before

    def _decided(self, ref: str) -> str:
        rule, what, _ = disclosure_log.decided(self._cells[ref], self._decision)
        return f"{what.capitalize()}: {rule}" if rule else what.capitalize()

    def _number(self, ref: str) -> str:
        """Give a number by its last word, with its numerator and denominator."""
        cell = self._cells[ref]
        # a range may stand for a number, and a sum for the boxes that are hidden
        told = _plain(self._decision.released.get(ref, cell.value))
        if ref in self._decision.withheld:
            told = "[c]"
        elif cell.value is not None:  # else nobody is told how many there are
            told += _of(self._numerator(cell), cell.denominator)
        last = html.escape(ref.rpartition(".")[2])
        return (
            f'<span id="{self._ids[ref]}"><code>{last}</code> '
            f"{html.escape(told)}</span>"
        )

    def _numerator(self, cell: Cell) -> int | str | None:
        if cell.ref in self._decision.coarsened:
            return "[c]"
        # a mean is shown where all but a few have a value, but not how many those are
        if cell.kind != "mean" or None in (cell.numerator, cell.denominator):
            return cell.numerator
        others = cell.denominator - cell.numerator
        return "[c]" if 0 < others < self._threshold else cell.numerator

    def _rule(self, cell: Cell) -> str:
        name = self._rules.get(cell.method)
        if name is None:
            return html.escape(cell.method) or "no rule"
        # the sign beside it makes it a link within text, which may be small
        return f'§<a href="#rule-{name}">{name}</a>'

    def _needs_beside(self, cell: Cell) -> str:
        """Give what a number needs, where its rule does not say it."""
        told = self._needs(cell)
        return "" if told == "none" or cell.method in self._usual else told

    def _needs(self, cell: Cell) -> str:
        """Give what a number needs by last words; of other headings with a link."""
        own = cell.ref.rpartition(".")[0]
        bases: dict[str, list[str]] = {}
        for need in sorted(cell.needs, key=lambda need: need.rpartition(".")[0] != own):
            bases.setdefault(need.rpartition(".")[0], []).append(need)
        shown = []
        for base, needs in bases.items():
            lasts = [need.rpartition(".")[2] for need in needs]
            words = ", ".join(f"<code>{html.escape(last)}</code>" for last in lasts)
            # of the same analysis its own name says nothing
            other = _shortened(base.removeprefix(f"{own.partition('.')[0]}."), own)
            link = self.link(needs[0], f"<code>{html.escape(other)}</code>")
            shown.append(words if base == own else f"{words} of {link}")
        return "; ".join(shown) or "none"


def _shortened(other: str, own: str) -> str:
    """Give a heading without the end that it shares with a number's own heading."""
    parts, ends = other.split("."), own.split(".")
    shared = 0
    while (
        shared < min(len(parts) - 1, len(ends))
        and parts[-1 - shared] == ends[-1 - shared]
    ):
        shared += 1
    return ".".join([*parts[: len(parts) - shared], *(["…"] if shared else [])])


def _rules(methods: Iterable[str]) -> dict[str, str]:
    """Name each rule by its section of the method and its place there."""
    of_section: dict[int, list[str]] = {}
    for method in dict.fromkeys(methods):
        section = method.partition(":")[0]
        if section.isdigit():
            of_section.setdefault(int(section), []).append(method)
    return {
        method: f"{section}.{place}"
        for section, texts in sorted(of_section.items())
        for place, method in enumerate(texts, 1)
    }


def _of(numerator: int | str | None, denominator: int | None) -> str:
    """Give numerator and denominator in brackets, where there are any."""
    if denominator is not None:
        return f" ({_plain(numerator)} of {denominator})"
    return "" if numerator is None else f" ({numerator})"


def _plain(value: float | str | None) -> str:
    return (
        "none"
        if value is None
        else f"{value:.10g}"
        if not isinstance(value, str)
        else value
    )
