"""What several results come to together, and how far to trust it, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.facts.published import Added, Taken
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.intervals import drawn_interval, interval
from helpers.publication.wording.number_words import in_words
from helpers.request.limits import POOLED_FROM

#: what a mean of published results is worth, said before any of them
READABLE = (
    "<strong>A mean is of what was published and could be read, not of all that was "
    "analysed.</strong> The collection is partial and leans towards good news, so that "
    "a mean may well make programmes look better than they were. It says nothing about "
    "any one of them."
)
#: the same beside each mean
LEANS = (
    "The results that could be read lean towards good news, so that they may make "
    "programmes look better than they were."
)
WEIGHTS = (
    "The more precise a result is, the more it counts, and allowance is made for "
    "programmes that differ in what they do."
)
ALIKE = (
    "This study is not added to them: a result of the same organisation and type of "
    "programme is among them, and some of the people may be the same."
)
INCONCLUSIVE = (
    "This is inconclusive: it does not show whether fewer people or more reoffended."
)
LEAST = f"a mean takes at least {in_words(POOLED_FROM)}"
PER = "of every 100 people, the number who reoffended"

_NONE = Number("", None, "size", "z")


def taken_together(data: dict[str, Any]) -> str:
    """Say which results are taken together, and what their mean is worth."""
    if data["count"] is None:
        return f"<p>No published result is collected here, and {LEAST}.</p>"
    said = [_which(data["count"], data["all"], mean=bool(data["mean"]))]
    said += [READABLE] if data["mean"] else []
    said += [ALIKE] if data["alike"] else []
    return "".join(f"<p>{sentence}</p>" for sentence in said)


def _which(count: Number, all_: Number, *, mean: bool) -> str:
    """Say how many of all results can be taken together, and by what rule."""
    collected = f"Of the {all_.html} {_results(all_)} collected,"
    if count.value < 2:
        alone = f"{count.html} alone" if count.value else "none"
        return (
            f"{collected} {alone} can be taken in, by a whole 95% interval that was "
            f"printed; {LEAST}."
        )
    few = "" if count.value >= POOLED_FROM else f" They are too few: {LEAST}."
    weights = f" {WEIGHTS}" if mean else ""
    return (
        f"{collected} {count.html} can be taken together: of each a whole 95% interval "
        "was printed, and no two of them are of one organisation and one type of "
        f"programme with years that may meet.{few}{weights}"
    )


def _results(count: Number) -> str:
    return "result" if count.value == 1 else "results"


def pooled(data: dict[str, Any]) -> str:
    """Say what results come to together, what a new programme could, and with ours."""
    means: list[Taken] = data["means"]
    added: list[Added] = data["added"]
    said = [_without(data)]
    if means[1:]:
        said.append(_new(means[0], means[1], one_kind=data["one_kind"]))
    said += [_with(one, means) for one in added]
    if means or added:
        said[-1] += f" {LEANS}"
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in said)
    return paragraphs.replace("<p>", f"<p><strong>{escape(data['type'])}.</strong> ", 1)


def _without(data: dict[str, Any]) -> str:
    """Say what the published results come to by themselves, or why to nothing."""
    means, counts = data["means"], data["counts"]
    if means:
        mean = means[0]
        asides = "".join(f", {_of_others(other)}" for other in data["same"])
        which = f"{mean.count.html} published results{asides}{',' * bool(asides)}"
        open_ = "" if clear(mean) else f" {INCONCLUSIVE}"
        return f"Taken together, the {which} say that {_could(mean)}.{open_}"
    if not counts:
        return f"No result of this type is collected; {LEAST}."
    count, all_ = counts["count"], counts["all"]
    if data["added"]:
        return (
            f"Only {count.html} published {_results(count)} can be taken together, and "
            f"{LEAST}."
        )
    can = f"{count.html} can" if count.value else "none can"
    return (
        f"There is no mean: of {all_.html} {_results(all_)} collected, {can} be taken "
        f"together with others, and {LEAST}."
    )


def _of_others(other: dict[str, str]) -> str:
    """Say of what other type the same results are."""
    label = other["label"]
    if other["kind"] == "all":
        return "all that can be taken together of any type"
    if other["kind"] == "sector" and label.endswith(" sector"):
        return f"all of them from the {escape(label[0].lower() + label[1:])}"
    return f"all of them of the type “{escape(label)}”"


def _could(row: Taken, where: str = "in the programmes") -> str:
    return f"{PER} {where} could be {_interval(row)} than in the comparison groups"


def _interval(row: Taken) -> str:
    measure = Measure(
        outcome="", kind="rate", label="", definition="", title="",
        value_treatment=_NONE, value_comparison=_NONE, difference=_NONE,
        ci_low=row.ci_low, ci_high=row.ci_high, p_value=_NONE,
    )  # fmt: skip
    return interval(measure, "people")


def clear(row: Taken) -> bool:
    """Tell whether the whole interval lies on one side of no difference."""
    return row.ci_high.value < 0 or row.ci_low.value > 0


def _new(mean: Taken, new: Taken, *, one_kind: bool) -> str:
    """Say what a new programme could come to; where programmes agree, the same."""
    of = "The range of a new programme" + " of this kind" * one_kind
    if _alike(mean, new):
        return f"{of} is the same in whole people."
    return (
        f"{of} is wider, because programmes differ: it could come to a number that is "
        f"{_interval(new)}."
    )


def _alike(one: Taken, other: Taken) -> bool:
    """Tell whether two intervals are printed the same."""
    printed = {drawn_interval(row.ci_low, row.ci_high) for row in (one, other)}
    return len(printed) == 1


def _with(one: Added, means: list[Taken]) -> str:
    """Say what this study adds: what all come to with it, and without."""
    study = f"“{escape(one.label)}” of this study" if one.label else "this study"
    could = _could(one.mean)
    if means:
        could = f"the number could be {_interval(one.mean)}"
    # that a mean is open is said once
    opens = not clear(one.mean) and not (means and not clear(means[0]))
    said = f"With {study} there are {one.mean.count.html}, and {could}."
    said += f" {INCONCLUSIVE}" if opens else ""
    if not means:
        return said
    if _alike(one.mean, means[0]):
        return f"{said} Without it, it is the same in whole people."
    return f"{said} Without it, it could be {_interval(means[0])}."
