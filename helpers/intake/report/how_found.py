"""The rules by which people were found and their sentence chosen, for the report."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.reoffending import TO_PROVE, horizons
from helpers.intake.report import links
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.request import Outcome, Request
from helpers.request.doubts.robustness import LADDER
from helpers.request.limits import UNKNOWN_STARTS
from helpers.request.measures.standard import YEAR
from helpers.runs import hashes
from helpers.runs.run import Run

SENTENCES = {
    "custody": "a release from custody",
    "community": "the start of a community order",
    "any": "a release from custody or the start of any other sentence",
}
READY = (
    "Who was in the programme, and what happened to everyone afterwards, came with the "
    "data. Nobody was looked up in national records."
)
#: only where anybody was matched
DELAY_MATCHED = (
    " The delay is among the characteristics on which the groups were matched."
)
#: the table of other names, and what is said where it was not opened
ALIASES = "alias"
NO_ALIASES = (
    "Other names that people have gone by were not looked at, so somebody recorded "
    "under another name may not have been found. "
)
THRESHOLD = "review_threshold"
#: what a time after the index date is called, where it is no number of days
TIMES = {YEAR: "year", 2 * YEAR: "two years"}
#: settings that the report names: what a reader is told, and the rule
SETTINGS = {
    "window_days": ("Days around an index date within which support began, if not in "
                    "custody", "1: W, a setting of the request"),
    "minimum_age": ("Youngest age at the index date",
                    "1: a setting of the request, for both groups"),
    "maximum_age": ("Oldest age at the index date",
                    "1: a setting of the request, for both groups"),
    THRESHOLD: ("Match probability from which a likeliest candidate was taken in, to "
                "see how far the result holds", "1: a setting of the request"),
    "assessment_within_days": ("Oldest assessment (OASys) that counts, in days",
                               "1: a setting of the request"),
}  # fmt: skip
#: of each time that is a number of days: what a reader is told, and the rule
HORIZON = (
    "Days after the index date within which an offence counts",
    "1: a setting of the request",
)


def table(request: Request) -> pd.DataFrame:
    """Give the rules of the request that decide who goes on, for the analyst."""
    rules = request.eligibility
    oldest = rules.maximum_age or "no limit"
    rows = {
        "index date": SENTENCES[rules.sentence],
        "start of support, days around an index date": rules.window_days,
        "index offences left out": ", ".join(rules.exclude_offence_groups) or "none",
        "age at the index date": f"{rules.minimum_age} to {oldest}",
        "followed up": f"{max(horizons(request)):,} days, and {TO_PROVE} more to prove "
        "an offence",
        "OASys assessment, days before the cut-off": rules.assessment_within_days,
        "a person decides from a match probability of": (
            request.linkage.review_threshold
        ),
    }
    return pd.DataFrame({"rule": rows.keys(), "setting": map(str, rows.values())})


def register(run: Run, *, corrected: bool = True) -> None:
    """Register the settings that the report names.

    `corrected` says whether reoffences before support could be allowed for.
    """
    if not run.request.inputs.from_records:
        return
    rules = run.request.eligibility
    values = {name: getattr(rules, name) for name in SETTINGS if name != THRESHOLD}
    if run.request.robustness.links == LADDER:
        values[THRESHOLD] = run.request.linkage.review_threshold
    cells = [
        Cell(refs.setting(name), value, "setting", method=SETTINGS[name][1])
        for name, value in values.items()
        if value is not None
    ]
    cells += [
        Cell(refs.setting(f"horizon_{days}"), days, "setting", method=HORIZON[1])
        for days in _in_days(run)
    ]
    method = (
        f"1: 1 where more than {UNKNOWN_STARTS:.0%} of the programme have no start of "
        "support"
    )
    run.register([*cells, Cell(refs.NO_CORRECTION, int(not corrected), "setting",
                               method=method)])  # fmt: skip


def steps(run: Run) -> dict[str, Any]:
    """Give the fold in which the report tells step by step how it was made."""
    if run.nothing_to_compare:
        return blocks.fold("How people were looked up")
    found = "found, " if run.request.inputs.from_records else ""
    return blocks.fold(f"Steps: {found}matched and compared")


def how_found(run: Run) -> list[Block]:
    """Say how people were found, which sentence was theirs, and who is in the pool."""
    if not run.request.inputs.from_records:
        data = {"sentences": [[READY]]}
        fold = None if run.nothing_to_compare else steps(run)
        return [blocks.words(run, "found", words="sentences", data=data, fold=fold)]
    sentences: list[list[Any]] = [_linked(run), _index(run), _pool(run), *_before(run)]
    sentences += [_followed(run), *_ladder(run)]
    data = {"sentences": sentences}
    fold = steps(run)
    words = blocks.words(run, "found", words="sentences", data=data, fold=fold)
    return [words, _settings(run, fold), links.table(run, fold)]


def _settings(run: Run, fold: dict[str, Any]) -> Block:
    """Give the table of settings that decide whose sentence can be used."""
    key = "rules"
    return blocks.table(
        run,
        key,
        lead=[see(key), " has the settings for this."],
        caption="Settings by which people and sentences were chosen",
        columns=["Setting", "Value"],
        rows=[
            [text, ref(refs.setting(name), "setting")]
            for name, (text, _) in SETTINGS.items()
            if refs.setting(name) in run.cells
            and not (name == THRESHOLD and run.nothing_to_compare)
        ]
        + [[HORIZON[0], _days(days)] for days in _in_days(run)],
        fold=fold,
    )


def _in_days(run: Run) -> list[int]:
    """Give the times of the request's measures that are told as a number of days."""
    return [days for days in horizons(run.request) if days not in TIMES]


