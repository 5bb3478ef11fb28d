"""The model behind the review list: its values, and the file that ships them.

    python3 -m helpers.intake.linkage.model

writes `model.json`, which Splink reads (for DuckDB alone: its conditions are
that engine's SQL). Nothing is ever trained on what a provider sends, so that the same
pair has the same probability in every request on the same records.

m is how often two records of one person agree so far, u how often two records of
different people do. **Every value is an estimate made beforehand, none is fitted to
data, made-up people included.** What each is based on stands beside it. They order a
list that a person reads and decide what is on it; they never make a link.

The share of pairs that are one person is not in the file: it is one in as many people
as the register holds, set when it is used. Names are not weighed by how common they
are: the list shows them, and a person sees that.
"""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("model.json")

#: condition, m, u of each level, the last is for all else.
#: u of forenames: the commonest forenames of a generation are borne by 3 to 4% of its
#: men, which with the tail gives about 1.2% for two men. u of surnames: Smith is 1.2%
#: of Great Britain and the 500 commonest names about 40%, which gives about 0.06%.
#: u of near names: a few near spellings for each exact one, more for the wider limit.
#: m of names: about 15% of a service's records differ from the register's in either
#: name, by slips, short forms, and for surnames marriage.
FORENAME = (
    ("forename_l = forename_r", 0.84, 0.012),
    ("list_has_any(forename_forms_l, forename_forms_r)", 0.04, 0.004),
    ("jaro_winkler_similarity(forename_l, forename_r) >= 0.92", 0.05, 0.004),
    ("jaro_winkler_similarity(forename_l, forename_r) >= 0.85", 0.02, 0.015),
    ("ELSE", 0.05, 0.965),
)
SURNAME = (
    ("surname_l = surname_r", 0.84, 0.0006),
    ("surname_l = forename_r AND forename_l = surname_r", 0.01, 0.0000001),
    ("jaro_winkler_similarity(surname_l, surname_r) >= 0.92", 0.06, 0.0015),
    ("jaro_winkler_similarity(surname_l, surname_r) >= 0.85", 0.02, 0.004),
    ("ELSE", 0.07, 0.9938999),
)
#: u by arithmetic, for birthdays spread over 40 years: exact 1 / 14,600; swapped the
#: same times the 39% of days that can be; near: year and month 1/480, year and day
#: 1/1,200, day and month within ten years 1/830; the year alone 1/40 less these.
#: m: dates are copied from documents; 7% differ, mostly in one part or by a swap.
DATE = (
    ("birth_l = birth_r", 0.93, 0.0000685),
    ("birth_swapped_l = birth_r", 0.02, 0.000027),
    (
        "(birth_l // 10000 = birth_r // 10000 AND (birth_l // 100 = birth_r // 100 "
        "OR birth_l % 100 = birth_r % 100)) OR (birth_l % 10000 = birth_r % 10000 "
        "AND abs(birth_l // 10000 - birth_r // 10000) <= 10)",
        0.035,
        0.0041,
    ),
    ("birth_l // 10000 = birth_r // 10000", 0.005, 0.022),
    ("ELSE", 0.01, 0.9738045),
)
#: u: 85% of people sentenced are men, and 0.85² + 0.15² = 0.745; m: sex is seldom wrong
SEX = (("sex_l = sex_r", 0.99, 0.745), ("ELSE", 0.01, 0.255))
#: u of an id: one in a million people has it. A slip is two characters or fewer, which
#: reaches a few dozen of a million ids. m: 3% of ids are another kind of wrong.
PNC_ID = (
    ("pnc_id_l = pnc_id_r", 0.90, 0.000001),
    ("damerau_levenshtein(pnc_id_l, pnc_id_r) <= 2", 0.07, 0.00005),
    ("ELSE", 0.03, 0.999949),
)
PRISON_NUMBER = (
    ("prison_number_l = prison_number_r", 0.92, 0.000001),
    ("damerau_levenshtein(prison_number_l, prison_number_r) <= 2", 0.05, 0.00005),
    ("ELSE", 0.03, 0.999949),
)
COMPARISONS = {
    "forename": FORENAME,
    "surname": SURNAME,
    "birth": DATE,
    "sex": SEX,
    "pnc_id": PNC_ID,
    "prison_number": PRISON_NUMBER,
}


def settings() -> dict[str, Any]:
    """Give the model as Splink's settings."""
    return {
        "link_type": "link_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": "unique_id",
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": ["l.unique_id = r.unique_id"],
        "comparisons": [_comparison(*item) for item in COMPARISONS.items()],
    }


def text() -> str:
    """Give the text of `model.json`."""
    return json.dumps(settings(), indent=2) + "\n"


def _comparison(column: str, levels: tuple[tuple[str, float, float], ...]) -> dict:
    missing = {
        "sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL",
        "label_for_charts": "missing",
        "is_null_level": True,
    }
    known = [
        {
            "sql_condition": condition,
            "label_for_charts": condition,
            "m_probability": m,
            "u_probability": u,
        }
        for condition, m, u in levels
    ]
    return {"output_column_name": column, "comparison_levels": [missing, *known]}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
