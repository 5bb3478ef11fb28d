"""Who is in each group of an analysis, and who has each level, for the disclosure."""

import pandas as pd

from helpers.matching.design import MISSING
from helpers.matching.groups import Group
from helpers.matching.report.characteristics import is_binary, row_refs, who_has
from helpers.publication import refs
from helpers.publication.people import BEFORE, COMPARISON, POOL, SELECTED, TREATED, Who
from helpers.publication.refs import slug


def who(
    chosen: Group, group: Group, weights: pd.Series, table: pd.DataFrame
) -> list[Who]:
    """Give the groups before and after matching, and the people of every level.

    `chosen` are all whom the analysis compares, `group` those of them who have a score.
    Beside the rows of the balance table the rest
    of a number's people stand: those who have not the value 1, or whose value is known.
    """
    base, people = slug(group.name), group.people
    used = weights.reindex(people.index) > 0
    treated = group.treatment == 1
    groups = {
        BEFORE: treated,
        TREATED: treated & used,
        POOL: ~treated,
        COMPARISON: ~treated & used,
    }
    found = [Who(base, "group", n, people.index[who]) for n, who in groups.items()]
    selected = chosen.people.index[chosen.treatment == 1]
    found.append(Who(base, "group", SELECTED, selected))
    table = table.assign(ref=row_refs(group.name, table))
    for name, rows in table.groupby("variable", sort=False):
        columns = _columns(people[name], rows)
        found += [
            Who(base, "level", ref, people.index[has], str(name))
            for ref, has in columns.items()
        ]
    return found


def _columns(values: pd.Series, rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Give who has each level of a characteristic, by the ref of its row."""
    levels = rows[rows["level"] != ""]
    found = {row.ref: who_has(values, row.level) for row in levels.itertuples()}
    number = rows.loc[rows["level"] == "", "ref"]
    if number.empty:
        return found
    ref = number.iloc[0]
    if is_binary(values):
        found[ref] = values == 1
        found[refs.within(ref, "rest")] = values.notna() & (values != 1)
    elif MISSING in set(rows["level"]):
        found[refs.within(ref, "known")] = values.notna()
    return found
