"""What the figure of findings by year of publication holds, in words."""

from typing import Any

from helpers.publication.wording.results.by_size import of_collected

NO_TREND = (
    "The figure does not tell whether programmes have become better or worse. Analyses "
    "of few people are inconclusive more often, so what a year shows depends on how "
    "many people its analyses were about, and on which results could still be found "
    "and read."
)


def by_year(data: dict[str, Any]) -> str:
    """Say how many results have a year, and what their mix must not be taken for."""
    dated = data["dated"]
    if not dated.value:
        return (
            "<p>There is no figure by year of publication: of none of the results "
            "collected is the month of publication known.</p>"
        )
    said = of_collected(dated, data["all"], "are in the figure")
    return f"<p>{said}.{_others(data)}</p><p>{NO_TREND}</p>"


#: results without a known year -> of one and of several of them, what is known
LEFT_OUT = {
    "by_then": (
        "only its latest possible month is known",
        "for {} only the latest possible month is known",
    ),
    "undated": (
        "its date was not printed where it could be read",
        "of {} the date was not printed where it could be read",
    ),
}


def _others(data: dict[str, Any]) -> str:
    """Tell which results are left out, by what is known of their months."""
    left = {name: data[name] for name in LEFT_OUT if data[name].value}
    if sum(number.value for number in left.values()) == 1:
        [name] = left
        return f" The other is left out: {LEFT_OUT[name][0]}."
    told = [LEFT_OUT[name][1].format(number.html) for name, number in left.items()]
    return f" The others are left out: {', and '.join(told)}." if told else ""
