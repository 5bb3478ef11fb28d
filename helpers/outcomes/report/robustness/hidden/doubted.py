"""A headline whose doubts are told: its measure, and what the methods said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import recipes
from helpers.outcomes.report.cells import scale_of
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.publication import blocks, refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import PRECISIONS
from helpers.publication.labels import every_100
from helpers.request import Outcome, Request

#: what stands where a word would tell of a number that is hidden
HIDDEN = "hidden"


@dataclass(frozen=True, eq=False)
class Doubted:
    """A headline's first measure: its estimate, its checks by name, how it is told."""

    study: Study
    checks: Mapping[str, Check]
    row: Any
    quality: str
    request: Request

    @property
    def analysis(self) -> str:
        """The name of the analysis."""
        return self.study.name

    @property
    def outcome(self) -> Outcome:
        """The measure that is told."""
        return self.study.outcome

    @property
    def shown(self) -> bool:
        """Whether its estimate may be shown."""
        return not reason_not_shown(self.row, self.outcome, self.quality)

    @property
    def measure(self) -> dict[str, Any]:
        """Its recipe, for words and figures."""
        return recipes.recipe(self.row, self.request, self.quality)

    @property
    def scale(self) -> int:
        """What numbers in the outcome's units are multiplied by, as they are told."""
        return scale_of(self.outcome, per_100=True)

    @property
    def per(self) -> str:
        """Of what a difference is so many, to follow the number."""
        outcome, noun = self.outcome, self.request.noun(self.analysis)
        if outcome.kind in ("days", "amount"):
            return outcome.unit or "days"
        whom = every_100(noun, outcome.event, of_some=outcome.of_some)
        return f"in {whom}" if outcome.kind == "rate" else f"for {whom}"

    @property
    def both(self) -> tuple[str, str]:
        """The refs of both groups' values, from which its numbers would follow."""
        return self.ref("value_treatment"), self.ref("value_comparison")

    def ref(self, name: str) -> str:
        """Give the ref of a number of the measure."""
        return refs.measure(self.analysis, self.outcome.name, name)

    def level(self, name: str) -> str:
        """Give the ref of a value, difference or limit; of a frequency for 100."""
        often = self.outcome.kind == "frequency"
        return refs.measure(self.analysis, self.outcome.name, name, per_100=often)

    def cell(
        self,
        name: str,
        value: Any,
        method: str,
        rounding: str,
        needs: Iterable[str] = (),
        **more: Any,
    ) -> Cell:
        """Give a number that follows from both groups' values, and from `needs`."""
        every = tuple(dict.fromkeys([*self.both, *needs]))
        given = value if self.shown else None
        return Cell(self.ref(name), given, "derived", needs=every, method=method,
                    rounding=rounding, **more)  # fmt: skip

    def rounded(self, cell: Cell) -> float | None:
        """Give the value of a number as it is registered, rounded as printed."""
        if cell.value is None or self.request.disclosure.profile == "none":
            return cell.value
        return PRECISIONS[cell.rounding](cell.value)

    def why(self, check: str, *needs: str) -> Any:
        """Give what a method says, where the numbers are shown that it follows from."""
        said = self.checks[check].text
        return blocks.told(said, *(needs or (self.ref("p_value"),)), otherwise=HIDDEN)


def of(
    studies: Mapping[str, Study],
    doubts: Mapping[str, list[Check]],
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    request: Request,
) -> list[Doubted]:
    """Give every headline whose doubts are told, in the order of the request.

    `studies` hold the measure, `doubts` are their checks, `results` the estimates and
    `sizes` what their matching came to.
    """
    quality = sizes.set_index("analysis")["quality"]
    main = results[results["variant"] == MAIN]
    rows = {(row.analysis, row.outcome): row for row in main.itertuples(index=False)}
    return [
        Doubted(
            study,
            {check.name: check for check in doubts[name]},
            rows[name, study.outcome.name],
            quality[name],
            request,
        )
        for name, study in studies.items()
        if (name, study.outcome.name) in rows
    ]


def headed(doubted: Iterable[Doubted], rows: Mapping[str, list[Any]]) -> list[Any]:
    """Put the rows of each analysis beneath its name, where there are several.

    Where all of them stand with its p alone, so does the name.
    """
    every = list(doubted)
    if len(every) == 1:
        return rows[every[0].analysis]
    return [row for one in every for row in _with_name(one, rows[one.analysis])]


def _with_name(one: Doubted, rows: list[Any]) -> list[Any]:
    name: Any = [one.analysis]
    if rows and all(isinstance(row, dict) for row in rows):
        name = blocks.where_shown(one.ref("p_value"), name)
    return [name, *rows]
