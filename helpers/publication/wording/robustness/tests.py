"""Whether the verdict on a difference depends on the test, in a sentence."""

from typing import Any

from helpers.publication.numbers import escape
from helpers.publication.wording.beside.sites import by_place

ALIKE = "The verdict is the same by each of these tests."
NOT_TOLD = "Whether the verdict depends on the test is not told: a number is hidden."


def tests(data: dict[str, Any]) -> str:
    """Warn where tests disagree on whether a difference is significant.

    `tests` are their names and verdicts, the headline's first; a verdict that would
    tell a hidden number is neither yes nor no. With a second interval, `by_site`, it is
    said where people helped in one place change the verdict.
    """
    whose = f"{escape(data['analysis'])}: " if data["analysis"] else ""
    told = [_agreement(data), _by_place(data)]
    return f"<p>{whose}{' '.join(sentence for sentence in told if sentence)}</p>"


def _agreement(data: dict[str, Any]) -> str:
    verdicts = [verdict for _, verdict in data["tests"]]
    if not set(verdicts) <= {"Yes", "No"}:
        return NOT_TOLD
    if len(set(verdicts)) == 1:
        return ALIKE
    other = [escape(name) for name, v in data["tests"] if v != verdicts[0]]
    found = "significant" if verdicts[0] == "Yes" else "not significant"
    is_ = "not significant" if verdicts[0] == "Yes" else "significant"
    listed = ", ".join(other[:-1]) + (" and " if len(other) > 1 else "") + other[-1]
    return (
        "The verdict depends on which test is chosen. By the test of this report the "
        f"difference is {found}; by {listed} it is {is_}."
    )


def _by_place(data: dict[str, Any]) -> str:
    if "by_site" not in data:
        return ""
    return by_place(data["measure"], data["by_site"], data["table"], "the difference")
