"""What the report tells of effects by size of the treatment group."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import arrangement, rows, sections
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.request.types import of_kind
from helpers.runs.run import Run

KIND, WORDS = "by_size", "results_by_size"

METHODS = {
    "drawn": "7: results that printed both the size of the treatment group and a "
    "difference",
    "about": "7: of those, results whose size was printed as approximate",
}

SCALE = (
    "The scale of sizes is by multiples: ten times as many people is always the same "
    "step to the right."
)

MIDDLE = "Where only an interval was printed the mark is at its middle."


def of_size(catalogue: Catalogue) -> pd.DataFrame:
    """Give the results that printed a size and a difference, smallest group first."""
    known = catalogue.results.dropna(subset=["n", "difference"])
    return known.sort_values(["n", "difference", "id"])


def cells(catalogue: Catalogue) -> list[Cell]:
    """Give how many results have a place in the figure; all are published already."""
    known = of_size(catalogue)
    values = {"drawn": len(known), "about": int(known["n_about"].sum())}
    return [
        Cell(refs.counted(name, KIND), value, "public", method=METHODS[name])
        for name, value in values.items()
    ]


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
    """Give words and the figure of effects by size; words alone where it has none."""
    run.register(cells(published))
    counted, everything = ref(refs.counted("drawn", KIND)), ref(refs.counted("all"))
    own = sections.studies(run, published)
    data = {
        "drawn": counted,
        "about": ref(refs.counted("about", KIND)),
        "all": everything,
        "studies": [{n: study[n] for n in ("n", "difference")} for study in own],
        "alone": run.request.alone,
    }
    drawn = not of_size(published).empty
    folded = folded_away(run, counted, everything) if drawn else None
    made = [blocks.words(run, "by-size-words", words=WORDS, data=data, fold=folded)]
    if drawn:
        notes = [MIDDLE, SCALE] if of_size(published)["middle"].any() else [SCALE]
        made.append(_figure(run, recipe(published, own), notes, folded))
    return made


def folded_away(run: Run, drawn: Any, everything: Any) -> dict[str, Any] | None:
    """Give what folds a figure that is of no one type, and says how much it holds."""
    told = ("Figure and table: ", drawn, " of ", everything, " results")
    return arrangement.fold(run, "intervention", "", *told)


def _figure(
    run: Run, data: dict[str, Any], notes: list[str], folded: dict[str, Any] | None
) -> Block:
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
        notes=notes,
        source=sections.SOURCE,
        fold=folded,
    )
