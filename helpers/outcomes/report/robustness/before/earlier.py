"""The year before the conviction in the report: whether the groups already differed.

Its numbers stand in the place of a rung of its analysis: it has people of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.intake.cohort.earlier.dated import OFFENDED
from helpers.outcomes.report import cells as measure_cells
from helpers.outcomes.report import people
from helpers.outcomes.report.robustness.ladders import rungs
from helpers.outcomes.report.robustness.ladders.rungs import Place
from helpers.outcomes.report.tables import COMPARED
from helpers.outcomes.robustness.before.negative_control import NAME, READY
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import variable
from helpers.request import Outcome
from helpers.runs.run import Run

KEY = "earlier"
OUTCOME = Outcome(
    name=OFFENDED,
    kind="rate",
    label="offended",
    definition="in the earlier year",
)
SIZES = ("n_treatment", "n_comparison")
VALUES = ("value_treatment", "value_comparison")
TESTED = ("difference", "ci_low", "ci_high", "p_value")
FORMATS = dict.fromkeys(VALUES, "per_100") | dict.fromkeys(TESTED, "fewer")
FORMATS["p_value"] = "p"
METHOD = "6: negative control, offending on a day from c − 547 to c − 183"

#: of the table that is published
COLUMNS = ["Analysis", *COMPARED]
#: of the one for reviewers, before the columns of the difference
IN_FULL = ["Analysis", "People in the programme", "Comparison group", "Balance"]
CAPTION = "Offending in an earlier year, before the programme"
LEAD = (
    " shows how many in every 100 people offended in the earlier year, which lay "
    "between a year and a half and half a year before they were convicted, or before "
    "custody where that began earlier."
)
LEAD_IN_FULL = " tells how this comparison was made (the negative control)."
COUNTED = (
    "An offence counts if it would count as a reoffence, was proven by the day of the "
    "conviction, or of going into custody, and was not proven by the index conviction."
)
MADE_ALIKE = (
    "The people of each analysis whose earlier year is in the records, matched again "
    "by the settings of the analysis on its characteristics as they stood before that "
    "year, and on the days of it that were spent in custody. Nobody is among them who "
    "was under ten then, or whose year began before the records."
)
LATER = "Not among these characteristics, since they are of a later date: {}."
WARNS = (
    "A difference is a warning and stops nothing. It means that the groups already "
    "differed in ways that the records of that date do not show, some of which the "
    "later records, and so the result itself, may allow for."
)


def register(
    run: Run,
    controls: Mapping[str, Check],
    earlier: pd.DataFrame,
    studies: Mapping[str, Study],
) -> None:
    """Register the negative control of every headline, and who is in it.

    After all other analyses: where it is a few people apart from one, it gives way.
    """
    for name, check in controls.items():
        place = Place(name, NAME, OUTCOME)
        if check.kept is None:
            run.register(_nothing(place))
            continue
        group = _people(earlier, studies[name], check.kept)
        who = people.of_outcome(place.base, OUTCOME, group)
        run.register(
            _cells(run, place, check, group),
            who=[*people.of_rung(place.base, group), *who],
        )


def _people(earlier: pd.DataFrame, study: Study, kept: pd.Index) -> pd.DataFrame:
    """Give the people of a study whose year is known; those matched weigh something."""
    known = earlier[earlier["why"].isna()]
    known = known[known["person_id"].isin(study.group.people.index)]
    return known.assign(
        propensity=1.0, weight=known["person_id"].isin(kept).astype(float)
    )


def _nothing(place: Place) -> Iterator[Cell]:
    """Give the numbers of a control that could not be made: there are none."""
    for name in SIZES:
        yield Cell(place.size(name), None, "count", method=METHOD)
    yield Cell(place.size("match_quality"), None, "derived", method=METHOD)
    for name in (*VALUES, *TESTED):
        yield Cell(place.rate(name), None, "derived", method=METHOD)


def _cells(run: Run, place: Place, check: Check, group: pd.DataFrame) -> Iterator[Cell]:
    """Give sizes, balance, rates, difference, interval and test.

    On a poor match there are no values. Who was left unmatched is counted too.
    """
    row = check.table.iloc[0]
    of_all = group["treatment"].value_counts()
    for name, treatment in zip(SIZES, (1, 0), strict=True):
        n, every = int(row[name]), int(of_all[treatment])
        whole = every if treatment and n < every else None
        yield Cell(place.size(name), n, "count", n, whole, method=METHOD)
    method = rungs.METHOD["match_quality"]
    yield Cell(place.size("match_quality"), row["quality"], "derived", method=method)
    told = check.table.assign(analysis=place.analysis, outcome=OUTCOME.name)
    quality = pd.DataFrame([{"analysis": place.analysis, "quality": row["quality"]}])
    request = run.request.model_copy(update={"outcomes": (OUTCOME,)})
    wanted = {place.rate(name) for name in (*VALUES, *TESTED)}
    for cell in measure_cells.cells(told, {place.analysis: group}, quality, request):
        if cell.ref in wanted:
            yield cell


def published(run: Run, controls: Mapping[str, Check]) -> list[Block]:
    """Give each negative control in plain words, and all of them as a table.

    No table where no records tell of that year.
    """
    said = [
        blocks.words(
            run,
            f"{KEY}-{refs.slug(name)}",
            words="earlier",
            data={
                "analysis": name if len(controls) > 1 else "",
                "noun": run.request.noun(name),
                "measure": _measure(Place(name, NAME, OUTCOME), check),
            },
        )
        for name, check in controls.items()
    ]
    places = _places(controls)
    table = blocks.table(
        run,
        KEY,
        caption=CAPTION,
        columns=COLUMNS,
        rows=[
            [place.analysis, *_numbers(place, VALUES), *_numbers(place, TESTED)]
            for place in places
        ],
        lead=[see(KEY), LEAD],
        notes=[COUNTED],
    )
    return [*said, table] if places else said


def _places(controls: Mapping[str, Check]) -> list[Place]:
    """Give the places of the controls whose year the records could tell of."""
    return [
        Place(name, NAME, OUTCOME)
        for name, check in controls.items()
        if check.text != READY
    ]


def _numbers(place: Place, names: Iterable[str]) -> list[dict[str, str]]:
    return [ref(place.rate(name), FORMATS[name]) for name in names]


def _measure(place: Place, check: Check) -> dict[str, Any]:
    behind = [] if check.kept is None else [place.size("match_quality")]
    names = (*VALUES, *TESTED)
    return {
        "fact": "measure",
        "outcome": OUTCOME.name,
        "kind": OUTCOME.kind,
        "label": OUTCOME.label,
        "definition": OUTCOME.definition,
        "title": "Offending before the programme",
        "reason": blocks.told(check.text, *behind),
        **dict(zip(names, _numbers(place, names), strict=True)),
    }


def for_reviewers(
    run: Run,
    controls: Mapping[str, Check],
    earlier: pd.DataFrame,
    studies: Mapping[str, Study],
) -> list[Block]:
    """Give who was compared, how alike they were, and on what; none without records."""
    places, key = _places(controls), f"{KEY}-in-full"
    later = dict.fromkeys(
        variable(run.request, covariate)
        for study in studies.values()
        for covariate in study.group.covariates
        if covariate not in earlier
    )
    notes = [MADE_ALIKE, *([LATER.format(", ".join(later))] if later else []), WARNS]
    table = blocks.table(
        run,
        key,
        heading="The earlier year",
        caption=f"{CAPTION}: who was compared",
        columns=[*IN_FULL, *COLUMNS[3:]],
        rows=[[*_sizes(place), *_numbers(place, TESTED)] for place in places],
        lead=[see(key), LEAD_IN_FULL],
        notes=notes,
    )
    return [table] if places else []


def _sizes(place: Place) -> list[Any]:
    sizes = [ref(place.size(name)) for name in SIZES]
    return [place.analysis, *sizes, ref(place.size("match_quality"), "text")]
