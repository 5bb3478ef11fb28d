"""What empyricalcalibration 0.1.1 (PyPI) makes of a few estimates; run once.

uv run --no-project --with empyricalcalibration==0.1.1 tests/expected/calibration.py

It is a port of the R package EmpiricalCalibration 3.1.4 of Schuemie and others.
"""

import json

import numpy as np
from empiricalcalibration import (
    calibrateConfidenceInterval,
    calibrateP,
    convertNullToErrorModel,
    fitNull,
)

SETS = {
    # differences of rates, moved and spread wider than their standard errors say
    "spread": (
        [0.041, -0.032, 0.055, 0.012, 0.078, -0.008, 0.031, 0.064, -0.045, 0.023],
        [0.018, 0.021, 0.017, 0.025, 0.019, 0.022, 0.016, 0.028, 0.020, 0.018],
    ),
    # spread no wider than chance would: the spread beside it is 0
    "chance": (
        [0.010, -0.012, 0.004, 0.015, -0.006, 0.001, -0.009, 0.012],
        [0.020, 0.022, 0.019, 0.021, 0.025, 0.018, 0.020, 0.023],
    ),
}
ESTIMATES = ([-0.06, 0.02, 0.1], [0.02, 0.03, 0.025])


def plain(value):
    return np.asarray(value, dtype=float).ravel().tolist()


found = {}
for name, (d, se) in SETS.items():
    null = fitNull(np.array(d), np.array(se))
    of, own = map(np.array, ESTIMATES)
    interval = calibrateConfidenceInterval(of, own, convertNullToErrorModel(null))
    found[name] = {
        "difference": d,
        "standard_error": se,
        "null": plain(list(null)),
        "of": list(zip(*ESTIMATES, strict=True)),
        "p_value": plain(calibrateP(null, of, own)),
        "ci_low": plain(interval["logLb95Rr"]),
        "ci_high": plain(interval["logUb95Rr"]),
    }
print(json.dumps(found, indent=1))
