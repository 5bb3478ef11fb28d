"""The script that makes the North Carolina cohort, step by step."""

import runpy

import numpy as np
import pandas as pd

from helpers.files import ROOT

SCRIPT = ROOT / "params" / "data" / "make_nc_prison_work.py"


def test_each_step_from_the_data_set_to_the_ready_cohort():
    script = runpy.run_path(str(SCRIPT))
    rest = {name: [5, 5, 5, 5, 5] for name in script["COVARIATES"]}
    recid = pd.DataFrame(
        {
            "workprg": [1, 1, 0, 0, 0],
            "durat": [9, 12, 13, 72, 1],
            "cens": [0, 0, 0, 1, 0],
            **rest,
        }
    )
    found = script["ready_cohort"](recid)
    assert found["person_id"].tolist() == [1, 2, 3, 4, 5]
    assert found["treatment"].tolist() == [1, 1, 0, 0, 0]
    # back within 12 months: at 9, 12 and 1; at 13 is too late, at 72 never
    assert found["reoffended"].tolist() == [1, 1, 0, 0, 1]
    # 9 x 365/12 = 273.75; 12 months are the 365 days; 365/12 = 30.4167
    expected = [273.75, 365, np.nan, np.nan, 365 / 12]
    assert np.allclose(found["days_to_first_reoffence"], expected, equal_nan=True)
    assert found.columns.tolist()[4:] == script["COVARIATES"]


def test_the_cohort_that_comes_with_the_kit_is_the_scripts():
    cohort = pd.read_csv(SCRIPT.with_name("nc_prison_work.csv"))
    script = runpy.run_path(str(SCRIPT))
    head = ["person_id", "treatment", "reoffended", "days_to_first_reoffence"]
    assert cohort.columns.tolist() == head + script["COVARIATES"]
    assert len(cohort) == 1445
    days = cohort["days_to_first_reoffence"]
    assert days.notna().equals(cohort["reoffended"] == 1)
    months = (days * 12 / 365).dropna()
    assert np.allclose(months, months.round()) and months.between(0.99, 12.01).all()
