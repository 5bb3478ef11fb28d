"""Whether the verdict on a difference depends on the test, in a sentence."""

from typing import Any

from helpers.publication.numbers import escape

ALIKE = "The verdict is the same by every test."
NOT_TOLD = "Whether the verdict depends on the test is not told: a number is hidden."


def tests(data: dict[str, Any]) -> str:
    """Warn where tests disagree on whether a difference is significant.

    `tests` are their names and verdicts, the headline's first; a verdict that would
    tell a hidden number is neither yes nor no.
    """
    verdicts = [verdict for _, verdict in data["tests"]]
    whose = f"{escape(data['analysis'])}: " if data["analysis"] else ""
    if not set(verdicts) <= {"Yes", "No"}:
        return f"<p>{whose}{NOT_TOLD}</p>"
    if len(set(verdicts)) == 1:
        return f"<p>{whose}{ALIKE}</p>"
    other = [escape(name) for name, v in data["tests"] if v != verdicts[0]]
    found = "significant" if verdicts[0] == "Yes" else "not significant"
    is_ = "not significant" if verdicts[0] == "Yes" else "significant"
    listed = ", ".join(other[:-1]) + (" and " if len(other) > 1 else "") + other[-1]
    return (
        f"<p>{whose}The verdict depends on which test is chosen. By the test of this "
        f"report the difference is {found}; by {listed} it is {is_}.</p>"
    )
