"""The outcomes stage of a small made-up study, its estimates registered."""

import numpy as np
import pandas as pd
from support import small_study

from helpers.matching import balance as balance_
from helpers.matching.report import characteristics
from helpers.outcomes import estimates, measures
from helpers.outcomes.report import cells as measure_cells
from helpers.publication.cells import Cell

RATE, OFTEN, TIME = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)
CHOSEN = {"numeric": ["age"], "categorical": ["kind"]}


def people(analysis, reoffend=(40, 100), size=(100, 200), drop=()):
    """Matched people, of whom so many reoffended twice, after 60 and 90 days."""
    y = [group for n, of in zip(reoffend, size, strict=True)
         for group in [1.0] * n + [0.0] * (of - n)]  # fmt: skip
    treated = [1] * size[0] + [0] * size[1]
    days = [(60.0, 90.0)[i % 2] if value else np.nan for i, value in enumerate(y)]
    frame = pd.DataFrame(
        {
            "person_id": range(len(y)),
            "analysis": analysis,
            "treatment": treated,
            "weight": [1.0] * size[0] + [size[0] / size[1]] * size[1],
            RATE: y,
            OFTEN: [2 * value for value in y],
            TIME: days,
        }
    )
    return frame.drop(columns=list(drop))


class Stage:
    """The outcomes stage after its estimates are registered."""

    def __init__(self, folder, matched, matches=(), **parts):
        analyses = [
            {"name": name, "headline": number == 0, "covariates": CHOSEN}
            for number, name in enumerate(matched)
        ]
        self.request = small_study.study(**{"analyses": analyses} | parts)
        self.request = measures.seen(self.request, matched)
        given = dict(matches)
        rows, cells = [], []
        for name, frame in matched.items():
            row = {"quality": "well", "share_matched": 1.0} | given.get(name, {})
            sizes = frame.groupby("treatment").size()
            row |= {"analysis": name, "n_treatment": sizes[1]}
            rows.append(row)
            cells += self.matching(name.lower(), row["quality"], sizes)
        self.sizes = pd.DataFrame(rows)
        submitted = Cell("intake.submitted", 480, "count", 480)
        self.balance, of_balance = self.balanced(list(matched))
        self.run = small_study.stage(
            folder, "outcomes", self.request,
            intake=[submitted], matching=[*cells, *of_balance],
        )  # fmt: skip
        self.results = measures.table(
            {
                (name, o.name): estimates.difference(
                    p[o.name],
                    p["treatment"],
                    p["weight"],
                    kind=o.kind,
                    of_reoffenders=o.of_some,
                )
                for name, p in matched.items()
                for o in self.request.outcomes
                if o.name in p
            }
        )
        within = measures.interval_table(
            {
                (name, o.name): estimates.group_intervals(
                    p[o.name],
                    p["treatment"],
                    p["weight"],
                    kind=o.kind,
                )
                for name, p in matched.items()
                for o in self.request.outcomes
                if o.name in p
            }
        )
        of = (self.sizes, self.request)
        self.run.register(measure_cells.cells(self.results, matched, *of))
        self.run.register(measure_cells.interval_cells(within, self.results, *of))

    @staticmethod
    def matching(base, quality, sizes):
        n = {"n_treatment": sizes[1], "n_comparison": sizes[0]}
        found = [Cell(f"{base}.{name}", k, "count", k) for name, k in n.items()]
        found.append(
            Cell(
                f"{base}.effective_comparison",
                150.0,
                "derived",
                rounding="effective size",
            )
        )
        found.append(Cell(f"{base}.share_matched", 100.0, "derived", rounding="whole"))
        found.append(Cell(f"{base}.weights", "unequal", "setting"))
        return [*found, Cell(f"{base}.match_quality", quality, "derived")]

    @staticmethod
    def balanced(names):
        """Balance of four people, whose kinds are spelt almost alike."""
        tables, cells = [], []
        for name in names:
            kinds = pd.Series(["A-1", "A 1", "A-1", "A 1"], dtype="str")
            covariates = {"age": [20.0, 30, 40, 50], "kind": kinds}
            group = small_study.group([1, 1, 0, 0], covariates, name)
            weights = pd.Series([1, 1, 0.5, 1.5], index=group.people.index)
            table = balance_.table(group.people, group.treatment, weights,
                                   group.covariates)  # fmt: skip
            cells += characteristics.cells(group, weights, table)
            tables.append(table.assign(analysis=name, variant="main"))
        return pd.concat(tables, ignore_index=True), cells

    def words(self, made):
        return [small_study.markup(self.run, block) for block in made]
