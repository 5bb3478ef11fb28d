"""The published results so far, in words."""

from typing import Any

from helpers.publication.numbers import Number, pieces

RATE = "one-year proven reoffending rate"

#: why a count of findings is no summary of them
COUNTING = (
    "Counting findings does not tell how well programmes work. A small analysis seldom "
    "has enough evidence to tell, whatever the programme did. And a count does not say "
    "how large the differences were."
)


def split(data: dict[str, Any]) -> str:
    """Give the Ministry's last full count of findings."""
    if not data["when"]:
        return (
            "<p>No count of what all analyses found had been published by "
            f"{data['as_of']}.</p>"
        )
    return (
        f"<p>Of the {data['total'].html} analyses that the Ministry of Justice had "
        f"completed by {data['when']}:</p>{_listed(_found(data, RATE))}"
    )


def collected(data: dict[str, Any]) -> str:
    """Give what the results collected here found, and what a count cannot tell."""
    number, by = data["all"], f"published by {data['as_of']}"
    if not number.value:
        return f"<p>No result that was {by} is collected here.</p>"
    found = _found(data, "rate")
    if data["not_found"].value:
        found.append(
            f"{data['not_found'].html} count in none of these, because what they found "
            "could not be read"
        )
    undated = ""
    if data["undated"].value:
        undated = (
            f"<p>Of {_results(data['undated'])} the month was not printed. They may "
            "have been published later, and charts over time leave them out.</p>"
        )
    return (
        f"<p>This report itself has collected {_results(number)} {by}. Of these:</p>"
        f"{_listed(found)}{undated}<p>{_partial(data)}</p><p>{COUNTING}</p>"
    )


def _listed(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _found(data: dict[str, Any], rate: str) -> list[str]:
    """Give how many found a decrease, could not tell, or found an increase."""
    lower = data["lower_frequency"]
    of_these = (
        f"; {lower.html} of these found a statistically significant decrease in the "
        "frequency of reoffending"
        if lower.value
        else ""
    )
    return [
        f"{_many(data['decrease'])} found a statistically significant decrease in the "
        f"{rate}",
        f"{_many(data['inconclusive'])} did not have enough evidence to tell{of_these}",
        f"{_many(data['increase'])} found a statistically significant increase in the "
        "rate",
    ]


def _many(number: Number) -> str:
    return number.html if number.value else "none"


def _partial(data: dict[str, Any]) -> str:
    """Say that the collection is partial, and which way it leans."""
    many = ""
    if data["published_when"]:
        many = (
            f" By {data['published_when']}, {data['published'].html} reports had "
            "already been published."
        )
    return (
        f"The collection is partial.{many} It holds what could still be read, much of "
        "it told by the organisations themselves, and good news is told more often. "
        "So it does not show how often programmes succeed."
    )


def _results(number: Number) -> str:
    return f"{number.html} {'result' if number.value == 1 else 'results'}"


def placed(data: dict[str, Any]) -> str:
    """Say whether a study is marked among the published results, and why if not."""
    shown = [study for study in data["studies"] if study.state == "shown"]
    where = data["reason"] or (
        "This study is marked among the published results."
        if shown
        else "This study has no result to mark among the published ones."
    )
    return sentences({"sentences": [[where]]})


def sentences(data: dict[str, Any]) -> str:
    """Give sentences given as pieces: text, numbers, and places to look at."""
    return "".join(f"<p>{pieces(parts)}</p>" for parts in data["sentences"])
