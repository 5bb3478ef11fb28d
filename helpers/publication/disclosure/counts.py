"""Which exact counts are hidden: the flow of lines, sizes, ways of linking.

Counts are shown as they are, so that what adds up tells a hidden one as soon as it is
the only one left. Others go with it, those first by which the fewest numbers vanish.
"""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from functools import partial

from helpers.publication import refs
from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure import apart, suppress
from helpers.publication.disclosure.audit import Model, tells
from helpers.publication.disclosure.case import Case
from helpers.publication.disclosure.rules import Profile, to_step
from helpers.publication.people import SELECTED

#: the rule of a count that the report does not show: it is hidden for nothing
NOT_SHOWN = "not in the report"


def connected(sums: Iterable[Sum]) -> list[list[Sum]]:
    """Give sums in groups, those that share a count together."""
    groups: list[tuple[set[str], list[Sum]]] = []
    for one in sums:
        refs, together, apart = {one.total, *one.parts}, [one], []
        for known, of in groups:
            if known & refs:
                refs, together = refs | known, [*of, *together]
            else:
                apart.append((known, of))
        groups = [*apart, (refs, together)]
    return [of for _, of in groups]


@dataclass(frozen=True)
class Beside:
    """What people tell of counts besides the sums that are registered.

    `unseen` are counts that no report shows, such as all whom the filters of an
    analysis keep, and `sums` what they add up to; `near` the sizes that may not be
    told, each with the size of a group a few people apart.
    """

    unseen: Mapping[str, int] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    near: Mapping[str, int] = field(default_factory=dict)


class Counts:
    """Counts that add up, and which of them are hidden, by the rule for it."""

    def __init__(
        self,
        cells: Mapping[str, Cell],
        sums: Iterable[Sum],
        hidden: Mapping[str, str],
        rule: Profile,
        cost: Callable[[str], tuple],
        *,
        beside: Beside | None = None,
    ) -> None:
        self.cells, self.rule, self.cost = cells, rule, cost
        self.beside = beside or Beside()
        unseen = self.beside.unseen
        self.sums = [
            one
            for one in [*sums, *self.beside.sums]
            if all(
                name in unseen or (name in cells and cells[name].kind == "count")
                for name in (one.total, *one.parts)
            )
        ]
        names = {name for one in self.sums for name in (one.total, *one.parts)}
        # people, not the value: that may be rounded
        self.value = {
            name: unseen[name] if name in unseen else cells[name].numerator or 0
            for name in names
        }
        self.hidden = {name: rule for name, rule in hidden.items() if name in names}
        self.hidden |= {name: NOT_SHOWN for name in unseen if name in names}

    def settle(self) -> dict[str, str]:
        """Hide counts until bounds say little enough; gives all that are hidden."""
        for sums in connected(self.sums):
            while any(mend() for mend in self._problems(sums)):
                pass
            self._show_what_is_told(sums)
        return self.hidden

    def _show_what_is_told(self, sums: list[Sum]) -> None:
        """Show again what was hidden for a sum and can be worked out all the same."""
        for name in [name for name, why in self.hidden.items() if why == "sum"]:
            if not any(name in (one.total, *one.parts) for one in sums):
                continue
            low, high = self._model(sums).exact(name)
            if low == high:
                del self.hidden[name]

    def span(self, name: str) -> tuple[int, int]:
        """Give the bounds of a count as everybody can tell them."""
        for sums in connected(self.sums):
            if any(name in (one.total, *one.parts) for one in sums):
                return self._model(sums).exact(name)
        value = self.cells[name].numerator or 0
        return value, value

    def _model(self, sums: list[Sum], hidden: Collection[str] | None = None) -> Model:
        hidden = self.hidden if hidden is None else hidden
        model = Model()
        for one in sums:
            for name in (one.total, *one.parts):
                value = self.value[name]
                # a row that nobody is in is left out: one that is there has some
                if name not in hidden or not value:
                    model.bound(name, value, value)
                else:
                    model.bound(name, int(name not in self.beside.unseen))
            model.add_up(one.total, one.parts)
        model.narrow()
        return model

    def _problems(self, sums: list[Sum]) -> Iterator[Callable[[], bool]]:
        for one in sums:
            names = (one.total, *one.parts)
            hidden = [name for name in names if name in self.hidden]
            together = sum(self.value[name] for name in hidden)
            if one.total not in self.hidden and hidden and self.rule.unsafe(together):
                yield partial(self._hide_one_more, [one])
        names = sorted({n for s in sums for n in (s.total, *s.parts)})
        unsafe = [
            name
            for name in names
            if name in self.hidden
            and name not in self.beside.unseen
            and self.value[name]
            and (self.rule.unsafe(self.value[name]) or name in self.beside.near)
        ]
        if not unsafe:
            return
        # that rows are there tells how many there are at least, whatever is hidden
        least = self._model(sums, self.value).low
        model = self._model(sums)
        for span in (model.span, model.exact):
            for name in unsafe:
                if self._told(name, span(name), least[name]):
                    yield partial(self._protect, name, sums, least[name])

    def _told(self, name: str, span: tuple[int, int], least: int) -> bool:
        """Tell whether bounds say too much of a count, or of the few it is apart by."""
        value, other = self.value[name], self.beside.near.get(name)
        if other is not None and other != value:
            more = span[0] - other, span[1] - other
            ends = more if value > other else (-more[1], -more[0])
            if tells(ends, abs(value - other), self.rule, least=1):
                return True
        return tells(span, value, self.rule, least=least)

    def _protect(self, name: str, sums: list[Sum], least: int) -> bool:
        """Hide as few and as cheap counts as leave this one in doubt."""

        def told() -> bool:
            return self._told(name, self._model(sums).span(name), least)

        added = []
        for other in sorted(self._shown(sums), key=self.cost):
            self.hidden[other] = "sum"
            added.append(other)
            if not told():
                break
        for other in reversed(added[:-1]):  # what is not needed is shown, costly first
            del self.hidden[other]
            if told():
                self.hidden[other] = "sum"
        return bool(added)

    def _shown(self, sums: list[Sum]) -> set[str]:
        return {
            name
            for one in sums
            for name in (one.total, *one.parts)
            if name not in self.hidden and self.value[name]
        }

    def _hide_one_more(self, sums: list[Sum]) -> bool:
        """Hide the count that costs least in these sums."""
        shown = self._shown(sums)
        if shown:
            self.hidden[min(shown, key=self.cost)] = "sum"
        return bool(shown)


