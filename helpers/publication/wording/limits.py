"""What the analysis cannot tell, and how it was done."""

from typing import Any

from helpers.publication.wording.verdicts import escape


def limits(data: dict[str, Any]) -> str:
    """The limits that apply to this run, and those the request itself names."""
    texts = [escape(text) for text in [*data["own"], *data["texts"]]]
    items = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{items}</ul>"


def how_matched(data: dict[str, Any]) -> str:
    """The propensity model and the matching, in a paragraph each."""
    covariates = ", ".join(escape(label) for label in data["covariates"])
    exact = data["exact"]
    within = (
        f" People were compared only with people of the same "
        f"{escape(' and '.join(exact))}."
        if exact
        else ""
    )
    title = f"<h3>{escape(data['analysis'])}</h3>" if data["several"] else ""
    return (
        f"{title}<p>A logistic regression gave each person a propensity score: how "
        f"likely someone with their characteristics was to be in the programme. It "
        f"used: {covariates}.</p><p>{escape(data['method'])} Closeness was measured "
        f"{escape(data['scale'])}.{within}</p>"
    )


def how_estimated(data: dict[str, Any]) -> str:
    """The estimate, its interval and its test."""
    opened = (
        "The matching was changed after the outcomes had first been opened."
        if data["changed"]
        else "The outcomes were opened only after the matching was settled."
    )
    return (
        f"<p>{opened} The difference is the average among people in the programme "
        "less the weighted average among the comparison group. Its interval and its "
        "test are Welch’s; the comparison group counts with its effective size there, "
        "so that a weight is never taken for a person. A result is called "
        'statistically significant when its p-value is <span data-numcheck="off">0.05'
        "</span> or less. For a rate, where fewer than "
        '<span data-numcheck="off">10</span> '
        "people in either group had an outcome, or did not have it, no test is made "
        "and the interval is Newcombe’s.</p>"
    )
