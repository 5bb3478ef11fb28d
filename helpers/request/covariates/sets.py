"""Sets of characteristics that a request may name in place of its own list."""

from helpers.request.covariates.needs import NEEDS
from helpers.request.covariates.of_records import STANDARD, Covariate

#: the sets that a request may name
SETS: dict[str, tuple[Covariate, ...]] = {
    "standard": STANDARD,
    "standard_with_needs": (*STANDARD, *NEEDS),
}
