"""Measures: both groups' values with their 95% intervals, and what each comes to."""

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from helpers.publication.facts.measure import Measure
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.figures.measure_blocks import (
    GROUPS,
    draw_blocks,
    lay_out,
    said_interval,
    said_value,
    unit,
)
from helpers.publication.units import average
from helpers.publication.wording.number_words import small
from helpers.publication.wording.verdicts import NEUTRAL, verdict
from helpers.request.measures.standard import PUBLISHED

LONGEST = 300  # letters of a text alternative


@dataclass(frozen=True)
class Data:
    """What the figure is drawn from; `analysis` where there are several."""

    noun: str
    analysis: str
    measures: list[Measure]


def headline(data: Data) -> str:
    """Say what the measures show, and which of them leave it open."""
    found = [(m, verdict(m)) for m in data.measures]
    found = [pair for pair in found if pair[1] not in ("withheld", "none")]
    clear = _alike([(m, v) for m, v in found if v.endswith("crease")])
    unclear = _alike([(m, "") for m, v in found if not v.endswith("crease")])
    if not found:
        words = "the measures in the programme and in the comparison group"
    elif not clear:
        shown = sum(map(len, unclear.values()))
        words = _none_clear(shown, len(data.measures))
    else:
        words = _listed([_clear(same, data.noun, v) for (*_, v), same in clear.items()])
        if unclear:
            told = any(_says_who_reoffended(m) for m, _ in found)
            what = [_topic(same, data.noun, told) for same in unclear.values()]
            words += f"; {_listed(what)} {'are' if len(what) > 1 else 'is'} not clear"
    if data.analysis:
        return f"{data.analysis}: {words}"
    return words[:1].upper() + words[1:]


def _alike(found: list[tuple[Measure, str]]) -> dict[tuple[str, ...], list[Measure]]:
    """Give measures by what they share: the kind, the label, the people, the verdict.

    Those of one label are told apart by their definitions, the label being said once.
    """
    groups: dict[tuple[str, ...], list[Measure]] = {}
    for measure, said in found:
        whom = measure.event if measure.of_some else ""
        key = (measure.kind, measure.label, f"{measure.of_some}{whom}", said)
        groups.setdefault(key, []).append(measure)
    return groups


def _called(same: list[Measure]) -> str:
    """Give the label of measures that share it, with what tells them apart."""
    if len(same) == 1:
        return same[0].name
    defined = [measure.definition for measure in same if measure.definition]
    also = ", also" if len(defined) < len(same) else ""
    return f"{same[0].label}{also} {_listed(defined)}"


def _none_clear(count: int, asked: int) -> str:
    """Say that not one of the measures that are shown is clear."""
    if count < asked:
        return "the measures that are shown are inconclusive"
    if count == 1:
        return "the result is inconclusive"
    which = "both" if count == 2 else f"all {small(count) or 'the'}"
    return f"{which} measures are inconclusive"


def _clear(same: list[Measure], noun: str, found: str) -> str:
    measure, label, fewer = same[0], _called(same), found == "decrease"
    some = measure.among(noun) if measure.of_some else ""
    if measure.kind == "rate":
        side = "fewer" if fewer else "more"
        return f"{side} {f'of {some}' if some else noun} {label}"
    if measure.kind == "frequency":
        among = f" among {some}" if some else ""
        return f"there were {'fewer' if fewer else 'more'} {label}{among}"
    if measure.kind == "amount":
        side = NEUTRAL["amount"][found]
        return f"the {average(label, measure.unit)} came out {side}"
    return f"the {label} was {'shorter' if fewer else 'longer'}"


def _says_who_reoffended(measure: Measure) -> bool:
    return measure.outcome == PUBLISHED and not measure.own_label


def _topic(same: list[Measure], noun: str, told: bool) -> str:
    """Tell what measures are about; in fewer words once `told` who reoffended."""
    measure = same[0]
    if told and measure.topic:
        return measure.topic
    some = measure.among(noun) if measure.of_some else ""
    if measure.kind == "rate":
        return f"how many {f'of {some}' if some else noun} {_called(same)}"
    if measure.kind == "days":
        return f"the {_called(same)}"
    if measure.kind == "amount":
        return f"the difference in the {average(_called(same), measure.unit)}"
    return f"the number of {_called(same)}{f' among {some}' if some else ''}"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def alternative(data: Data) -> str:
    """Give both values of each measure and the interval of their difference."""
    words = "Bars: the programme against the comparison group."
    for measure in data.measures:
        treated, compared = (said_value(measure, n) for n in measure.values)
        said = f" {measure.title}: {treated} against {compared}"
        if shown(*measure.values):
            said += f", {said_interval(measure)}"
        rest = " The table has the others."
        last = measure is data.measures[-1]
        if len(words + said) + 1 + (0 if last else len(rest)) > LONGEST:
            return words + rest
        words += f"{said}."
    return words


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give each measure's values and difference with their intervals."""
    columns = ["Measure and group", "Value", "95% interval from", "to"]
    rows: list[list[Any]] = []
    for measure in data.measures:
        reason = f". {measure.reason}" if measure.reason else ""
        rows.append([f"{measure.title}, {unit(measure, data.noun)}{reason}"])
        for group, (name, _) in GROUPS.items():
            rows.append([name, measure.value(group), *measure.limits(group)])
        ends = (measure.ci_low, measure.ci_high)
        rows.append(["Difference", measure.difference, *ends])
    return columns, rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a block a measure: two bars, and beside or under them what they come to."""
    place = lay_out(data.measures, narrow)
    bottom = draw_blocks(
        None, data.measures, data.noun, place
    )  # laid out once to learn the height
    figure, axes = common.canvas(narrow, bottom)
    draw_blocks(axes, data.measures, data.noun, place)
    return figure
