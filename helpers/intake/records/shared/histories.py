"""Each person's record as it stood on every day: dated, with running counts.

Worked out once for all requests on the same extract. What was known of a person on any
day is then one row: the one that holds on that day.
"""

from datetime import date

import ibis

from helpers.intake.records.engine import Records
from helpers.intake.records.tables import CUSTODY, PROVEN
from helpers.request.measures.standard import YEAR

#: the names of the two tables among those of the records
HISTORY, CONVICTIONS = "history", "convictions"
#: counts up to a day, and the first days of what they count
COUNTS = (
    "previous_offences",
    "previous_convictions",
    "previous_cautions",
    "previous_custody",
    "previous_custody_under_12_months",
    "previous_custody_12_months_or_more",
)
FIRSTS = ("first_proven", "first_offence")
#: the day of a state without which nothing is taken out, and one without an end
NOTHING, NO_END = date(1800, 1, 1), date(9999, 12, 31)
STATE = ("person_id", "without", "after", "until", *COUNTS, *FIRSTS)


def add(records: Records) -> None:
    """Put both tables among those of the records, unless they are there."""
    if HISTORY not in records.tables:
        for name, expression in made(records).items():
            records.tables[name] = records.keep(expression)


def made(records: Records) -> dict[str, ibis.Table]:
    """Give the two tables as expressions over the sentences and offences.

    Notes
    -----
    METHOD.md section 1. HISTORY has a row for each state of a person's record, which
    holds on the days later than `after` up to `until`: the columns of STATE. An offence
    is earlier than a day if it was committed and proven before it. `without` is the day
    of a conviction that is left out, of each sentence with a release, in the states
    that hold after it up to the release; in all others it is NOTHING. So the record
    before a cut-off is that with `without` the conviction date of the index sentence,
    if that lies before the cut-off, else NOTHING.

    CONVICTIONS has the first offence that each day of a sentence proves: person_id,
    conviction_date, at_conviction.
    """
    tables = records.tables
    known = records.once(_events(tables))
    everything = _running(known, ["person_id"]).mutate(without=ibis.literal(NOTHING))
    everything = records.once(everything.select(*STATE))
    own = _but_own(tables["sentence"], known, everything)
    own = _running(own, ["person_id", "without"])
    return {
        HISTORY: everything.union(own.select(*STATE)),
        CONVICTIONS: _convictions(tables["sentence"], tables["offence"]),
    }


def _events(tables: dict[str, ibis.Table]) -> ibis.Table:
    """Give what adds to a record: the day on which it is known, and what it adds.

    `of` is the day of the conviction that it belongs to, missing for a caution.
    """
    offence, sentence = tables["offence"], tables["sentence"]
    offence = offence.filter(
        offence.outcome.isin(PROVEN),
        offence.offence_date.notnull(),
        offence.proven_date.notnull(),
    )
    offences = offence.mutate(
        convicted=offence.outcome == "conviction",
        known=ibis.greatest(offence.offence_date, offence.proven_date),
    )
    day = ["person_id", "convicted", "proven_date"]
    offences = offences.group_by([*day, "known"]).aggregate(
        previous_offences=offences.count(),
        first_offence=offences.offence_date.min(),
    )
    # a day in court counts once, from when the first of its offences is known
    first = ibis.row_number().over(group_by=day, order_by=offences.known) == 0
    proven = offences.mutate(
        of=offences.convicted.ifelse(offences.proven_date, ibis.null("date")),
        previous_convictions=(first & offences.convicted).cast("int64"),
        previous_cautions=(first & ~offences.convicted).cast("int64"),
        first_proven=offences.proven_date,
    )
    custody = sentence.filter(
        sentence.disposal == CUSTODY, sentence.conviction_date.notnull()
    )
    days = custody.sentence_length_days
    given = custody.group_by("person_id", of=custody.conviction_date).aggregate(
        previous_custody=custody.count(),
        previous_custody_under_12_months=(days < YEAR).sum().fill_null(0),
        previous_custody_12_months_or_more=(days >= YEAR).sum().fill_null(0),
    )
    given = given.mutate(known=given.of)
    return _alike(proven).union(_alike(given))


def _alike(events: ibis.Table) -> ibis.Table:
    """Give events with every column of a state; what they do not add is 0 or none."""
    held = events.columns
    counts = {c: events[c] if c in held else ibis.literal(0) for c in COUNTS}
    firsts = {c: events[c] if c in held else ibis.null("date") for c in FIRSTS}
    counts = {name: count.cast("int64") for name, count in counts.items()}
    return events.select("person_id", "of", "known", **counts, **firsts)


def _running(events: ibis.Table, of: list[str]) -> ibis.Table:
    """Give the state of a record after each day on which something adds to it."""
    daily = events.group_by([*of, "known"]).aggregate(
        **{name: events[name].sum() for name in COUNTS},
        **{name: events[name].min() for name in FIRSTS},
    )
    so_far = ibis.cumulative_window(group_by=of, order_by="known")
    next_day = daily.known.lead().over(group_by=of, order_by="known")
    return daily.mutate(
        after=daily.known,
        until=next_day.fill_null(ibis.literal(NO_END)),
        **{name: daily[name].sum().over(so_far).cast("int64") for name in COUNTS},
        **{name: daily[name].min().over(so_far) for name in FIRSTS},
    )


def _but_own(
    sentence: ibis.Table, events: ibis.Table, everything: ibis.Table
) -> ibis.Table:
    """Give what adds to a record without a conviction, up to the release that ends it.

    First the record as it stood on the day of the conviction, then what came later.
    """
    own = sentence.filter(sentence.index_date > sentence.conviction_date)
    own = own.group_by("person_id", without=own.conviction_date).aggregate(
        release=own.index_date.max()
    )
    columns = ["person_id", "without", "known", *COUNTS, *FIRSTS]
    state = everything.drop("without")
    before = own.join(
        state, [own.person_id == state.person_id, *on(state, own.without)]
    )
    before = before.mutate(known=before.without).select(*columns)
    later = own.join(
        events,
        [
            own.person_id == events.person_id,
            events.known >= own.without,
            events.known < own.release,
        ],
    )
    later = later.filter((later.of != later.without).fill_null(True))
    return before.union(later.select(*columns))


def on(state: ibis.Table, day: ibis.Value) -> list[ibis.Value]:
    """Tell whether a state holds on a day, as conditions of a join."""
    return [state.after < day, day <= state.until]


def _convictions(sentence: ibis.Table, offence: ibis.Table) -> ibis.Table:
    """Give the first offence of each conviction that a sentence follows from."""
    days = sentence.select("person_id", "conviction_date").distinct()
    proven = offence.filter(offence.outcome == "conviction").select(
        "person_id", "offence_date", conviction_date="proven_date"
    )
    own = days.inner_join(proven, ["person_id", "conviction_date"])
    return own.group_by("person_id", "conviction_date").aggregate(
        at_conviction=own.offence_date.min()
    )
