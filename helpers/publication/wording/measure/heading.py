"""What was found on a measure, in one line."""

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.measure.groups import among, mean
from helpers.publication.wording.verdicts import NEUTRAL, verdict


def heading(measure: Measure, noun: str) -> str:
    """Give the finding in one line."""
    found, label = verdict(measure), escape(measure.name)
    who = escape(noun)
    of = f"the {who} in the programme"
    if measure.of_some and measure.kind not in NEUTRAL:
        # "the people in the programme who reoffended", "those to whom it happened"
        some = among(measure, noun)
        known = some.startswith(who)
        of = f"{of}{some.removeprefix(who)}" if known else f"{some} in the programme"
        who = f"of the {some}" if known else f"of {some}"
    lead = of.removeprefix("the ")
    lead = f"{lead[:1].upper()}{lead[1:]}"
    if found in ("withheld", "none"):
        return f"{escape(measure.title)}: the result is not shown"
    if measure.kind == "rate":
        if found == "decrease":
            return f"Fewer of {of} {label}"
        if found == "increase":
            return f"More of {of} {label}"
        return f"It is not clear whether fewer or more {who} {label}"
    if measure.kind == "frequency":
        if found == "decrease":
            return f"{lead} had fewer {label}"
        if found == "increase":
            return f"{lead} had more {label}"
        return f"It is not clear whether there were fewer or more {label}"
    if measure.kind == "amount":
        called = mean(measure)
        if found in ("decrease", "increase"):
            return f"{NEUTRAL['amount'][found].capitalize()} {called} in the programme"
        return f"It is not clear which group had the higher {called}"
    if found == "decrease":
        return f"A shorter {label} in the programme"
    if found == "increase":
        return f"A longer {label} in the programme"
    return f"It is not clear whether the {label} was shorter or longer"
