"""What several results come to together, and how far to trust it, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.facts.published import Added, Taken
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.findings import SIGNIFICANT
from helpers.publication.wording.intervals import drawn_interval, interval
from helpers.publication.wording.number_words import in_words
from helpers.request.limits import POOLED_FROM, PREDICTED_FROM

ANNOUNCED = (
    "<strong>This is the mean of what was announced, not of what was done.</strong> "
    "The collection is partial and leans towards good news, so that the mean may well "
    "make programmes look better than they were. It says nothing about any one of them."
)
WEIGHTS = (
    "The more precise a result is, the more it counts, and allowance is made for "
    "programmes that differ in what they do."
)
ALIKE = (
    "This study is not added to them: a result of the same organisation is among them, "
    "and some of the people may be the same."
)
NOT_SIGNIFICANT = (
    "This is not statistically significant: it does not show whether fewer people or "
    "more reoffended."
)
NO_NEW = (
    f"With fewer than {in_words(PREDICTED_FROM)} results, nothing is said of what a "
    "new programme could come to."
)
PER = "of every 100 people, the number who reoffended"

_NONE = Number("", None, "size", "z")


def taken_together(data: dict[str, Any]) -> str:
    """Say which results are taken together, and what their mean is worth."""
    count, all_ = data["count"], data["all"]
    why = (
        "a whole 95% interval was printed, and no two of them can be about the same "
        f"people. {WEIGHTS}"
    )
    said = [
        f"Of the {all_.html} results collected, {count.html} can be taken together: of "
        f"each {why}",
        ANNOUNCED,
        *([ALIKE] if data["alike"] else []),
    ]
    return "".join(f"<p>{sentence}</p>" for sentence in said)


def pooled(data: dict[str, Any]) -> str:
    """Say what results come to together, what a new programme could, and with ours."""
    means: list[Taken] = data["means"]
    added: list[Added] = data["added"]
    said = []
    if means:
        said.append(f"Taken together, the {means[0].count.html} published results say "
                    f"that {_could(means[0])}. {_means(means[0])}")  # fmt: skip
        said.append(_new(means[1], one_kind=data["one_kind"]) if means[1:] else NO_NEW)
    elif added:
        said.append(f"Only {data['count'].html} published results can be taken "
                    f"together, and {in_words(POOLED_FROM)} are needed.")  # fmt: skip
    said += [_with(one, means) for one in added]
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in said)
    return paragraphs.replace("<p>", f"<p><strong>{escape(data['type'])}.</strong> ", 1)


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


def _means(row: Taken) -> str:
    return SIGNIFICANT if clear(row) else NOT_SIGNIFICANT


def _new(row: Taken, *, one_kind: bool) -> str:
    kind = " of this kind" if one_kind else ""
    return (
        f"Programmes differ: a new programme{kind} could come to a number that is "
        f"{_interval(row)}."
    )


def _with(one: Added, means: list[Taken]) -> str:
    """Say what this study adds: what all come to with it, and without."""
    study = f"“{escape(one.label)}” of this study" if one.label else "this study"
    could = _could(one.mean)
    if means:
        could = f"the number could be {_interval(one.mean)}"
    with_it = (
        f"With {study} there are {one.mean.count.html}, and {could}. {_means(one.mean)}"
    )
    if not means:
        return with_it
    printed = {drawn_interval(row.ci_low, row.ci_high) for row in (one.mean, means[0])}
    if len(printed) == 1:
        return f"{with_it} Without it, it is the same in whole people."
    same = clear(one.mean) == clear(means[0])
    stays = " What can be concluded stays the same." if same else ""
    return f"{with_it} Without it, it could be {_interval(means[0])}.{stays}"
