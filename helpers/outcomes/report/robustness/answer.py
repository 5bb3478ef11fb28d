"""Whether the answer holds: three sentences on each headline, and folds of the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.outcomes import gate as design
from helpers.outcomes.report.beside.claims import IN_VIEW
from helpers.outcomes.report.robustness.before import earlier, gate
from helpers.outcomes.report.robustness.estimators import forest
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, fold, ref, said
from helpers.runs.run import Run

#: the lines of the checks, by the functions that draw them
WAYS, YEAR, MADE_UP, FOUND = (
    "ways_in_brief", "earlier_in_brief", "made_up_in_brief", "found_in_brief",
)  # fmt: skip


def laid_out(run: Run, told: Sequence[Block]) -> list[Block]:
    """Give the section: what each check comes to in view, and the checks in folds.

    `told` are the blocks of other ways of comparing, of the earlier year, of made-up
    programmes and of what could be found. Of several headlines each lies in a fold of
    its own, and the sentences on those beyond the first few in it.
    """
    known = {block.recipe["key"]: block for block in told}
    names = [one.name for one in run.request.analyses if one.headline]
    every = [_Headline(run, name, known) for name in names]
    every = [one for one in every if any(one.checks)]
    if len(every) == 1:
        [only] = every
        return [only.in_brief(), *only.alone()]
    made = [one.in_brief() for one in every[:IN_VIEW]]
    for number, one in enumerate(every):
        made += [one.in_brief(one.whole)] if number >= IN_VIEW else []
        made += one.folded()
    lines = {earlier.KEY: every[0].year, gate.PUBLISHED: every[0].found}
    tables = [(known[key], line) for key, line in lines.items() if key in known]
    return [*made, *(_in(run, table, line(whose=True)) for table, line in tables)]


def _in(run: Run, block: Block, of: dict[str, Any] | None) -> Block:
    """Give a block in a fold."""
    return Block(run, block.recipe | ({"fold": of} if of else {}))


@dataclass(frozen=True, eq=False)
class _Headline:
    """What was checked of a headline: its blocks among all that are told, by key."""

    run: Run
    name: str
    known: Mapping[str, Block]

    def _data(self, key: str) -> dict[str, Any]:
        """Give what the words of a check are told; empty where it was not made."""
        return self.known[key].recipe["data"] if key in self.known else {}

    @property
    def _base(self) -> str:
        return refs.slug(self.name)

    @property
    def _keys(self) -> tuple[str, str, str]:
        """Give the keys of the words on other ways, the earlier year, made-up ones."""
        ways = f"ways-{forest.key_of(self.name)}"
        return ways, f"{earlier.KEY}-{self._base}", f"placebo-{self._base}-words"

    @property
    def checks(self) -> tuple[dict[str, Any], ...]:
        """Give what is told of the three checks."""
        ways, year, made_up = (self._data(key) for key in self._keys)
        return ways, year.get("measure", {}), made_up

    def in_brief(self, of: dict[str, Any] | None = None) -> Block:
        """Give the sentences on the headline, in a fold or in view."""
        ways, year, made_up = self.checks
        data = {
            "analysis": self.name,
            "several": self.run.several,
            "ways": ways,
            "earlier": year,
            "placebo": made_up,
        }
        key = f"holds-{self._base}"
        return blocks.words(self.run, key, words="holds", data=data, fold=of)

    @property
    def whole(self) -> dict[str, Any]:
        """Give the fold of the whole headline, which says what other ways come to."""
        ways, *_ = self.checks
        if not ways:
            return fold(f"{self.name}: what was checked")
        return fold(self._line(WAYS, ways, whose=True))

    def _line(self, words: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        return said(words=words, data=data | {"analysis": self.name, **more})

    def folded(self) -> list[Block]:
        """Give the blocks on the headline, each check in a fold within its own."""
        return [
            _in(self.run, block, line | {"within": self.whole})
            for line, of in self._folds()
            for block in of
        ]

    def alone(self) -> list[Block]:
        """Give the blocks of the only headline, with the tables of every headline."""
        folds = self._folds(earlier.KEY)
        if gate.PUBLISHED in self.known:
            folds.append((self.found(whose=False), [self.known[gate.PUBLISHED]]))
        return [_in(self.run, block, line) for line, of in folds for block in of]

    def _folds(self, *tables: str) -> list[tuple[dict[str, Any], list[Block]]]:
        """Give the line and the blocks of each check; `tables` are of the year."""
        ways, year, made_up = self._keys
        figures = {
            ways: [ways, forest.key_of(self.name)],
            year: [year, *tables],
            made_up: [f"placebo-{self._base}", made_up],
        }
        lines = {ways: WAYS, year: YEAR, made_up: MADE_UP}
        return [
            (
                fold(self._line(lines[key], self._data(key), whose=False)),
                [self.known[one] for one in keys if one in self.known],
            )
            for key, keys in figures.items()
            if key in self.known
        ]

    def year(self, *, whose: bool) -> dict[str, Any]:
        """Give the fold of the earlier year of every headline."""
        data = self._data(self._keys[1])
        if not data:
            return fold("An earlier year (", self.name, "): not known")
        return fold(self._line(YEAR, data, whose=whose))

    def found(self, *, whose: bool) -> dict[str, Any]:
        """Give the fold of what could be found."""
        place = refs.gate(self.name, design.PRECISION, "value")
        measure = self.checks[0].get("measure")
        if place not in self.run.cells or not measure:
            name = (" (", self.name, ")") if whose else ()
            return fold("What could be found", *name, ": not known")
        data = {"measure": measure, "noun": self.run.request.noun(self.name)}
        data["value"] = ref(place, "size")
        return fold(self._line(FOUND, data, whose=whose))
