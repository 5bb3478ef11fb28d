"""The truth table of the sentences on a measure, and the measures of its cells."""

from pathlib import Path

import yaml
from support.small_words import measure

WRITTEN = Path(__file__).parents[1] / "publication/wording/truth_table.yml"
TABLE = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
#: of what numbers a verdict is
VERDICTS = {
    "lower": "decrease",
    "higher": "increase",
    "limit near nought": "decrease",
    "alike": "increase",
    "few, one side": "untested",
    "few, either": "untested",
    "withheld": "withheld",
    "not shown": "none",
}
POOR = TABLE["hidden"]["not shown"].removesuffix(" [nothing]")


def the_measure(of, case):
    """The measure of a cell, with the numbers behind it."""
    words = dict(TABLE["cells"][of]["words"])
    some = words.pop("some", False)
    few = words["label"] if words["kind"] == "rate" else "had this outcome"
    return measure(behind=TABLE["numbers"][case], of_some=some, few=few, question="",
                   event="reoffended" if some else "", title=of.capitalize(),
                   own_label=True, reason=POOR if case == "not shown" else "",
                   **words)  # fmt: skip
