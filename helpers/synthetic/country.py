"""Everyone's made-up records, with nobody supported yet."""

from dataclasses import dataclass

import pandas as pd

from helpers.synthetic import people as synthetic_people


@dataclass(frozen=True)
class Country:
    """Everyone's records, with nobody supported yet."""

    traits: synthetic_people.Traits
    lives: pd.DataFrame
    assessments: pd.DataFrame
    register: pd.DataFrame
    sentences: pd.DataFrame
