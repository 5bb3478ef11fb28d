"""What the report tells of effects by size of the treatment group."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.charts.report import arrangement, rows, sections
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.figures.marks import MARKS
from helpers.request.types import of_kind
from helpers.runs.run import Run

KIND, WORDS = "by_size", "results_by_size"
ALL = refs.counted("all")

#: which results are in the figure, and why others are not -> as the table has them
GROUPS = {
    "drawn": "In the figure",
    "size_only": "Not in the figure: the size is known, no difference",
    "difference_only": "Not in the figure: a difference is known, no size",
    "neither": "Not in the figure: neither is known",
}
METHOD = (
    "7: results by whether a size of the treatment group and a difference are known"
)

SCALE = (
    "The scale of sizes is by multiples: ten times as many people is always the same "
    "step to the right."
)

KNOWN = (
    "A difference is known where it was printed, or follows from both printed rates or "
    "from a printed interval, whose middle it is."
)


def of_size(catalogue: Catalogue) -> pd.DataFrame:
    """Give the results of a known size and difference, smallest group first."""
    known = catalogue.results.dropna(subset=["n", "difference"])
    return known.sort_values(["n", "difference", "id"])


def cells(catalogue: Catalogue) -> list[Cell]:
    """Give how many results have a place in the figure; all are published already."""
    results = catalogue.results
    sized, differs = results["n"].notna(), results["difference"].notna()
    parts = {
        "drawn": sized & differs,
        "size_only": sized & ~differs,
        "difference_only": ~sized & differs,
        "neither": ~sized & ~differs,
    }
    return [
        Cell(refs.counted(name, KIND, group), value, "public", method=METHOD)
        for group, part in parts.items()
        for name, value in counted(results[part]).items()
    ]


def counted(results: pd.DataFrame) -> dict[str, int]:
    """Give how many of some results have each finding, and how many there are."""
    values = {f: int((results["finding"] == f).sum()) for f in FINDINGS}
    return values | {"all": len(results)}


def recipe(
    catalogue: Catalogue, studies: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Give data of the figure: a result a row, and this request's own among them."""
    labels = {
        kind: {type_.name: type_.label for type_ in of_kind(catalogue.types, kind)}
        for kind in KINDS
    }
    made = [_row(row, labels) for row in of_size(catalogue).to_dict("records")]
    for study in studies:
        types = {kind: labels[kind][name] for kind, name in study["types"].items()}
        made.append(study | {"types": types})
    return {"rows": made}


def _row(row: dict[str, Any], labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "fact": "result",
        "label": row["programme"],
        "organisation": row["organisation"],
        "published": rows.month(row["published"]),
        "finding": row["finding"],
        "interval": row["interval"],
        "middle": bool(row["middle"]),
        "n_about": bool(row["n_about"]),
        "n": ref(refs.result(row["id"], "n")),
        "difference": ref(refs.result(row["id"], "difference"), "size"),
        "types": {kind: labels[kind][row[column]] for kind, column in KINDS.items()},
    }


def blocks_of(run: Run, published: Catalogue) -> list[Block]:
    """Give words, the figure, and what it holds; words alone where it has no result."""
    run.register(cells(published))
    drawn, everything = ref(refs.counted("all", KIND, "drawn")), ref(ALL)
    own = sections.studies(run, published)
    data = {
        "drawn": drawn,
        "all": everything,
        "studies": [{n: study[n] for n in ("n", "difference")} for study in own],
        "alone": run.request.alone,
    }
    known = of_size(published)
    told = "By size of the group: "
    folded = None if known.empty else folded_away(run, told, drawn, everything)
    words = blocks.words(run, "by-size-words", words=WORDS, data=data, fold=folded)
    if known.empty:
        return [words]
    figure = _figure(run, recipe(published, own), folded)
    return [words, figure, _table(run, folded)]


def folded_away(
    run: Run, what: str, drawn: Any, everything: Any
) -> dict[str, Any] | None:
    """Give what folds a figure of no one type: what it needs, and of how many known."""
    told = (what, drawn, " of ", everything, " results")
    return arrangement.fold(run, "intervention", "", *told)


def _figure(run: Run, data: dict[str, Any], folded: dict[str, Any] | None) -> Block:
    return blocks.figure(
        run,
        "by-size",
        figure="effect_by_size",
        lead=[
            see("by-size"),
            " shows each result by how many people were in its treatment group and by "
            "how far the one-year proven reoffending rate was from that of the "
            "comparison group. Each mark is one analysis.",
        ],
        subtitle="Difference in the one-year proven reoffending rate, people in "
        "every 100, by people in the treatment group",
        data=data,
        notes=[KNOWN, SCALE],
        source=sections.SOURCE,
        fold=folded,
    )


def _table(run: Run, folded: dict[str, Any] | None) -> Block:
    """Count the results in the figure and those that are not, by finding."""
    names = [*FINDINGS, "all"]
    rows = [
        [label, *(ref(refs.counted(name, KIND, group)) for name in names)]
        for group, label in GROUPS.items()
    ]
    rows.append(["All results collected", *(ref(refs.counted(name)) for name in names)])
    return blocks.table(
        run,
        "by-size-counts",
        caption="Results with and without a known size and difference",
        columns=["Results", *(mark.short for mark in MARKS.values()), "All findings"],
        rows=rows,
        lead=[
            see("by-size-counts"),
            " counts the results that are in ",
            see("by-size"),
            " and those that are not, by what they found.",
        ],
        source=sections.SOURCE,
        fold=folded,
    )
