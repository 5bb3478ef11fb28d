"""What changed since the edition before: in words, and number by number.

Both numbers of a row are published with the two editions, as printed. Nothing is worked
out from the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.publication import refs
from helpers.publication.blocks import ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import title
from helpers.publication.numbers import Number
from helpers.publication.report.publish_cells import Part
from helpers.publication.wording.request_texts import edition
from helpers.request import AnyRequest, Outcome
from helpers.request.measures.standard import named

#: of an analysis, what it is called in the table
SIZES = {
    "n_submitted": "People on the list",
    "n_treatment": "People in the treatment group",
    "n_comparison": "People in the comparison group",
    "effective_comparison": "Effective size of the comparison group",
}
#: of a measure
MEASURED = {
    "n_treatment": "People of the treatment group in it",
    "n_comparison": "People of the comparison group in it",
    "value_treatment": "Treatment group",
    "value_comparison": "Comparison group",
    "difference": "Difference",
    "ci_low": "95% interval, from",
    "ci_high": "95% interval, to",
}
VERDICT, SIGNIFICANT = "significant", "Statistically significant"
NOT_SHOWN = "not shown"
KEY = "changed"
LEADS = "edition"


@dataclass(frozen=True)
class Changes:
    """The parts of the page on what changed, and the published numbers in them."""

    parts: list[Part]
    cells: list[Cell]


def in_words(request: AnyRequest) -> Changes:
    """Say that a report is a new edition, and what it corrects, in the request's words.

    For one whose earlier edition is not held, and for a summary of published results.
    """
    return Changes([_lead(request, [])], [])


def told(
    request: AnyRequest,
    before: Mapping[str, Any],
    recipe: Mapping[str, Any],
    filled: Mapping[str, Any],
    released: Mapping[str, float | str | None],
) -> Changes:
    """Tell what changed since the edition before.

    `before` is its result.json, `filled` this run's, made of `recipe` and `released`.
    """
    was = edition(request.publication.edition - 1)
    work = _Comparison(request, released)
    rows = list(work.rows(before.get("analyses", []), recipe, filled))
    if not rows:
        said = (
            f"No number of people and no result in it differs from the {was}, as they "
            "are printed."
        )
        return Changes([_lead(request, [said])], [])
    table = {
        "block": "table",
        "key": KEY,
        "heading": f"What changed since the {was}",
        "caption": f"What changed since the {was}",
        "columns": ["What", was.capitalize(), "This edition"],
        "rows": rows,
        "lead": [
            see(KEY),
            " has every number of people, rate, difference and interval that is "
            f"printed otherwise than in the {was}.",
        ],
        "notes": ["The numbers of the balance tables are not compared."],
        "source": f"This report and its {was}",
    }
    lead = _lead(request, [see(KEY), f" shows what changed since the {was}."])
    return Changes([lead, Part("about", table)], work.cells)


def _lead(request: AnyRequest, said: list[Any]) -> Part:
    """Give the words above the main points of a new edition."""
    publication = request.publication
    which = f"This is the {edition(publication.edition)} of this report."
    pieces: list[Any] = [which]
    sentences = [pieces + ([" ", *said] if said else [])]
    if publication.corrects:
        sentences.append(["What it corrects: ", publication.corrects])
    data = {"sentences": sentences}
    recipe = {"block": "words", "key": LEADS, "words": "sentences", "data": data}
    return Part("main-points", recipe)


class _Comparison:
    """Two results side by side; keeps the published numbers that it shows."""

    def __init__(
        self, request: AnyRequest, released: Mapping[str, float | str | None]
    ) -> None:
        self.request = request
        self.released = released
        self.edition = request.publication.edition - 1
        self.cells: list[Cell] = []
        self.titles = {one.name: titled(one) for one in request.outcomes}

    def rows(
        self, before: list[Any], recipe: Mapping[str, Any], filled: Mapping[str, Any]
    ) -> Iterator[list[Any]]:
        """Give the rows of the table: a heading, then what differs beneath it."""
        old = {refs.slug(one["name"]): one for one in before}
        new = {refs.slug(one["name"]) for one in recipe["analyses"]}
        for place, now in zip(recipe["analyses"], filled["analyses"], strict=True):
            was = old.get(refs.slug(place["name"]))
            if was is None:
                yield [place["name"], "not in it", "new"]
                continue
            yield from self._sizes(was, place, now)
            yield from self._measures(was, place, now)
        for slug, one in old.items():
            if slug not in new:
                yield [one["name"], "in it", "no longer in it"]

    def _sizes(self, was: Any, place: Any, now: Any) -> Iterator[list[Any]]:
        base = refs.slug(place["name"])
        rows = list(self._differing(SIZES, base, was, place, now))
        if rows:
            yield [place["name"]]
            yield from rows

    def _measures(self, was: Any, place: Any, now: Any) -> Iterator[list[Any]]:
        name = place["name"]
        old = {one["outcome"]: one for one in was["outcomes"]}
        new = {one["outcome"] for one in place["outcomes"]}
        for asked, found in zip(place["outcomes"], now["outcomes"], strict=True):
            outcome = asked["outcome"]
            called = f"{name}: {self.titles.get(outcome, outcome)}"
            earlier = old.get(outcome)
            if earlier is None:
                yield [called, "not in it", "new"]
                continue
            base = refs.of(name, outcome)
            labels = {
                field: label
                for field, label in MEASURED.items()
                # of everyone it is told above
                if (earlier.get(field), found[field])
                != (was.get(field), now.get(field))
            }
            rows = list(self._differing(labels, base, earlier, asked, found))
            rows += self._verdict(earlier.get(VERDICT), found[VERDICT])
            if rows:
                yield [called]
                yield from rows
        for outcome in old:
            if outcome not in new:
                yield [f"{name}: {self._title(outcome)}", "in it", "no longer in it"]

    def _title(self, outcome: str) -> str:
        row = named(outcome)
        return self.titles.get(outcome) or (row.title if row else outcome)

    def _differing(
        self, labels: Mapping[str, str], base: str, was: Any, place: Any, now: Any
    ) -> Iterator[list[Any]]:
        for name, label in labels.items():
            cell = place.get(name)
            if not isinstance(cell, dict):  # without a result there is none
                if was.get(name) is not None:
                    yield [label, self._old(base, name, was[name], "count"), NOT_SHOWN]
                continue
            scale, form = cell.get("scale", 1), cell.get("format", "count")
            old, new = was.get(name), now.get(name)
            if _printed(old, scale, form) == _printed(new, scale, form):
                continue
            first: Any = NOT_SHOWN
            if old is not None:
                first = self._old(base, name, old / scale, form)
            yield [label, first, ref(cell["ref"], form)]

    def _old(self, base: str, name: str, value: float, form: str) -> dict[str, str]:
        """Give the place of a published number, which is kept as a cell."""
        told = refs.in_edition(self.edition, refs.within(base, name))
        rule = f"8: published in edition {self.edition}"
        self.cells.append(Cell(told, value, "public", method=rule))
        return ref(told, form)

    def _verdict(self, was: bool | None, now: bool | None) -> list[list[Any]]:
        words = {True: "yes", False: "no", None: NOT_SHOWN}
        return [] if was == now else [[SIGNIFICANT, words[was], words[now]]]


def titled(outcome: Outcome) -> str:
    """Give the title of a measure with what its values are counted in."""
    unit = f", in {outcome.unit}" if outcome.unit else ""
    units = {"rate": ", in every 100", "frequency": ", for each person",
             "days": ", in days"}  # fmt: skip
    return f"{title(outcome)}{units.get(outcome.kind, unit)}"


def _printed(value: float | None, scale: float, form: str) -> str:
    if value is None:
        return ""
    return Number("", float(value) / scale, form).text
