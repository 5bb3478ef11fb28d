"""Words and codes of the records that mean something else to the kit than to them.

A sex of M and F, a nationality of GBR or an OASys answer of 9 is read without a word,
and every person is then of no known sex, foreign, or in need.
"""

import ibis

from helpers.intake.records.counted import MOST, OK, STOPS, TOLD, Line, told
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import CATEGORIES, QUESTION

SEXES = ("Female", "Male")
#: written where the sex is not known, which is nobody's fault
NO_SEX = ("unknown", "not known", "not stated", "not recorded", "other", "x")
UK = "British"
ANSWERS = (0, 1, 2)
#: columns of an offence without which some outcomes say nothing
OF_OUTCOMES = {
    "custodial": "such an offence counts as one without custody",
    "trial_mode": "such an offence is in none of the measures by court",
}
NOT_KNOWN = "taken as not known"


def odd_words(records: Records, name: str) -> list[Line]:
    """Count what is written otherwise than the kit reads it in a table."""
    lines = _alike(records, name)
    if name == "person":
        lines += [_sex(records), _nationality(records)]
    if name == "offence":
        lines += _of_outcomes(records)
    if name == "assessment":
        lines.append(_answers(records))
    return lines


def _counts(records: Records, table: ibis.Table, **tests: ibis.Value) -> dict[str, int]:
    counts = records.frame(table.aggregate(rows=table.count(), **tests)).iloc[0]
    return counts.fillna(0).astype(int).to_dict()


def _alike(records: Records, name: str) -> list[Line]:
    """Count the categories that are another's but for capitals."""
    table, columns = records.tables[name], CATEGORIES.get(name, ())
    if not columns:
        return []
    tests = {c: table[c].nunique() - table[c].lower().nunique() for c in columns}
    counts = _counts(records, table, **tests)
    return [
        Line(name, f"{column} differs from another by capitals alone", 0, 0,
             f"{counts[column]} values so; write each in one way", TOLD)
        if counts[column]
        else Line(name, f"{column} differs from another by capitals alone", 0, 0)
        for column in columns
    ]  # fmt: skip


def _sex(records: Records) -> Line:
    person = records.tables["person"]
    known = person.sex.isin(SEXES)
    other = person.sex.notnull() & ~known & ~person.sex.lower().isin(NO_SEX)
    counts = _counts(records, person, known=known.sum(), other=other.sum())
    what = f"sex is another word than {' or '.join(SEXES)}"
    if counts["other"] > counts["known"]:
        done = f"write {' or '.join(SEXES)}; nobody else's sex is known"
        return Line("person", what, counts["other"], counts["rows"], done, STOPS)
    return told("person", what, counts["other"], counts["rows"], NOT_KNOWN)


def _nationality(records: Records) -> Line:
    person = records.tables["person"]
    known, uk = person.nationality.notnull().sum(), (person.nationality == UK).sum()
    counts = _counts(records, person, known=known, uk=uk)
    what = f"nationality is never {UK}"
    if counts["known"] and not counts["uk"]:
        done = f"nobody counts as a UK national; write {UK}"
        return Line("person", what, counts["known"], counts["rows"], done, TOLD)
    return Line("person", what, 0, counts["rows"])


def _answers(records: Records) -> Line:
    """Count OASys answers that are no score; they are not known afterwards."""
    table = records.tables["assessment"]
    names = [name for name in table.columns if QUESTION.fullmatch(name)]
    what = "an OASys answer other than 0, 1 or 2"
    if not names:
        return Line("assessment", what, 0, 0)
    odd = {name: table[name].notnull() & ~table[name].isin(ANSWERS) for name in names}
    counts = _counts(records, table, **{name: test.sum() for name, test in odd.items()})
    many = sum(counts[name] for name in names)
    if many:
        records.tables["assessment"] = table.mutate(
            **{name: test.ifelse(ibis.null(table[name].type()), table[name])
               for name, test in odd.items()}
        )  # fmt: skip
    return told("assessment", what, many, counts["rows"] * len(names), NOT_KNOWN)


def _of_outcomes(records: Records) -> list[Line]:
    offence = records.tables["offence"]
    counts = _counts(
        records, offence, **{c: offence[c].isnull().sum() for c in OF_OUTCOMES}
    )
    return [
        told("offence", f"{column} is empty", counts[column], counts["rows"], done)
        for column, done in OF_OUTCOMES.items()
    ]


def without_offence(records: Records) -> Line:
    """Count the sentences of people of whom no offence is there.

    Each was convicted of something; a table of offences that was cut off shows here.
    """
    sentence, offence = records.tables["sentence"], records.tables["offence"]
    alone = sentence.anti_join(offence, "person_id")
    rows = _counts(records, alone)["rows"]
    of = _counts(records, sentence)["rows"]
    what = "the person has no offence at all"
    done = "see whether the table of offences is whole"
    return Line("sentence", what, rows, of, done, TOLD if rows > MOST * of else OK)
