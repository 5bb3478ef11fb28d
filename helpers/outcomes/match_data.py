"""The people matched as one table, for those who go on in R or Stata."""

import pandas as pd

#: what begins a row
FIRST = ["analysis", "person_id", "treatment", "propensity", "set", "weight"]


def table(
    people: pd.DataFrame,
    matched: pd.DataFrame,
    sets: pd.DataFrame,
    outcomes: pd.DataFrame,
) -> pd.DataFrame:
    """Give everyone of each analysis with covariates, score, weight, set and outcomes.

    One row a person. Where the matching made sets, one row for each set that a person
    is in, with the weight in that set: summed by person the weights are those of the
    matching. Who was not matched has weight 0 and no set. A covariate that has the
    name of one of the first columns is called `<name>_given`.
    """
    person = ["analysis", "person_id"]
    matched, sets = (frame[frame["variant"] == "main"] for frame in (matched, sets))
    in_set = sets[[*person, "set", "weight"]].rename(columns={"weight": "in_set"})
    rows = matched.drop(columns="variant").merge(in_set, on=person, how="left")
    rows["weight"] = rows["in_set"].fillna(rows["weight"])
    rows["set"] = rows["set"].astype("Int64")
    known = people.drop(columns="treatment")
    taken = {name: f"{name}_given" for name in known if name in FIRST[2:]}
    rows = rows[FIRST].merge(known.rename(columns=taken), on="person_id", how="left")
    rows = rows.merge(outcomes, on="person_id", how="left")
    return rows.sort_values([*person, "set"], ignore_index=True)
