"""Of whom and of what a number is, told from its name and the request."""

from collections import defaultdict
from collections.abc import Iterable

from helpers.publication import labels, refs
from helpers.request import AnyRequest

#: what of an analysis is about the score by which people were matched
OF_SCORE = {"overlap", "scores", "width", "caliper"}
#: what is counted of whole groups, by how its name begins
OF_GROUPS = ("n_", "not_", "pool_", "share_matched", "effective_", "match_quality")
GROUPS = "Programme or comparison"
#: what else of an analysis has a name of its own
NAMED = {
    "gate": "Criteria of the design",
    "placebo": "The first measure in made-up programmes",
    "sites": "Place",
    "together": "The results of its type, with this one",
}
#: what has a characteristic in its name
OF_CHARACTERISTIC = {"balance", "contour"}
OF_THE_LIST, OF_RESULTS = "intake", "findings"

NOT_MATCHED = {
    OF_THE_LIST: "every line of the list that was submitted",
    OF_RESULTS: "published results, none of this request's people",
}
NOBODY = "no people: settings, or numbers of this report"
BOTH = "people in the programme and their comparison group"


def base(ref: str) -> str:
    """Give what the name of a number begins with: its analysis, the flow, results."""
    return ref.partition(".")[0]


class Subjects:
    """Of whom and of what the numbers of a request are."""

    def __init__(self, request: AnyRequest) -> None:
        self._request = request
        self._names = {refs.slug(one.name): one.name for one in request.analyses}
        self._measures = (
            {one.name: labels.title(one) for one in request.outcomes}
            if self._names
            else {}
        )

    def analyses(self, ref: str) -> list[str]:
        """Give the analyses that a number is about, a rung with its own name behind."""
        first, _, rest = ref.partition(".")
        if first == refs.CONTRASTS:
            slugs = rest.split(".")[:2]
            return [self._names[slug] for slug in slugs if slug in self._names]
        slug, _, variant = first.partition("_")
        if slug not in self._names:
            return []
        told = f" ({labels.plain(variant).lower()})" if variant else ""
        return [self._names[slug] + told]

    def populations(self, numbers: Iterable[str]) -> list[str]:
        """Give the people of some numbers, analyses of the same stages at once."""
        stages: dict[str, set[str]] = defaultdict(set)
        others: set[str] = set()
        for ref in numbers:
            of = self.analyses(ref)
            for name in of:
                stages[name].add(stage(ref))
            if not of:
                others.add(base(ref))
        alike: dict[str, list[str]] = defaultdict(list)
        for name, when in stages.items():
            alike[" and ".join(sorted(when, reverse=True))].append(name)
        told = [
            f"{', '.join(names)}: {BOTH}, {when} matching"
            for when, names in alike.items()
        ]
        told += [words for first, words in NOT_MATCHED.items() if first in others]
        return told or [NOBODY]

    def variable(self, ref: str) -> str:
        """Give the characteristic or measure of a number; empty without any."""
        if not self.analyses(ref):
            return _of_no_analysis(ref)
        words = ref.split(".")[3 if base(ref) == refs.CONTRASTS else 1 :]
        if words[0] in self._measures:
            return self._measures[words[0]]
        if words[0] in OF_SCORE:
            return "Propensity score"
        if words[0] in OF_CHARACTERISTIC and len(words) > 1:
            return labels.variable(self._request, words[1])
        if words[0].startswith(OF_GROUPS):
            return GROUPS
        return NAMED.get(words[0]) or labels.plain(words[0])


def stage(ref: str) -> str:
    """Tell whether a number is about people before matching or after it."""
    last = ref.rpartition(".")[2]
    earlier = last.endswith(("_before", "_pool")) or last.startswith("pool_")
    return "before" if earlier or ".overlap." in ref else "after"


def _of_no_analysis(ref: str) -> str:
    words = ref.split(".")
    if words[0] == OF_RESULTS:
        return "Finding of a published result"
    if words[0] != OF_THE_LIST:
        return ""
    if words[1] == "linkage":
        return labels.plain(words[2].replace("-", "_"))
    return "What became of a line"
