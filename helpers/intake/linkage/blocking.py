"""Register rows that may be one of the people submitted: all that leaves the engine.

The register is every row of `person` and every row of `alias`, an alias taking from its
person what it does not say itself. A register row and a submitted line are a pair when
they share a key. The keys are what the passes and the review need, no more:

- the PNC id; the prison number;
- the date of birth with an initial of either name, and the same with day and month
  swapped: near names, swapped names, a changed surname;
- both names with the year of birth, or with its day and month: a slip in the date.

A pair that shares none of these agrees in too little to be linked or to be worth a
person's time. Each key is an equality, so the engine never compares the register with
the submission row by row, and how many pairs leave grows with the submission.
"""

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from helpers.intake.linkage import spelling as names
from helpers.intake.records.engine import Records

IDENTITY = {
    "surname": "string",
    "forename": "string",
    "date_of_birth": "date",
    "sex": "string",
    "pnc_id": "string",
    "prison_number": "string",
}
#: what a pair says of the line and, with another letter in front, of the register row
SPELT = ("surname", "forename", "birth", "sex", "pnc_id", "prison_number")
WRITTEN = ("surname", "forename", "date_of_birth")


def register(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Give everybody in the records under every name: `person` and, if there, `alias`.

    Columns person_id, row ("main" or "alias"), surname, forename, date_of_birth, sex,
    pnc_id, prison_number, as they are written.
    """
    person = _identity(tables["person"], "person_id")
    main = person.mutate(row=ibis.literal("main"))
    if "alias" not in tables:
        return main
    alias = tables["alias"].mutate(sex=ibis.null("string"))
    alias = _identity(alias, "person_id")
    both = alias.inner_join(person, "person_id", rname="{name}_main")
    filled = {name: _said(both[name], both[f"{name}_main"]) for name in IDENTITY}
    alias = both.select("person_id", **filled, row=ibis.literal("alias"))
    return main.union(alias)


def pairs(records: Records, lines: pd.DataFrame, received: date) -> pd.DataFrame:
    """Give every submitted line with every row of the people who share a key with it.

    `lines` has a column `line`, no line twice, and the identity columns of a
    submission, of which pnc_id and prison_number may be absent. `received`: the day on
    which the list came, by which short years are read. Gives one row a pair,
    in an order that does not depend on that of the input: line, person_id, row, what
    is compared of the line (`l_surname` …) and of the register row (`r_surname` …) as
    `names` spells it, `birth` being a number like 19850317, and the register row's
    names and date as written (`surname`, `forename`, `date_of_birth`).
    """
    sent = records.local(_complete(lines), days=("date_of_birth",))
    submitted = spelling(_identity(sent, "line"), received)
    everybody = register(records.tables)
    # narrow tables meet first, and only who is met is spelt again with all the rest
    keys = keys_of(submitted, "line", swapped=True)
    ours = keys_of(spelling(everybody, received), "person_id")
    met = ours.inner_join(keys, "key").select("line", "person_id").distinct()
    theirs = spelling(everybody.inner_join(met, "person_id"), received)
    theirs = theirs.select(
        "line",
        "person_id",
        "row",
        *WRITTEN,
        **{f"r_{name}": f"{name}_spelt" for name in SPELT},
    )
    sent = submitted.select("line", **{f"l_{name}": f"{name}_spelt" for name in SPELT})
    paired = records.frame(theirs.inner_join(sent, "line").distinct())
    order = ["line", "person_id", "row", *(f"r_{name}" for name in SPELT), *WRITTEN]
    return paired.sort_values(order, ascending=True, ignore_index=True)


def people(records: Records) -> int:
    """Give the number of people in the register."""
    person = records.tables["person"]
    return int(records.frame(person.aggregate(people=person.count()))["people"][0])


def carriers(records: Records, part: str, spelt: set[str]) -> pd.Series:
    """Give how many people of the register bear each of some spelt names.

    `part` is surname or forename. Counted as written first, since a register holds far
    fewer names than people; a name that nobody bears is left out.
    """
    if not spelt:
        return pd.Series(dtype="int64")
    people = records.tables["person"]
    written = people.group_by(name=people[part].cast("string")).agg(n=people.count())
    spelt_too = written.mutate(name=names.whole(names.spelt(written.name)))
    met = spelt_too.filter(spelt_too.name.isin(sorted(spelt)))
    counted = records.frame(met.group_by("name").agg(n=met.n.sum()))
    return counted.set_index("name")["n"].astype("int64")


def spelling(table: ir.Table, received: date) -> ir.Table:
    """Give the same rows with what is compared, under names that end in `_spelt`."""
    born = table.date_of_birth
    number = born.year().cast("int64") * 10_000 + born.month() * 100 + born.day()
    sex = ibis.cases((table.sex.isin(["Female", "Male"]), table.sex))
    return table.mutate(
        surname_spelt=names.spelt(table.surname),
        forename_spelt=names.spelt(table.forename),
        birth_spelt=number.cast("int64"),
        sex_spelt=sex,
        pnc_id_spelt=names.pnc_id(table.pnc_id, received),
        prison_number_spelt=names.prison_number(table.prison_number),
    )


def keys_of(spelt: ir.Table, of: str, swapped: bool = False) -> ir.Table:
    """Give each row's keys: columns `of` and key; `swapped`: for a swapped date too."""
    surname, forename = spelt.surname_spelt, spelt.forename_spelt
    birth = spelt.birth_spelt
    initials = (surname.substr(0, 1), forename.substr(0, 1))
    both = names.whole(surname) + "|" + names.whole(forename) + "|"
    keys = [
        "P" + spelt.pnc_id_spelt,
        "N" + spelt.prison_number_spelt,
        *(_text(birth) + initial for initial in initials),
        "Y" + both + _text(birth // 10_000),
        "D" + both + _text(birth % 10_000),
    ]
    if swapped:
        other = birth // 10_000 * 10_000 + birth % 100 * 100 + birth // 100 % 100
        keys += [_text(other) + initial for initial in initials]
    # of a column, not of the table: that would join the rows to their keys again
    keyed = spelt.select(of, key=ibis.array(keys).unnest())
    return keyed.filter(keyed.key.notnull())


def _complete(lines: pd.DataFrame) -> pd.DataFrame:
    """Give the identity columns of the lines, each there and of a known type."""
    complete = pd.DataFrame({"line": lines["line"].astype("int64")})
    for name, kind in IDENTITY.items():
        empty = pd.Series(None, index=lines.index, dtype="object")
        values = lines[name] if name in lines else empty
        text = kind == "string"
        complete[name] = values.astype("str") if text else pd.to_datetime(values)
    return complete


def _identity(table: ir.Table, key: str) -> ir.Table:
    return table.select(
        key, **{name: table[name].cast(kind) for name, kind in IDENTITY.items()}
    )


def _said(value: ir.Value, otherwise: ir.Value) -> ir.Value:
    """Give what an alias says, or else what its person does."""
    if isinstance(value, ir.StringValue):
        value = value.strip().nullif("")
    return ibis.coalesce(value, otherwise)


def _text(number: ir.IntegerValue) -> ir.StringValue:
    return number.cast("int64").cast("string")
