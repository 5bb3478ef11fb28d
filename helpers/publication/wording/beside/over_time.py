"""How soon people reoffended, in words: curves, differences, and the mean time."""

from collections.abc import Sequence
from typing import Any

from helpers.publication.facts.measure import Measure, Moment
from helpers.publication.numbers import Number, escape
from helpers.publication.wording import intervals
from helpers.publication.wording.measure.groups import rounding
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import verdict

CHOSEN = (
    "The average time elsewhere in this report counts only people who {}. They are "
    "chosen by their outcome, so the two groups of them need not be alike even where "
    "the groups as a whole are."
)
NONE_CLEAR = (
    "{} no difference, so these data do not show {} the groups differ, if they do."
)
#: where the whole time by itself tells them apart, as the headline has said
ALONE = (
    "{} no difference. The rate at the end by itself, which is told elsewhere in this "
    "report, has a narrower interval, and that one leaves out no difference."
)
SIGNIFICANT = "This is a statistically significant result"
INCONCLUSIVE = "This is inconclusive: more people would need to be analysed to know"
UNTESTED = "Too few people are behind it for a test."


def _shown(*numbers: Number | None) -> bool:
    return all(n and n.state == "shown" and n.value is not None for n in numbers)


def _told(number: Number | str) -> bool:
    """Tell whether the average time among those chosen by their outcome is told."""
    return bool(number) and number.state == "shown"


def clear(moments: Sequence[Moment]) -> dict[str, list[Moment]]:
    """Give the times whose interval leaves out no difference: with fewer, with more.

    Only those count by which enough people reoffended for a test.
    """
    found: dict[str, list[Moment]] = {"fewer": [], "more": []}
    for moment in moments:
        if not (_shown(moment.ci_low, moment.ci_high) and _tested(moment)):
            continue
        # a limit that is printed as nought may have been on either side of it
        if moment.ci_high.value < 0 and not intervals.nothing(moment.ci_high):
            found["fewer"].append(moment)
        elif moment.ci_low.value > 0 and not intervals.nothing(moment.ci_low):
            found["more"].append(moment)
    return found


def compared(moments: Sequence[Moment]) -> list[Moment]:
    """Give the times at which the groups are compared, of those that are shown."""
    return [moment for moment in moments if _shown(moment.ci_low, moment.ci_high)]


def over_time(data: dict[str, Any]) -> str:
    """Say why curves are shown, what they show together, and the mean time."""
    label = escape(data["label"])
    counts = f"{data['figure'].html} counts everybody in both groups."
    why = f"{CHOSEN.format(label)} {counts}" if _told(data["chosen"]) else counts
    said = [why, _together(data), _mean(data["mean"], data)]
    return "".join(f"<p>{text}</p>" for text in said if text)


def _together(data: dict[str, Any]) -> str:
    """Say what the differences at all times show, as one statement."""
    told = compared(data["moments"])
    if not told:
        return ""
    gives, when = data["table"].html, _days(told)
    if len(told) == 1:
        text = f"{gives} gives a 95% interval for the difference by day {when}."
    else:
        every = "both" if len(told) == 2 else f"all {in_words(len(told))}"
        text = (
            f"{gives} gives 95% intervals for the differences by day {when}. With that "
            f"confidence {every} differences lie within them at once."
        )
    found, few = clear(told), [moment for moment in told if not _tested(moment)]
    if not any(found.values()):
        text += _none_clear(told, few, data)
    for side, when in found.items():
        if when:
            # one statement on all of them, so it holds of any that is picked out
            text += (
                f" By day {_days(when)} {side} {escape(data['noun'])} in the programme "
                f"{escape(data['label'])} than in the comparison group."
            )
    if few:
        text += f" By day {_days(few)} too few people {escape(data['label'])} to tell."
    return text


def _tested(moment: Moment) -> bool:
    """Tell whether enough people are behind a day to tell the groups apart."""
    return _shown(moment.tested) and moment.tested.value == "yes"


def _none_clear(
    told: Sequence[Moment], few: Sequence[Moment], data: dict[str, Any]
) -> str:
    """Say that the intervals include no difference: of the days that are tested."""
    tested = [moment for moment in told if moment not in few]
    if not tested:
        return ""
    includes, when = "Each of them includes", "at which of these times"
    if len(tested) < len(told):
        one = len(tested) == 1
        includes = f"{'The one' if one else 'Each of those'} by day {_days(tested)} "
        includes += "includes"
        when = "whether at that time" if one else when
    elif len(told) == 1:
        includes, when = "It includes", "whether at that time"
    alone = verdict(data["rate"]) in ("decrease", "increase")
    return f" {(ALONE if alone else NONE_CLEAR).format(includes, when)}"


def _days(moments: Sequence[Moment]) -> str:
    *most, last = (moment.day.html for moment in moments)
    return f"{', '.join(most)} and {last}" if most else last


def _mean(measure: Measure, data: dict[str, Any]) -> str:
    """Say how long people went on average without a reoffence."""
    if not _shown(*measure.values):
        return ""
    treated, compared_ = (value.html for value in measure.values)
    noun, label, whole = escape(data["noun"]), escape(data["label"]), data["whole"].html
    text = (
        f"Over {whole} days {noun} in the programme went {treated} days on average "
        f"before they {label}, and the comparison group {compared_} days. Those to "
        f"whom it did not happen count with all {whole}."
    )
    if not _shown(measure.difference, measure.ci_low, measure.ci_high):
        return text
    # where the printed days are farther apart, or nearer, than the difference
    note = rounding(measure, noun).removesuffix(".")
    text += (
        f" {note or intervals.difference(measure, '')} (95% interval: "
        f"{intervals.between(measure)})."
    )
    found = verdict(measure)
    if found == "untested":
        return f"{text} {UNTESTED}"
    means = INCONCLUSIVE if found == "inconclusive" else SIGNIFICANT
    return f"{text} {means} (p-value {measure.p_value.html})."
