"""What published results come to when they are taken together: the blocks."""

from itertools import chain
from typing import Any

from helpers.charts.catalogue import overlaps
from helpers.charts.catalogue.read import Catalogue
from helpers.charts.report import arrangement, pooled, rows, sections
from helpers.charts.report.pooled import Group, Ours
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, where_shown
from helpers.publication.facts.resolve import WHERE_SHOWN
from helpers.publication.numbers import refs_in
from helpers.publication.wording.number_words import in_words
from helpers.request.limits import POOLED_FROM, PREDICTED_FROM
from helpers.runs.run import Run

TOO_FEW = {
    limit: f"fewer than {in_words(limit)}" for limit in (POOLED_FROM, PREDICTED_FROM)
}
LEFT_OUT = "Results left out, since a larger one may be about the same people"
NOTES = [
    "A result is taken in where a whole 95% interval of it was printed; computed "
    "intervals are not. Of results that may be about the same people, the largest is.",
    "The interval of the mean allows for programmes that differ.",
]
NEW = (
    "The range of a new programme is a 95% one, if the programme is like those that were "
    "published. Tried on made-up programmes it held less often than that where few "
    "results were known."
)


def together(run: Run, published: Catalogue) -> list[Block]:
    """Give what results come to together: how, a table of all types, and a figure each.

    Types of the same results have one figure; those that stand open come first. Nothing
    where no result is collected.
    """
    found = pooled.groups(published)
    if not found:
        return []
    ours = pooled.own(run, published)
    figures = [_figure(run, *same) for same in _by_results(found, ours)]
    figures.sort(key=lambda made: any(map(_folded, made)))
    return [
        _how(run, published),
        _table(run, found),
        *_left_out(run, published),
        *chain.from_iterable(figures),
    ]


def _folded(block: Block) -> bool:
    """Tell whether a block is folded away on every screen."""
    return not block.recipe.get("fold", {"phone": True})["phone"]


def _by_results(found: list[Group], ours: Ours) -> list[tuple[list[Group], Ours]]:
    """Give groups of the same results together, with what is added to them of ours."""
    same: dict[tuple[tuple[str, ...], ...], tuple[list[Group], Ours]] = {}
    for group in found:
        added = pooled.added(group, ours)
        key = (tuple(group.used["id"]), tuple(name for name, _ in added))
        same.setdefault(key, ([], added))[0].append(group)
    return list(same.values())


def _how(run: Run, published: Catalogue) -> Block:
    kept = pooled.used(published.results)
    own = [study["ci_low"]["ref"] for study in sections.studies(run, published)]
    alike = own and pooled.shares_people(run, kept)
    data = {
        "all": ref(refs.counted("all")),
        "count": ref(refs.pooled("count")),
        "alike": [where_shown(own[0], "alike")] if alike else [],
    }
    return blocks.words(run, "together-how", words="taken_together", data=data)


def _left_out(run: Run, published: Catalogue) -> list[Block]:
    """Name the results left out for a larger one that may be about the same people."""
    printed = published.results[published.results["interval"] == "printed"]
    kept, group = pooled.used(printed), overlaps.groups(printed)
    larger = {group[row.id]: row.programme for row in kept.itertuples()}
    left = printed[~printed["id"].isin(kept["id"])]
    if left.empty:
        return []
    named = [
        [row.programme, row.organisation, rows.month(row.published),
         larger[group[row.id]]]
        for row in left.itertuples()
    ]  # fmt: skip
    return [
        blocks.table(
            run,
            "together-left-out",
            caption="Results left out for a larger one that may be about the same "
            "people",
            columns=["Left out", "Organisation", "Published", "Taken in its place"],
            rows=named,
            lead=[see("together-left-out"), " names them."],
            source=sections.SOURCE,
            fold=arrangement.fold(run, "intervention", "", LEFT_OUT),
        )
    ]


def _whose(organisation: str, published: str) -> str:
    return ", ".join(filter(None, [organisation, rows.month(published)]))


def _table(run: Run, found: list[Group]) -> Block:
    """Give one row a type: how many results, their mean, and a new programme's.

    The last stands where there are enough results of any type to say it.
    """
    new = any(len(group.used) >= PREDICTED_FROM for group in found)
    made: list[list[Any]] = []
    for number, group in enumerate(found):
        if group.kind != "all" and found[number - 1].kind != group.kind:
            made.append([rows.HEADINGS[group.kind]])
        made.append(_cells(group, new=new))
    columns = ["Type", "Results taken together", "Mean: 95% interval"]
    return blocks.table(
        run,
        "together",
        caption="What published results come to together: people in every 100 who "
        "reoffended, in the programmes beside their comparison groups",
        columns=columns + ["A new programme"] * new,
        rows=made,
        lead=[see("together"), " shows how many results of each type can be taken "
              "together, and what they come to."],
        notes=NOTES + [NEW] * new,
        source=sections.SOURCE,
    )  # fmt: skip


