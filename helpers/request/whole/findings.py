"""The request of a summary of published results, which is the charts alone."""

from helpers.request.analyses import Analysis
from helpers.request.disclosure import Disclosure
from helpers.request.outcomes import Outcome
from helpers.request.whole.common import Common

#: the collection of published results, as a table or figure names its source
PUBLISHED_RESULTS = (
    "Justice Data Lab reports and pages, and accounts of them, as collected for this "
    "report"
)


class FindingsRequest(Common):
    """What a summary of published results needs to know; it is about nobody's data."""

    @property
    def analyses(self) -> tuple[Analysis, ...]:
        """The comparisons: there are none."""
        return ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is measured: nothing is."""
        return ()

    @property
    def disclosure(self) -> Disclosure:
        """How small numbers are protected: what is published already needs none."""
        reason = "Every number here is published already, or worked out from those."
        return Disclosure(profile="none", reason=reason)

    @property
    def source_of_data(self) -> str:
        """Where the numbers come from, as a table or figure says it."""
        return PUBLISHED_RESULTS
