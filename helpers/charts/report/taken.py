"""The sentences and the figure of the results of a type, taken together."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from helpers.charts.report import arrangement, pooled, rows, sections
from helpers.charts.report.pooled import Group, Ours
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, where_shown
from helpers.publication.facts.resolve import WHERE_SHOWN
from helpers.publication.figures.results.pooled import MOST_DRAWN
from helpers.publication.numbers import refs_in
from helpers.request.limits import POOLED_FROM, PREDICTED_FROM
from helpers.runs.run import Run


@dataclass(frozen=True)
class Taken:
    """Types of the same results, the one that they are told under first; and ours."""

    same: list[Group]
    own: Ours

    @property
    def group(self) -> Group:
        """The type under which the results are told."""
        return self.same[0]

    @property
    def enough(self) -> bool:
        """Whether the published results have a mean by themselves."""
        return len(self.group.used) >= POOLED_FROM

    @property
    def key(self) -> str:
        """How the blocks about them are named."""
        return f"together-{self.group.kind}-{refs.in_key(self.group.type_)}"


def part(run: Run) -> dict[str, Any] | None:
    """Give the fold in which a report has what results come to together."""
    count, all_ = refs.pooled("count"), refs.counted("all")
    return arrangement.part(
        run, "Taken together: ", ref(count), " of ", ref(all_), " results"
    )


def by_results(
    run: Run, found: list[Group], ours: Ours, own: Container[tuple[str, str]]
) -> list[Taken]:
    """Give types of the same results together, where these have a mean.

    `own` are the request's own types by kind and name: results are told under them.
    """
    same: dict[tuple[tuple[str, ...], ...], tuple[list[Group], Ours]] = {}
    for group in found:
        added = pooled.added(group, ours)
        key = (tuple(group.used["id"]), tuple(name for name, _ in added))
        same.setdefault(key, ([], added))[0].append(group)
    sets = [
        Taken(sorted(groups, key=lambda one: (one.kind, one.type_) not in own), added)
        for groups, added in same.values()
    ]
    return [one for one in sets if one.enough or one.own]


def whether_any(sets: list[Taken]) -> list[Any]:
    """Give a list that holds something where any mean is told, by what is shown."""
    if any(one.enough for one in sets):
        return ["mean"]
    with_ours = {refs.pooled_with(name, one.group.kind, "ci_low")
                 for one in sets for name, _ in one.own}  # fmt: skip
    return [where_shown(name, "mean") for name in sorted(with_ours)]


def words(run: Run, one: Taken, *, in_view: bool = False) -> Block:
    """Say what results come to together, without and with ours; or why nothing."""
    group, added = one.group, _all_added(run, one)
    data = {
        "type": group.label,
        "one_kind": group.kind == "intervention",
        "same": [{"kind": other.kind, "label": other.label} for other in one.same[1:]],
        "counts": {},
        "means": _means(group) if one.enough else [],
        "added": added,
    }
    count, all_ = (
        made(name, group.kind, group.type_)
        for made, name in ((refs.pooled, "count"), (refs.counted, "all"))
    )
    if count in run.cells:
        data["counts"] = {"count": ref(count), "all": ref(all_)}
    shown = {"fold": part(run)} if in_view else _shown(run, one, added)
    return blocks.words(run, f"{one.key}-words", words="pooled", data=data, **shown)


def figure(run: Run, one: Taken) -> Block:
    """Show each result with its interval, their mean, and the mean with ours."""
    added = _all_added(run, one)
    shows = "each result, and what they come to together."
    if len(one.group.used) > MOST_DRAWN:
        shows = "what these results come to together; its data name each of them."
    return blocks.figure(
        run,
        one.key,
        figure="pooled",
        lead=[see(one.key), f" shows {shows}"],
        subtitle="Difference in the one-year proven reoffending rate, people in every "
        "100",
        data={
            "title": one.group.label,
            "rows": [*_results(one.group), *_sums(run, one, added)],
        },
        source=sections.SOURCE,
        **_shown(run, one, added),
    )


def _shown(run: Run, one: Taken, added: list[dict[str, Any]]) -> dict[str, Any]:
    """Give where a block stands: its fold, and without what it is left out."""
    group = one.group
    count = ref(refs.pooled("count", group.kind, group.type_))
    kind = "intervention" if group.kind == "all" else group.kind
    pieces = (f"{group.label}: ", count, " results together")
    places = [] if one.enough else refs_in([mean[WHERE_SHOWN] for mean in added])
    return {
        "stands_with": places,
        "fold": arrangement.fold(run, kind, group.type_, *pieces, within=part(run)),
    }


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


def _all_added(run: Run, one: Taken) -> list[dict[str, Any]]:
    return [_added(run, name, study, one.group) for name, study in one.own]


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


def _whose(organisation: str, published: str) -> str:
    return ", ".join(filter(None, [organisation, rows.month(published)]))


def _results(group: Group) -> list[dict[str, Any]]:
    """Give each published result, the largest decrease first."""
    return [
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


def _sums(run: Run, one: Taken, added: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the mean of the published results, then each of ours and that with it."""
    made = _means(one.group) if one.enough else []
    published = run.request.publication.date.isoformat()
    for (_, study), with_it in zip(one.own, added, strict=True):
        place = {WHERE_SHOWN: with_it[WHERE_SHOWN]}
        made.append(
            {"fact": "taken", "what": "study", "label": study["label"],
             "beneath": _whose(study["organisation"], published) + ", this report",
             "ci_low": study["ci_low"], "ci_high": study["ci_high"]} | place
        )  # fmt: skip
        made.append(with_it["mean"] | place)
    return made
