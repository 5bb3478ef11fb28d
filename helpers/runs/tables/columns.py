"""What each table of a run's restricted/data is, and what each of its columns holds."""

from dataclasses import dataclass, field

#: what a column is, wherever it stands
ANALYSIS = {"analysis": "Name of the analysis, as the request has it"}
OF_ANALYSIS = ANALYSIS | {
    "variant": "main, else the rung of a ladder or the other estimator",
}
PERSON = {"person_id": "This run's own number of a person; no id of any register"}
OF_LINE = {"line": "Line of the list", "person_id": "Id of the records"}
TREATMENT = {"treatment": "1 in the programme, 0 in the pool"}
MATCHED_WITH = {
    "propensity": "Probability of being treated; empty without a score",
    "weight": "Weight in the matching; 0 is not matched",
}
COUNTED = {
    "available": "Treated people of the analysis, before matching",
    "n_treatment": "Treated people, each counted once",
    "n_comparison": "Comparison people, each counted once",
}
EFFECTIVE = {"effective_comparison": "Effective size of the comparison, (Σw)²/Σw²"}
WHY = "Why it could not be carried out; empty where it could"
QUALITY = "well, reasonably or poorly matched"
SIDES = ("surname", "forename", "date_of_birth", "sex", "pnc_id", "prison_number")


@dataclass(frozen=True)
class Described:
    """A table: what a row of it is, its columns, and what its other columns are."""

    what: str
    columns: dict[str, str] = field(default_factory=dict)
    others: str = ""
    ending: str = "parquet"


