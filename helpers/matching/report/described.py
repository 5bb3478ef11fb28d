"""Both groups in tables: after matching, before it, and who of the programme is in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.matching.groups import Group
from helpers.matching.report import characteristics, layers
from helpers.matching.report import sizes as report_sizes
from helpers.matching.report.quality import named
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.refs import slug
from helpers.publication.sections import SECTIONS
from helpers.publication.wording.number_words import in_words
from helpers.request import limits
from helpers.request.covariates.needs import addressed, is_need
from helpers.runs.run import Run

KNOWN = "Values that are not known are left out of averages."
ADDRESSED_FIRST = "The needs that services of this type address come first."
WEIGHTED = "The comparison group is weighted after matching."
NO_NEEDS = "No assessed needs (OASys) were among the characteristics compared."
WITH_NEEDS = f" The part “{SECTIONS['robustness']}” tells what they change."

#: how many of the things compared are how alike: rule of `facts.counted` → in words
HOW_ALIKE = {
    "alike": f"Alike: at most {limits.WELL}% apart",
    "nearly": f"Nearly: at most {limits.REASONABLE}% apart",
    "apart": f"Further apart: over {limits.REASONABLE}%",
    "hidden": "Not shown",
    "all": "All that are counted",
}


@dataclass(frozen=True)
class Described:
    """What both groups are described by: its key, what it is called, its tables."""

    key: str
    noun: str
    title: str
    what: str
    needs: bool  # assessed needs (OASys), or all other characteristics


CHARACTERISTICS = Described(
    "characteristics", "characteristics", "Who the people were", "both groups",
    needs=False,
)  # fmt: skip
NEEDS = Described(
    "needs", "assessed needs", "Assessed needs",
    "the needs that were assessed in prison or on probation (OASys)",
    needs=True,
)  # fmt: skip


def characteristics_tables(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> dict[str, list[Block]]:
    """Give characteristics of both groups by analysis, needs left out."""
    made = {}
    for name, table in tables.items():
        of = _Tables(run, fitted[name], table, CHARACTERISTICS)
        fold = of.fold(layers.of_people(run, name))
        made[name] = list(of.all(fold))
    return made


def needs(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Give assessed needs (OASys) after and before matching, if any are matched on."""
    made = {}
    for name, table in tables.items():
        of = _Tables(run, fitted[name], table, NEEDS)
        if not of.compared:
            continue
        told = of.counts | {"how_many": of.how_many}
        outer = layers.of_analysis(run, name, "line_of_needs", told)
        words = blocks.words(
            run, f"needs-words-{slug(name)}", words="needs",
            data={"analysis": name, "several": run.several} | told,
            fold=layers.in_view(run, name, outer),
        )  # fmt: skip
        rows = of.compared
        line = blocks.said(
            words="line_of_largest", data={"rows": rows, "what": "Needs"}
        )
        made[name] = [words, *of.all(blocks.fold(line, within=outer))]
    if made:
        return layers.by_analysis(run, made)
    ladder = any(a.oasys == "ladder" for a in run.request.analyses)
    data = {"sentences": [[NO_NEEDS, WITH_NEEDS if ladder else ""]]}
    return [blocks.words(run, "needs", words="sentences", data=data)]


@dataclass(frozen=True)
class _Tables:
    """The tables that describe both groups of an analysis."""

    run: Run
    group: Group
    balance: pd.DataFrame
    of: Described

    @property
    def compared(self) -> list[dict[str, Any]]:
        """What is compared, with its differences, as the love plot has it."""
        return characteristics.love_rows(
            self.run.request, self.group, self.balance, needs=self.of.needs
        )

    @property
    def how_many(self) -> str:
        """How many needs there are, each counted once however many levels it has."""
        needs = sum(is_need(str(name)) for name in self.balance["variable"].unique())
        return f"{in_words(needs)} assessed need{'s' * (needs != 1)}"

    @property
    def counts(self) -> dict[str, Any]:
        """How many of these are how alike after matching."""
        name, things = self.group.name, [[r["after"]["ref"]] for r in self.compared]
        return {
            which: blocks.counted(
                refs.of(name, f"counted.{self.of.key}.{which}"), which, things
            )
            for which in HOW_ALIKE
        }

    def fold(self, outer: dict[str, Any] | None) -> dict[str, Any]:
        """Give the fold whose line says how many are how alike."""
        data = {"noun": self.of.noun} | self.counts
        line = blocks.said(words="line_of_alike", data=data)
        return blocks.fold(line, within=outer)

    def all(self, fold: dict[str, Any]) -> Iterator[Block]:
        """Give the tables: after matching, how many are alike, then folds within."""
        base = slug(self.group.name)
        key = f"{self.of.key}-{base}"
        alike = f"alike-{key}"
        lead = [see(key), f" describes {self.of.what} after matching. The closer the "
                "columns are, the more alike are the groups. ", see(alike),
                " counts how many are, each level (such as an age group) as one."
                ]  # fmt: skip
        yield self._table(key, "after matching", characteristics.AFTER, lead, fold)
        yield self._alike(alike, fold)
        before = f"before-{key}"
        lead = [see(before), f" describes {self.of.what} before matching."]
        yield self._table(
            before, "before matching", characteristics.BEFORE, lead,
            blocks.fold(self._before(), within=fold),
        )  # fmt: skip
        if self.run.cells[refs.of(self.group.name, "not_matched")].some:
            profile = f"analysed-{key}"
            lead = [see(profile), " describes the people in the programme: those who "
                    "are in the analysis beside all who could have been."]  # fmt: skip
            yield self._table(
                profile, "in the programme", characteristics.PROFILES, lead,
                blocks.fold(self._analysed(), within=fold),
            )  # fmt: skip

    def _before(self) -> str:
        whose = "Needs before matching" if self.of.needs else "Before matching"
        line = f"{whose}: all who could be compared"
        return named(self.run, self.group.name, line)

    def _analysed(self) -> dict[str, Any]:
        share = ref(refs.of(self.group.name, "share_matched"), "per_cent")
        data = {"share_matched": share, "needs": self.of.needs}
        return blocks.said(words="line_of_analysed", data=data)

    def _table(
        self,
        key: str,
        when: str,
        columns: Mapping[str, str],
        lead: list[Any],
        fold: dict[str, Any],
    ) -> Block:
        name, request = self.group.name, self.run.request
        known = KNOWN
        if columns is characteristics.AFTER and report_sizes.weighted(self.run, name):
            known = f"{WEIGHTED} {KNOWN}"
        first = addressed(request.programme.intervention_type) and self.of.needs
        return blocks.table(
            self.run,
            key,
            lead=lead,
            caption=named(self.run, name, f"{self.of.title}, {when}"),
            columns=["Characteristic", *columns],
            rows=characteristics.rows(
                request, self.group, self.balance, needs=self.of.needs, columns=columns
            ),
            notes=[known, *([ADDRESSED_FIRST] if first else [])],
            # what stands before matching can be a range, which has no bar
            bars=columns is characteristics.AFTER,
            fold=fold,
        )

    def _alike(self, key: str, fold: dict[str, Any]) -> Block:
        title = f"How many {self.of.noun}, by level, the groups are alike on"
        return blocks.table(
            self.run,
            key,
            caption=named(self.run, self.group.name, title),
            columns=["After matching", "Number"],
            rows=[[text, self.counts[which]] for which, text in HOW_ALIKE.items()],
            notes=[
                "Differences are in per cent of a standard deviation. Each level of a "
                "characteristic counts as one, and two that mirror each other once."
            ],
            fold=fold,
        )