def _cells(group: Group, *, new: bool) -> list[Any]:
    """Give the row of a type; where it has too few results, it says so."""
    count, all_ = (
        ref(made(name, group.kind, group.type_))
        for made, name in ((refs.pooled, "count"), (refs.counted, "all"))
    )
    cells = [group.label, [count, " of ", all_]]
    shown = [("ci", POOLED_FROM), ("new", PREDICTED_FROM)]
    for name, least in shown[: 1 + new]:
        enough = len(group.used) >= least
        cells.append(_interval(group, name) if enough else TOO_FEW[least])
    return cells


def _interval(group: Group, name: str) -> dict[str, Any]:
    ends = [
        ref(refs.pooled(f"{name}_{end}", group.kind, group.type_), "size")
        for end in ("low", "high")
    ]
    return {"fact": "interval", "low": ends[0], "high": ends[1],
            "less": "fewer", "more": "more"}  # fmt: skip


def _figure(run: Run, same: list[Group], own: Ours) -> list[Block]:
    """Give sentences and a figure of results taken together, where they can be."""
    group = same[0]
    enough = len(group.used) >= POOLED_FROM
    if not (enough or own):
        return []
    key = f"together-{group.kind}-{refs.in_key(group.type_)}"
    means = _means(group) if enough else []
    added = [_added(run, name, study, group) for name, study in own]
    title = group.label
    if same[1:]:
        title += f" (the same as {', '.join(one.label for one in same[1:])})"
    shown = {
        "stands_with": [] if enough else refs_in([one[WHERE_SHOWN] for one in added]),
        "fold": _fold(run, same, title),
    }
    words = blocks.words(
        run,
        f"{key}-words",
        words="pooled",
        data={
            "type": title,
            "one_kind": group.kind == "intervention",
            "count": ref(refs.pooled("count", group.kind, group.type_)),
            "means": means,
            "added": added,
        },
        **shown,
    )
    figure = blocks.figure(
        run,
        key,
        figure="pooled",
        lead=[see(key), " shows each result, and what they come to together."],
        subtitle="Difference in the one-year proven reoffending rate, people in every "
        f"100: {title}",
        data={"title": title, "rows": _rows(group, means, own, added)},
        source=sections.SOURCE,
        **shown,
    )
    return [words, figure]


def _fold(run: Run, same: list[Group], title: str) -> dict[str, Any] | None:
    """Give the fold of a group; all results lie in one unless they are its own type."""
    count = ref(refs.pooled("count", same[0].kind, same[0].type_))
    folds = [
        arrangement.fold(
            run,
            "intervention" if one.kind == "all" else one.kind,
            one.type_,
            f"{title}: ",
            count,
            " results together",
        )
        for one in same
    ]
    if None in folds:
        return None
    return min(folds, key=lambda fold: not fold["phone"])


def _means(group: Group) -> list[dict[str, Any]]:
    def at(name: str) -> dict[str, str]:
        return ref(refs.pooled(name, group.kind, group.type_), "size")

    found = [
        {"fact": "taken", "what": "mean", "label": "Mean of the published results",
         "ci_low": at("ci_low"), "ci_high": at("ci_high"), "mean": at("mean"),
         "count": at("count") | {"format": "count"}}
    ]  # fmt: skip
    if len(group.used) >= PREDICTED_FROM:
        found.append(
            {"fact": "taken", "what": "new", "label": "A new programme",
             "ci_low": at("new_low"), "ci_high": at("new_high")}
        )  # fmt: skip
    return found


def _added(run: Run, name: str, study: dict[str, Any], group: Group) -> dict[str, Any]:
    """Give the mean with an analysis of this request; left out where it is withheld."""

    def at(number: str, format: str = "size") -> dict[str, str]:
        return ref(refs.pooled_with(name, group.kind, number), format)

    whose = f"“{name}”" if run.several else "this study"
    mean = {"fact": "taken", "what": "mean", "label": f"Mean with {whose}",
            "ci_low": at("ci_low"), "ci_high": at("ci_high"), "mean": at("mean"),
            "count": at("count", "count")}  # fmt: skip
    label = study["label"] if run.several else ""
    return {"fact": "added", "label": label, "mean": mean, WHERE_SHOWN: at("ci_low")}


def _rows(
    group: Group,
    means: list[dict[str, Any]],
    own: Ours,
    added: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Give each result, largest decrease first, their mean, and the mean with ours."""
    made: list[dict[str, Any]] = [
        {
            "fact": "taken",
            "what": "result",
            "label": row.programme,
            "beneath": _whose(row.organisation, row.published),
            "ci_low": ref(refs.result(row.id, "ci_low"), "size"),
            "ci_high": ref(refs.result(row.id, "ci_high"), "size"),
        }
        for row in group.used.sort_values(["effect", "published", "id"]).itertuples()
    ]
    made += means
    for (_, study), one in zip(own, added, strict=True):
        place = {WHERE_SHOWN: one[WHERE_SHOWN]}
        made.append(
            {"fact": "taken", "what": "study", "label": study["label"],
             "beneath": _whose(study["organisation"], "") + ", this report",
             "ci_low": study["ci_low"], "ci_high": study["ci_high"]} | place
        )  # fmt: skip
        made.append(one["mean"] | place)
    return made
