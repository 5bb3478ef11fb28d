"""The tables of a national extract: their columns and kinds, declared once."""

import re

#: kinds of column
TEXT, DAY, WHOLE, FLAG = "text", "dates", "whole numbers", "true or false"


NAMED = {"surname": TEXT, "forename": TEXT, "date_of_birth": DAY}


SPELL = {"person_id": TEXT, "from": DAY, "to": DAY, "kind": TEXT}


#: the tables of an extract and the kind of each column; other columns are ignored
TABLES: dict[str, dict[str, str]] = {
    "person": {
        "person_id": TEXT, "pnc_id": TEXT, "prison_number": TEXT, **NAMED,
        "sex": TEXT, "ethnicity": TEXT, "nationality": TEXT,
    },
    "alias": {"person_id": TEXT, **NAMED, "pnc_id": TEXT, "prison_number": TEXT},
    "sentence": {
        "person_id": TEXT, "sentence_id": TEXT, "conviction_date": DAY,
        "custody_start": DAY, "index_date": DAY, "disposal": TEXT,
        "sentence_length_days": WHOLE, "release_type": TEXT, "offence_group": TEXT,
        "offence_type": TEXT, "region": TEXT, "establishment": TEXT,
    },
    "offence": {
        "person_id": TEXT, "offence_date": DAY, "proven_date": DAY, "outcome": TEXT,
        "offence_group": TEXT, "trial_mode": TEXT, "custodial": FLAG,
        "recordable": FLAG, "breach": FLAG, "england_wales": FLAG,
        "police_prosecuted": FLAG,
    },
    "assessment": {"person_id": TEXT, "date": DAY},
    "benefit": SPELL,
    "employment": SPELL,
}  # fmt: skip


#: columns that decide who is analysed and who counts as a reoffender: where one is
#: empty in every row, every result is wrong
DECISIVE: dict[str, tuple[str, ...]] = {
    "person": ("date_of_birth",),
    "sentence": ("conviction_date", "index_date"),
    "offence": (
        "offence_date", "proven_date", "outcome", "recordable", "breach",
        "england_wales", "police_prosecuted",
    ),
}  # fmt: skip


REQUIRED = ("person", "sentence", "offence")


#: the disposal that is custody, and the outcomes by which an offence is proven
CUSTODY = "custody"
PROVEN = ("conviction", "caution", "reprimand", "warning")


#: how the file of a table may be kept
ENDINGS = (".parquet", ".csv")


#: an OASys question, such as S8Q1; the assessment table may hold any of them
QUESTION = re.compile(r"S\d+Q\d+")


#: what stands for nothing known, as R, SQL and Python write it
MISSING = ("", "NA", "N/A", "#N/A", "<NA>", "NULL", "null", "NaN", "nan", "None", "\\N")
#: columns whose text is as it is: an id has its blanks, and Null is a surname
AS_WRITTEN = ("person_id", "sentence_id", "surname", "forename")
#: columns of categories, by which people are compared
CATEGORIES: dict[str, tuple[str, ...]] = {
    "person": ("ethnicity", "nationality"),
    "sentence": ("release_type", "offence_group", "offence_type", "region",
                 "establishment"),
    "offence": ("offence_group",),
}  # fmt: skip
#: columns that pandas adds to a Parquet file, of the rows and not of the people
ROW_NUMBERS = re.compile(r"__index_level_\d+__")


CASTS = {TEXT: "string", DAY: "date", WHOLE: "int64", FLAG: "boolean"}


#: how a value of a CSV file must be written
WRITTEN = {
    DAY: r"^\d{4}-\d{2}-\d{2}$",
    WHOLE: r"^-?\d+(\.0*)?$",
    FLAG: r"(?i)^(true|false|t|f|yes|no|y|n|1|0)$",
}
