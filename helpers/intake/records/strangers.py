"""Rows of nobody: of a person_id that the person table does not have.

Ids written in another way pass as people without a past and a future.
"""

import ibis.expr.types as ir

from helpers.intake.records.counted import MOST, STOPS, TOLD, Line
from helpers.intake.records.engine import Records

WHAT = "person_id is not in the person table"
#: ids alike but for this: a decimal of a number, blanks and signs, zeros in front
_LOOSE = ((r"\.0+$", ""), (r"[^A-Z0-9]", ""), (r"^([A-Z]*)0+", r"\1"))


def loose(ids: ir.StringValue) -> ir.StringValue:
    """Give ids without what a spreadsheet or an export takes away or puts in."""
    ids = ids.upper().strip()
    for pattern, instead in _LOOSE:
        ids = ids.re_replace(pattern, instead)
    return ids


def of_nobody(records: Records, name: str, rows: int, of: int) -> Line:
    """Say how many rows of a table are of nobody, and why, if their ids tell it."""
    if not rows:
        return Line(name, WHAT, 0, of)
    known = records.tables["person"].select("person_id")
    strangers = records.tables[name].select("person_id").anti_join(known, "person_id")
    # kept, so that the same table is not asked twice within one expression
    strangers = records.keep(strangers.select(loose=loose(strangers.person_id)))
    near = known.select(loose=loose(known.person_id)).distinct()
    near = strangers.semi_join(near, "loose")
    meant = int(records.frame(near.aggregate(rows=near.count()))["rows"][0])
    done = "their people seem to have no such record"
    if meant:
        done = (
            f"{meant:,} of them differ from an id there only by zeros, blanks, "
            "signs or capitals, as after a spreadsheet"
        )
    stops = rows > MOST * of
    if stops:
        done += "; write the ids in the same way in every table"
        done += "" if meant else ", or send the people who are missing"
    return Line(name, WHAT, rows, of, done, STOPS if stops else TOLD)


def alike(records: Records) -> Line:
    """Count the people whose id another has but for zeros, blanks and capitals."""
    person = records.tables["person"]
    counts = records.frame(
        person.aggregate(rows=person.count(), ids=loose(person.person_id).nunique())
    ).iloc[0]
    rows, of = int(counts["rows"] - counts["ids"]), int(counts["rows"])
    what = "person_id is that of another but for zeros, blanks, signs or capitals"
    done = "read as different people; see that each stands once"
    return Line("person", what, rows, of, *((done, TOLD) if rows else ()))
