"""The finding beside every other way of comparing: a sentence and a figure.

The figure has the rungs of ladders too. Where the headline itself is withheld for a
poor match, or is not headlined, none of it is shown.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import recipes
from helpers.outcomes.report.beside import sites
from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.estimators import estimators
from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.report.robustness.ladders.ladders import per_of
from helpers.outcomes.report.robustness.ladders.rungs import SHOWN, Place
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import title
from helpers.request import Outcome, Request
from helpers.request.limits import HEAVIEST
from helpers.runs.run import Run

MAIN_LABEL = "The main result"
MAIN_STATISTICAL = "The headline’s matching, as requested"
LEAD = " sets the main result beside other ways of comparing the same two groups."
NOTE = (
    "All of them use the same records and characteristics. None of them replaces the "
    "main result{}."
)
#: where that is so
SETTLED = (
    ", whose matching was settled before the outcomes of the people in the programme "
    "were first opened"
)
#: of the request's own data, or made-up people, nothing is hidden
IN_STEPS = (
    "How many people each way keeps is told in steps, and not at all in a small study, "
    "to protect people."
)
HEAVY = "One person of the pool bears much of the weight"


def published(
    run: Run,
    ways: pd.DataFrame,
    rungs: pd.DataFrame,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
) -> list[Block]:
    """Give what other ways of comparing come to: a sentence, and one figure of all.

    `ways` are those of `estimators.table`, `rungs` what the matching of rungs came to.
    """
    return [
        block
        for analysis, outcome in told(run, ways, sizes)
        for block in _blocks(run, analysis, outcome, ways, rungs, results)
    ]


def told(
    run: Run, ways: pd.DataFrame, sizes: pd.DataFrame
) -> Iterator[tuple[str, Outcome]]:
    """Give the analyses of which other ways are told, and their measure."""
    for name, rows in ways.groupby("analysis", sort=False):
        if not not_headlined(run, sizes, name):
            yield str(name), _outcome(run.request, rows["outcome"].iloc[0])


def _blocks(
    run: Run,
    analysis: str,
    outcome: Outcome,
    ways: pd.DataFrame,
    rungs: pd.DataFrame,
    results: pd.DataFrame,
) -> Iterator[Block]:
    others = [
        *_of_rungs(run.request, analysis, outcome, rungs),
        *_of_estimators(run, analysis, outcome, ways),
    ]
    # where the difference itself is hidden, all others are: no row need say so
    difference = Place(analysis, MAIN, outcome).told("difference")
    rows = [
        _main(run.request, analysis, outcome),
        *(blocks.where_shown(difference, way) for way in others),
    ]
    row = results[(results["analysis"] == analysis)
                  & (results["outcome"] == outcome.name)]  # fmt: skip
    measure = recipes.recipe(next(row.itertuples(index=False)), run.request, "")
    key = key_of(analysis)
    whose = f": {analysis}" if run.several else ""
    beside = sites.second(run, analysis, measure)
    yield blocks.words(
        run,
        f"ways-{key}",
        words="estimators",
        data={"measure": measure, "ways": rows, **beside},
    )
    what = {
        "kind": outcome.kind,
        "unit": outcome.unit or "",
        "title": title(outcome),
        "per": per_of(outcome, run.request.noun(analysis)),
    }
    yield blocks.figure(
        run,
        key,
        figure="estimators",
        subtitle=f"The difference by every way of comparing, with 95% intervals{whose}",
        data=what | {"ways": rows},
        lead=[see(key), LEAD],
        notes=[_note(run)],
    )


def _note(run: Run) -> str:
    note = NOTE.format(SETTLED if run.settled_first else "")
    return note if exact(run.request) else f"{note} {IN_STEPS}"


def key_of(analysis: str) -> str:
    """Give the key of the figure of an analysis' ways of comparing."""
    return f"estimators-{refs.slug(analysis)}"


def exact(request: Request) -> bool:
    """Tell whether nothing is hidden, of open data or made-up people."""
    return request.disclosure.profile == "none"


def _way(place: Place, **own: Any) -> dict[str, Any]:
    _, side = formats_of(place.outcome)
    main = Place(place.analysis, MAIN, place.outcome)
    return {
        "fact": "way",
        "variant": place.variant,
        "headline": ref(main.rate("n_treatment")),
        **{name: ref(place.told(name), side) for name in SHOWN},
        **own,
    }


def _estimator(place: Place, **own: Any) -> dict[str, Any]:
    return _way(
        place,
        label=NAMES[place.variant].plain,
        statistical=NAMES[place.variant].statistical,
        people=ref(estimators.ref_of(place, estimators.KEPT)),
        quality=ref(estimators.ref_of(place, "match_quality")),
        **own,
    )


def _main(request: Request, analysis: str, outcome: Outcome) -> dict[str, Any]:
    place = Place(analysis, MAIN, outcome)
    return _way(
        place,
        label=MAIN_LABEL,
        statistical=MAIN_STATISTICAL,
        people=ref(place.rate("n_treatment")),
        main=True,
        exact=True,
    )


def _of_rungs(
    request: Request, analysis: str, outcome: Outcome, rungs: pd.DataFrame
) -> list[dict[str, Any]]:
    """Give the rungs of ladders: other people, or more known of them."""
    own = rungs[rungs["analysis"] == analysis] if len(rungs) else rungs
    return [
        _way(
            Place(analysis, row.variant, outcome),
            label=row.label,
            statistical="The headline’s matching, on a rung of a ladder",
            people=ref(Place(analysis, row.variant, outcome).size("n_treatment")),
            exact=True,
            why=estimators.NOT_DONE if row.why else "",
        )
        for row in own.itertuples(index=False)
    ]


def _of_estimators(
    run: Run, analysis: str, outcome: Outcome, ways: pd.DataFrame
) -> list[dict[str, Any]]:
    own = ways[ways["analysis"] == analysis]
    why = estimators.why_none(run, own)
    return [
        _estimator(
            place,
            exact=exact(run.request),
            why=_plain(why[analysis, row.variant]),
            heed=heed(row, place),
        )
        for row in own.itertuples(index=False)
        for place in [Place(analysis, row.variant, outcome)]
    ]


def heed(row: Any, place: Place, text: str = HEAVY) -> Any:
    """Say of a way that one person bears much of the weight, where that is told."""
    heavy = row.largest_weight > HEAVIEST and not NAMES[row.variant].once
    said = text if heavy else ""
    return blocks.told(said, estimators.ref_of(place, "largest_weight"))


def _plain(why: str) -> str:
    """Say for a reader why there is no estimate; reviewers have the method's words."""
    return why if why in ("", estimators.TOO_FEW) else estimators.NOT_DONE


def beside(run: Run, analysis: str, outcome: str) -> dict[str, Any]:
    """Give other ways of comparing as they stand beside a measure's finding.

    Nothing for a measure of which no other way is told.
    """
    own, known = _outcome(run.request, outcome), run.cells
    headlined = known.get(refs.of(analysis, "headlined"))
    places = estimators.of_analysis(known, analysis, own)
    if not places or headlined is None or headlined.value != "yes":
        return {}
    return {
        "ways": [_estimator(place) for place in places],
        "figure": see(key_of(analysis)),
    }


def _outcome(request: Request, name: str) -> Outcome:
    return next(one for one in request.outcomes if one.name == name)
