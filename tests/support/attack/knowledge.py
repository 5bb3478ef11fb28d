"""What an attacker has put together: unknown counts, what ties them, what is asked."""

from dataclasses import dataclass, field

from support.attack.counts import Counts

T = 10

#: the strengths, and what each knows: what adds up; the rule too; the algorithm too
STRENGTHS = ("sums", "rule", "replay")


@dataclass
class Knowledge:
    """Whole numbers behind one or more releases, at one strength.

    `algorithm` is what `replay` replays: `smallest` hides the smallest other level
    beside a single one, `first` the first by its ref. `lowest` is the lowest count that
    is unsafe. `related` are analyses of which the facts say that they share people.
    """

    strength: str
    algorithm: str = "first"
    lowest: int = 0
    related: set[str] = field(default_factory=set)
    all_scored: set[str] = field(default_factory=set)  # nobody was set aside, pool too
    m: Counts = field(default_factory=Counts)
    asked: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    hidden: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    switches: int = 0

    @property
    def knows_the_rule(self) -> bool:
        return self.strength != "sums"

    def note(self, text: str) -> None:
        self.notes += [] if text in self.notes else [text]

    def ask(self, name: str, kind: str) -> None:
        self.asked.setdefault(self.m.var(name), kind)

    def add_up(self, whole: str, parts: list[str]) -> None:
        if all(name in self.m.names for name in [whole, *parts]):
            self.m.total(whole, parts)

    def same(self, one: str, other: str) -> None:
        if one in self.m.names and other in self.m.names:
            self.m.line({one: 1, other: -1}, 0, 0)

    def switch(self) -> str:
        self.switches += 1
        return self.m.var(f"switch.{self.switches}", 0, 1)

    def few(self, name: str) -> str:
        """Give a switch that is 1 only where a count is unsafe for being small."""
        when, big = self.switch(), self.m.span(name)[1]
        self.m.line({name: 1, when: big}, 0, T - 1 + big)
        self.m.line({name: 1, when: -self.lowest}, 0, big)
        return when

    def most(self, name: str, size: str) -> str:
        """Give a switch that is 1 only where the rest of a group is unsafe."""
        when, big = self.switch(), self.m.span(size)[1]
        self.m.line({size: 1, name: -1, when: big}, 0, T - 1 + big)
        self.m.line({size: 1, name: -1, when: -self.lowest}, 0, big)
        return when

    def safe_unless(self, name: str, size: str | None, when: str | None) -> None:
        """A count and its rest are no unsafe ones, unless the switch is 1."""
        counts = [{name: 1}] + ([{size: 1, name: -1}] if size else [])
        big = self.m.span(size or name)[1]
        for terms in counts:
            ways = {when: T} if when else {}
            if self.lowest:  # nobody at all is safe too
                nobody = self.switch()
                self.m.line(terms | {nobody: big}, 0, big)
                ways[nobody] = T
            self.m.line(terms | ways, T, big + 2 * T)

    def share(self, name: str, size: str, low: float, high: float, *, open_=False):
        """A count lies between two per cents of a size, known or not."""
        top = -1 if open_ else 1e-6
        self.m.line({name: 100, size: -low}, -1e-6, float("inf"))
        self.m.line({name: 100, size: -high}, float("-inf"), top)