#: a file of restricted/data, without its ending → what it holds; `others` are columns
#: that a request names
TABLES = {
    "people": Described(
        "A person who goes on to matching; no outcome",
        PERSON
        | TREATMENT
        | {
            "site": "Where the person was helped, as the list names it",
            "days_to_support": "Days from the index date to the start of support",
            "support_after_index": "Yes where support began after the index date",
            "how_surely_found": "id, otherwise or likely, with the linkage ladder",
        },
        "Covariates, exact keys, columns of filters and needs that the request names",
    ),
    "outcomes": Described(
        "A person who goes on to matching, sealed until 03_outcomes",
        PERSON,
        "Outcomes of the request: 1, 0, a count or days; empty is not known",
    ),
    "seals": Described(
        "An outcome, as the ledger knows it again",
        {
            "outcome": "Name of the outcome",
            "of_treated": "Hash over the values of the treated",
            "of_everyone": "Hash over the values of everyone",
        },
    ),
    "earlier": Described(
        "A person in the year before the conviction",
        PERSON
        | TREATMENT
        | {
            "why": "Why that year is not known; empty where it is",
            "offended_before": "1 where the person offended in that year",
            "days_in_custody_before": "Days of that year in custody",
        },
        "Covariates as they stood before that year",
    ),
    "losses": Described(
        "A box of the flow",
        {
            "box": "Name of the box, in the order in which lines are looked at",
            "treatment": "Lines of the list in it",
            "pool": "People of the pool in it",
        },
    ),
    "without_result": Described(
        "A headline that cannot be analysed",
        ANALYSIS | {"reason": "What intake found"},
    ),
    "matched": Described(
        "A person of an analysis, matched or not",
        OF_ANALYSIS | PERSON | TREATMENT | MATCHED_WITH,
    ),
    "left_out_analyses": Described(
        "An analysis that was left out", ANALYSIS | {"why": WHY}
    ),
    "sets": Described(
        "A person in a set of nearest matching",
        OF_ANALYSIS
        | {"set": "Number of the set; one treated person heads each"}
        | PERSON
        | {"weight": "Weight in this set"},
    ),
    "balance": Described(
        "A characteristic, or a level of one",
        OF_ANALYSIS
        | {
            "variable": "Name of the covariate",
            "level": "Its level; empty for a number, missing for the share not known",
            "mean_treatment_before": "Mean or share of the treated before matching",
            "mean_treatment": "The same of those who were matched",
            "mean_comparison_before": "Mean or share of the pool before matching",
            "mean_comparison_after": "Weighted mean of the comparison group",
            "smd_before": "Standardised mean difference before matching, per cent",
            "smd_after": "The same after it, over the spread before matching",
            "smd_after_treated_sd": "The same, over the spread of the treated alone",
            "variance_ratio": "Variance, treated over comparison; numbers only",
            "ks": "Kolmogorov–Smirnov distance after matching; numbers only",
        },
    ),
    "matches": Described(
        "An analysis, and what its matching came to",
        ANALYSIS
        | COUNTED
        | {"pool": "People of the pool, before matching"}
        | EFFECTIVE
        | {
            "not_matched": "Treated people who were not matched",
            "set_aside": "Treated people at a level that the pool lacks",
            "pool_set_aside": "People of the pool at a level that the treated lack",
            "set_aside_for": "Covariates with such levels",
            "pool_far": "People of the pool who are far from everybody",
            "share_matched": "Share of the treated who were matched, 0 to 1",
            "share_near": "Share of the treated with ten of the pool in the caliper",
            "width": "Caliper or bandwidth, in units of the distance",
            "step": "Which of the calipers tried was taken; 0 is the first",
            "n_tied": "People taken along since they were as near as the last",
            "largest_smd_after": "Largest standardised mean difference left, per cent",
            "mean_smd_before": "Mean of their sizes before matching, per cent",
            "mean_smd_after": "Mean of their sizes after it, per cent",
            "largest_weight": "Largest share of the weight on one comparison person",
            "quality": QUALITY,
            "rubin_b": "Rubin's B, standard deviations of the score's logit",
            "rubin_r": "Rubin's R, the ratio of the variances of that logit",
        },
    ),
    "rungs": Described(
        "A rung of a ladder, and what its matching came to",
        OF_ANALYSIS
        | {"label": "What the report calls it", "why": WHY}
        | COUNTED
        | {
            "largest_smd_after": "Largest standardised mean difference left, per cent",
            "quality": QUALITY,
        },
    ),
    "gate": Described(
        "A criterion of the design gate",
        ANALYSIS
        | {
            "criterion": "What was asked",
            "threshold": "The limit",
            "value": "What was found",
            "unit": "Of both",
            "verdict": "passed, warning, failed, or told without one",
            "why": "Why there is no verdict",
        },
    ),
    "estimates": Described(
        "An outcome of an analysis",
        OF_ANALYSIS
        | {"outcome": "Name of the outcome"}
        | {name: COUNTED[name] for name in ("n_treatment", "n_comparison")}
        | EFFECTIVE
        | {
            "value_treatment": "Rate (0 to 1), mean or days of the treatment group",
            "value_comparison": "The same of the comparison group, weighted",
            "difference": "Treatment minus comparison",
            "standard_error": "Of the difference",
            "df": "Degrees of freedom, by Welch",
            "ci_low": "Lower end of the 95% interval",
            "ci_high": "Upper end of the 95% interval",
            "p_value": "Of the difference; empty where it is not tested",
            "significant": "Whether it is below 0.05; empty where it is not tested",
        },
    ),
    "cells_<stage>": Described(
        "A number that could be published",
        {
            "ref": "Its name, by which pages refer to it",
            "value": "The number, as it would be printed",
            "text": "Words in its place, such as a verdict",
            "kind": "count, rate, mean, derived, setting or public",
            "numerator": "People counted in it, unweighted",
            "denominator": "People it is a share or mean of, unweighted",
            "needs": "Numbers with which it is withheld",
            "method": "How it was worked out, with the section of the method",
            "rounding": "The precision that it is published with",
            "largest": "How much of it one or two people make up",
            "freedom": "Degrees of freedom that the test leaves",
            "made_in": "The cell of the notebook that registered it",
        },
    ),
    "who_<stage>": Described(
        "A group, level or event, for the disclosure decision",
        {
            "analysis": "Name of the analysis, as in the names of numbers",
            "kind": "group, level, known or event",
            "name": "Which of the kind",
            "variable": "The covariate of a level",
            "bits": "Who is counted, a bit a person_id",
        },
    ),
    "key": Described(
        "A person, and whose number it is",
        PERSON | {"original_id": "The id of the records or of the cohort"},
    ),
    "list_problems": Described(
        "Something wrong with the list",
        {
            "row": "Row of the spreadsheet",
            "column": "Column of the list",
            "level": "error or warning",
            "costs_the_line": "Whether the line cannot be used",
            "rule": "What a cell of it must be",
            "found": "What kind of thing was found, never what it says",
            "to_do": "What to do about it",
        },
        ending="csv",
    ),
    "review_list": Described(
        "A candidate that a person decides on",
        OF_LINE
        | {f"submitted_{one}": "As the provider wrote it" for one in SIDES}
        | {f"register_{one}": "As the records have it" for one in SIDES}
        | {
            "passed": "The pass of the linkage that brought it here",
            "probability": "Probability of a match",
            "decision": "For you: accept or reject",
        },
        ending="csv",
    ),
    "decisions": Described(
        "A decision, as it was read back",
        OF_LINE | {"decision": "accept or reject"},
        ending="csv",
    ),
    "match_data": Described(
        "A person of an analysis, or of a set of nearest matching",
        ANALYSIS
        | PERSON
        | TREATMENT
        | MATCHED_WITH
        | {"set": "Number of the set; empty without sets"},
        "Every other column of the people, and their outcomes",
        ending="csv",
    ),
    "second_analyst": Described(
        "A person with a propensity score",
        ANALYSIS | PERSON | TREATMENT | MATCHED_WITH,
        "x: and a covariate, exact: and an exact key, y: and an outcome",
        ending="csv",
    ),
}
