"""A catalogue of a few results, each given by what it printed."""

import pandas as pd

from helpers.charts.catalogue.columns import COUNTS, RESULTS
from helpers.charts.catalogue.effects import effects, findings
from helpers.charts.catalogue.read import Catalogue
from helpers.files import ROOT
from helpers.request import types

OF_ONE = {
    "organisation": "An organisation",
    "programme": "A programme",
    "intervention_type": "Mentoring",
    "sector": "Voluntary",
}


def catalogue(*rows: dict[str, str]) -> Catalogue:
    """The catalogue of these rows; what a row leaves out is empty."""
    blank = dict.fromkeys(RESULTS, "") | OF_ONE
    filled = [blank | {"id": f"r{place}"} | row for place, row in enumerate(rows)]
    results = effects(findings(pd.DataFrame(filled, columns=RESULTS)))
    known, _ = types.read(ROOT / "params/catalogue")
    return Catalogue(results, pd.DataFrame(columns=COUNTS), tuple(known))