def _days(days: int) -> dict[str, str]:
    return ref(refs.setting(f"horizon_{days}"), "count")


def _linked(run: Run) -> list[Any]:
    aliases = run.request.inputs.made_up or ALIASES in {
        path.stem for path in hashes.files_of(run.request, "intake")
    }
    others = "Other names on record counted as well. " if aliases else NO_ALIASES
    return [
        "Each line that can be used was looked up in the national records: by its PNC "
        "id or prison number, each only where two of surname, forename and date of "
        "birth agreed too; then by names and date of birth, exact or nearly so. "
        f"{others}What was less certain was left to a person to decide."
    ]


def _index(run: Run) -> list[Any]:
    rules = run.request.eligibility
    text = [
        "The sentence that a person’s support belongs to was found from the dates of "
        "the line: the index date or the date of conviction, where one was given, "
        "else the start of support, which had to fall in custody or within ",
        ref(refs.setting("window_days"), "setting"),
        " days of an index date, and always within a year after it. An index date is "
        f"{SENTENCES[rules.sentence]}. People were at least ",
        ref(refs.setting("minimum_age"), "setting"),
    ]
    if rules.maximum_age is not None:
        text += [" and at most ", ref(refs.setting("maximum_age"), "setting")]
    text.append(" years old then.")
    if rules.exclude_offence_groups:
        groups = ", ".join(rules.exclude_offence_groups)
        text.append(f" These index offences were left out: {groups}.")
    return text


def _pool(run: Run) -> list[Any]:
    return [
        "The comparison pool was drawn from everyone with such a sentence in the same "
        "period, without anyone whom a line submitted may be about. Each person is in "
        "it once at most, and every sentence, up to five a person, had the same chance "
        "of being used, but for two things that leaving the list out asks for. People "
        "with several sentences are more often on it: of the others as large a share "
        "was left out by chance. And support belongs to the first sentence of a person "
        "on the list: a later one was used a little less often."
    ]


def _before(run: Run) -> list[list[Any]]:
    if run.cells[refs.NO_CORRECTION].value:
        return []
    return [
        [
            "Who reoffends before support begins cannot have it, so such people were "
            "left out of the programme group. The same was done for the pool: each "
            "person of the pool was given a delay by a draw from those of the "
            "programme, and left out if they reoffended within it. Each person in the "
            "programme whose start of support is not known was dealt with in the same "
            f"way.{DELAY_MATCHED if not run.nothing_to_compare else ''}"
        ]
    ]


def _followed(run: Run) -> list[Any]:
    first, *longer = [_time(days) for days in horizons(run.request)]
    pieces = [
        "A proven reoffence is an offence committed in ",
        *first,
        " after the index date, and proven within a further six months by a "
        "conviction, caution, reprimand or warning. ",
    ]
    if longer:
        listed = [piece for time in longer for piece in (" or ", *time)][1:]
        pieces += ["For measures that say so it is ", *listed, " in place of ", *first]
        pieces.append(", and everyone was followed up for the longest of these. ")
    if any(outcome.standard.offences for outcome in _standard(run)):
        pieces.append(
            "A violent reoffence is one that the records count as violence against the "
            "person. "
        )
    return [
        *pieces,
        "Breaches of an order are not counted. Characteristics are as they were "
        "before support began, and on the index date at the latest.",
    ]


def _time(days: int) -> list[Any]:
    """Give a time after the index date in pieces: "the year", "the 180 days"."""
    if days in TIMES:
        return [f"the {TIMES[days]}"]
    return ["the ", _days(days), " days" if days > 1 else " day"]


def _standard(run: Run) -> list[Outcome]:
    return [outcome for outcome in run.request.outcomes if outcome.standard]


def _ladder(run: Run) -> list[list[Any]]:
    """Say who is in the results of the linkage ladder beside the result itself."""
    if run.request.robustness.links != LADDER or run.nothing_to_compare:
        return []
    return [
        [
            "To show how far the result rests on how people were found, it was worked "
            "out twice more: for people found by a PNC id or prison number, and "
            "with the likeliest candidate of each line that was left to a person taken "
            "in. A person counts as found by an id if any of their lines was. A "
            "candidate was taken in from a match probability of ",
            ref(refs.setting(THRESHOLD), "setting"),
            ", unless another was as likely for that line, or another line was linked "
            "to them. All three have the same pool, and the delays drawn in it are of "
            "those in the result itself: nobody of the candidates is in the pool, and "
            "no delay was drawn from them.",
        ]
    ]