# the flow of lines, and sizes, over all analyses ------------------------------------

#: what a count is, from what gives way first to what is kept longest
RANKS = {"rung": 0, "reviewers": 1, "flow": 2, "linking": 3, "analysis": 4,
         "available": 5, "submitted": 6, "size": 7}  # fmt: skip


def _rank(ref: str) -> int:
    first, _, rest = ref.partition(".")
    if refs.is_rung(first):  # the same report without a ladder shows all the others
        return RANKS["rung"]
    if ref in (refs.AVAILABLE, refs.SUBMITTED):
        return RANKS[rest]
    if first == "intake":
        kind = "reviewers" if rest.startswith(("linkage.", "usable")) else "linking"
        if rest.startswith("box."):
            kind = "flow"
        return RANKS[kind]
    return RANKS["size" if rest == "n_treatment" else "analysis"]


def settle(case: Case) -> Counts:
    """Hide sizes and counts of the flow until bounds say little enough of them.

    A ladder hides nothing that the report shows without it: where its sizes would, all
    of them are hidden, and tell nothing.
    """
    counts = _settled(case, case.sums, case.withheld)
    of_rungs = {
        name: "sum"
        for name, cell in case.cells.items()
        if cell.kind == "count" and refs.is_rung(name.partition(".")[0])
    }
    if of_rungs:
        others = [s for s in case.sums if not {s.total, *s.parts} & set(of_rungs)]
        plain = _settled(case, others, case.withheld)
        more = set(counts.hidden) - set(plain.hidden) - set(case.withheld)
        if more & case.used - set(of_rungs):
            case.withheld = of_rungs | case.withheld
            counts = plain
    case.withheld |= {n: why for n, why in counts.hidden.items() if n in case.cells}
    return counts


def _settled(case: Case, sums: Iterable[Sum], hidden: Mapping[str, str]) -> Counts:
    kept = [analysis.name for analysis in case.analyses]
    cost = suppress.costs(case.cells, case.used, kept, _rank)
    beside = _beside(case)
    counts = Counts(case.cells, sums, hidden, case.rule, cost, beside=beside)
    counts.settle()
    return counts


def _beside(case: Case) -> Beside:
    """Give what people tell of the flow: all who are selected, and who shares them.

    Those of an analysis are its matched and unmatched people; men and women make up
    all, and everybody who is available, whether or not an analysis is of all.
    """
    all_ = {one.name: refs.within(one.name, SELECTED) for one in case.analyses}
    parts = [
        Sum(
            all_[name],
            tuple(refs.within(name, n) for n in ("n_treatment", "not_matched")),
        )
        for name in all_
    ]
    shared = [
        Sum(all_[split.whole], tuple(all_[part] for part in split.parts))
        for split in case.splits
    ]
    available = case.cells.get(refs.AVAILABLE)
    everybody = (available.numerator or 0) if available else 0
    shared += [
        Sum(refs.AVAILABLE, tuple(all_[part] for part in parts))
        for parts in apart.sharing(case.analyses, everybody)
    ]
    unseen = {all_[one.name]: one.sizes[SELECTED] for one in case.analyses}
    return Beside(unseen, (*parts, *shared), case.near)


def together(case: Case, boxes: Sequence[str]) -> float | None:
    """Give how many lines are in the boxes that are told together, if that may be told.

    It follows from what is shown where the sum of all boxes does; where that sum is
    hidden, it would tell another hidden number of the flow, such as who was unmatched.
    """
    if len(boxes) < 2 or refs.LOST not in case.cells or refs.LOST in case.withheld:
        return None
    lines = sum(case.cells[name].numerator or 0 for name in boxes)
    if case.rule.unsafe(lines):
        return None
    return float(to_step(lines, case.rule.round_to))
