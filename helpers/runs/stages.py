"""The stages of a run: their notebooks, what each rests on, the tables each makes."""

from helpers.request import STAGES

NOTEBOOKS = {stage: f"{place:02}_{stage}" for place, stage in enumerate(STAGES, 1)}

#: which parts of a request each stage rests on
RESTS_ON = {
    "intake": (
        "inputs",
        "linkage",
        "eligibility",
        "analyses",
        "outcomes",
        "robustness.links",
        "seed",
        "data_sharing.received.on",
        "publication.date",
    ),  # fmt: skip
    "matching": ("analyses", "matching", "eligibility.minimum_people"),
    "outcomes": (
        "analyses",
        "outcomes",
        "eligibility.minimum_people",
        "robustness.placebo_groups",
        "robustness.smallest_effect",
    ),
    "charts": ("findings", "outcomes"),
}

#: keys within these parts that a stage does not look at
EXCEPT = {
    "intake": (
        "analyses.matching",
        # words, and a limit: what the file of outcomes holds is the same
        "outcomes.label",
        "outcomes.definition",
        "outcomes.unit",
        "outcomes.margin",
    ),
    "outcomes": ("analyses.matching",),
}

#: tables that a run itself looks for
PEOPLE, OUTCOMES, SEALS = "people.parquet", "outcomes.parquet", "seals.parquet"
#: what people did in a year before their conviction
EARLIER = "earlier.parquet"
KEY, WHO = "key.parquet", "who_{}.parquet"
MATCHED, LEFT_OUT = "matched.parquet", "left_out_analyses.parquet"
#: headlines that cannot be analysed for what intake found, and why
WITHOUT_RESULT = "without_result.parquet"
#: the stages that are not carried out where that is every headline of a request
COMPARING = ("matching", "outcomes")
#: where a stage's stamp lies in a run, which it leaves last of all
STAMP = "restricted/data/stage_{}.json"
#: what is wrong with the list, row by row; in restricted/
LIST_PROBLEMS = "data/list_problems.csv"
#: which stage makes each table that a later one may read
MADE_BY = {
    PEOPLE: "intake",
    OUTCOMES: "intake",
    SEALS: "intake",
    EARLIER: "intake",
    "losses.parquet": "intake",
    WITHOUT_RESULT: "intake",
    MATCHED: "matching",
    LEFT_OUT: "matching",
    "sets.parquet": "matching",
    "balance.parquet": "matching",
    "matches.parquet": "matching",
    "rungs.parquet": "matching",
    "estimates.parquet": "outcomes",
} | {f"cells_{stage}.parquet": stage for stage in NOTEBOOKS}


def holds_outcomes(name: str) -> bool:
    """Tell whether a table tells of outcomes, which matching must not know."""
    return name in (OUTCOMES, EARLIER) or MADE_BY.get(name) == "outcomes"
