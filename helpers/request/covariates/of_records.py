"""Characteristics from the records: label, source, and why groups are made alike on it.

They are chosen before any outcome is known (METHOD.md, section 1).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Covariate:
    """A characteristic from the records."""

    name: str  # its column
    kind: Literal["numeric", "categorical"]
    label: str  # what the report calls it
    source: str  # the table of the records that it comes from
    why: str  # why groups are made alike on it


#: all but assessed needs, region and what a request adds
STANDARD = (
    Covariate(
        "sex", "categorical", "Sex", "person",
        "men reoffend more often, and many services are for one sex",
    ),
    Covariate(
        "ethnicity", "categorical", "Ethnicity", "person",
        "referral and policing differ between groups",
    ),
    Covariate(
        "uk_national", "categorical", "UK national", "person",
        "people from abroad may be removed, and then cannot reoffend here",
    ),
    Covariate(
        "age", "numeric", "Age", "person",
        "reoffending falls with age, and services choose by age",
    ),
    Covariate(
        "age_squared", "numeric", "Age at the index date, squared", "person",
        "reoffending falls faster among the young than among the old",
    ),
    Covariate(
        "age_first_offence", "numeric", "Age at the first offence", "offence",
        "an early start goes with a longer record ahead",
    ),
    Covariate(
        "index_quarter", "categorical", "Quarter of the index date", "sentence",
        "practice, courts and recording change over time",
    ),
    Covariate(
        "offence_group", "categorical", "Index offence", "sentence",
        "reoffending differs most between kinds of offence, theft above all",
    ),
    Covariate(
        "disposal", "categorical", "Disposal", "sentence",
        "support is offered in prison or on probation, whose risks differ",
    ),
    Covariate(
        "sentence_length_band", "categorical", "Length of the sentence", "sentence",
        "short sentences leave less time for support and go with more reoffending",
    ),
    Covariate(
        "previous_offences", "numeric", "Previous offences", "offence",
        "the strongest sign of reoffending, and known to whoever refers",
    ),
    Covariate(
        "previous_convictions", "numeric", "Previous convictions", "offence",
        "how often courts have met the person",
    ),
    Covariate(
        "previous_cautions", "numeric", "Previous cautions", "offence",
        "proven offending that no court has seen",
    ),
    Covariate(
        "previous_custody_under_12_months", "numeric",
        "Previous custodial sentences, under 12 months", "sentence",
        "repeated short sentences mark the most frequent offending",
    ),
    Covariate(
        "previous_custody_12_months_or_more", "numeric",
        "Previous custodial sentences, 12 months or more", "sentence",
        "grave offences in the past, which bear on risk and on what is offered",
    ),
    Covariate(
        "copas_rate", "numeric", "Copas rate", "offence",
        "how fast the record grew: convictions and cautions over its years",
    ),
    Covariate(
        "employed", "categorical", "In work in the year before the sentence",
        "employment", "work protects from reoffending, and services ask for it",
    ),
    Covariate(
        "on_benefits", "categorical", "On benefits in the year before the sentence",
        "benefit", "a sign of need, by which people come to services",
    ),
)  # fmt: skip
