"""How probable it is that a pair is one person, by Splink and the model shipped.

Splink (Linacre and others 2022, "Splink: free software for probabilistic record linkage
at scale") computes the model of Fellegi and Sunter (1969). It runs in a database of its
own in memory, which holds only the pairs left over, and it trains nothing.
"""

import json
import logging

import numpy as np
import pandas as pd

from helpers.intake.linkage.diminutives import full_names
from helpers.intake.linkage.model import FILE

_COMPARED = ("surname", "forename", "birth", "sex", "pnc_id", "prison_number")
#: pairs scored at once: few enough that the database never writes to the disk
AT_ONCE = 200_000


def probabilities(pairs: pd.DataFrame, people: int) -> np.ndarray:
    """Give the probability of each pair, in order, rounded to six places.

    `pairs` as `blocking.pairs` gives them; `people` is how many the register
    holds, of whom a line is one, before anything is known of it.
    """
    logging.getLogger("splink").setLevel(logging.CRITICAL + 1)
    starts = range(0, len(pairs), AT_ONCE)
    parts = [_scored(pairs.iloc[i : i + AT_ONCE], people) for i in starts]
    return np.concatenate([np.zeros(0), *parts])


def _scored(pairs: pd.DataFrame, people: int) -> np.ndarray:
    # slow to import, and a run without such pairs needs none of it
    from splink import DuckDBAPI, Linker

    from helpers.intake.records.duckdb_engine import in_memory

    api = DuckDBAPI(in_memory())
    # the model joins row to row: each pair is a record of either side
    sides = [
        api.register(_records(pairs, "l"), dataset_display_name="a_submitted"),
        api.register(_records(pairs, "r"), dataset_display_name="b_register"),
    ]
    model = json.loads(FILE.read_text(encoding="utf-8"))
    model["probability_two_random_records_match"] = 1 / max(people, 2)
    linker = Linker(sides, model, log_level=None, validate_settings=False)
    scored = linker.inference.predict(warning_mode="never").as_pandas_dataframe()
    probability = scored.set_index("unique_id_l")["match_probability"]
    return probability.reindex(range(len(pairs))).to_numpy(float).round(6)


def _records(pairs: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give one side of the pairs with what the model's conditions name."""
    names = [f"{side}_{name}" for name in _COMPARED]
    rows = pairs[names].set_axis(_COMPARED, axis=1).reset_index(drop=True)
    for name in ("surname", "forename"):
        rows[name] = rows[name].str.replace(" ", "", regex=False)
    birth = rows["birth"].astype("Int64")
    day, month = birth % 100, birth // 100 % 100
    forms = [
        sorted(full_names(name)) if isinstance(name, str) else []
        for name in rows["forename"]
    ]
    return rows.assign(
        unique_id=np.arange(len(rows)),
        birth=birth,
        birth_swapped=birth // 10_000 * 10_000 + day * 100 + month,
        forename_forms=forms,
    )
