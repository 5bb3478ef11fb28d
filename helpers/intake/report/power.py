"""What an analysis could find, as words, tables and a figure for terminal and page."""

from collections.abc import Iterable, Iterator
from typing import Any

from helpers.errors import CheckFailed
from helpers.intake.power import LEAST, Plan, people_to_find
from helpers.publication.blocks import ref, see
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure.rules import to_decimals
from helpers.publication.report import pages
from helpers.publication.report.leaflet import Leaflet
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.reading_back import read_back
from helpers.publication.wording.beside.power import NO_FINDING
from helpers.publication.wording.request_texts import NOT_OFFICIAL

SOURCE = "Worked out from the numbers that were given"
SECTIONS = {
    "found": "What could be found",
    "people": "With fewer or more people",
    "how": "How this was worked out",
}
#: people sent in eighths of those asked for: what the curve is drawn from
EIGHTHS = range(1, 25)
#: shares of the people sent that are analysed, where none is given
SHARES = ("1", "0.75", "0.5", "0.25")
#: falls in points of which it is told how many people find them
FALLS = (3, 5, 10)
#: points from which a fall is seen with one decimal, and a rate from which without any
SEEN_IN_TENTHS, SEEN_WHOLE = 0.1, 5
COLUMNS = [
    "People analysed",
    "Smallest fall usually found, points",
    "Rate after it, in every 100 people",
    "Enough people to test it",
]


class _Numbers(dict):
    """Numbers by ref, as they are put in."""

    def put(self, name: str, value: float | None, format: str = "count") -> Any:
        """Put a number in; gives its place in a recipe."""
        self[f"power.{name}"] = None if value is None else float(value)
        return ref(f"power.{name}", format)


def leaflet(plan: Plan, *, share_given: bool) -> Leaflet:
    """Give what an analysis could find as a page that is no report.

    Without a share that was given, a table has several.
    """
    numbers = _Numbers()
    asked = _size(plan, "asked", numbers)
    rate = numbers.put("base_rate", float(plan.base_rate * 100), "setting")
    words = {
        "asked": asked,
        "base_rate": rate,
        "few": not plan.enough,
        "least": LEAST,
    }
    parts = [
        Part("found", _words("answer", "power", words)),
        *_figure(plan, asked, numbers),
        _sizes(plan, asked, numbers),
        *([] if share_given else [_shares(plan, numbers)]),
        *_falls(plan, numbers),
        _settings(plan, asked, rate, numbers),
        Part("how", _words("method", "power_method", {"all": not share_given})),
    ]
    return Leaflet(
        title="What an analysis of so many people could find",
        headline=NO_FINDING,
        status=NOT_OFFICIAL,
        facts=[("Measure", "One-year proven reoffending rate"),
               ("Data about people", "Not used")],
        sections=list(SECTIONS.items()),
        parts=parts,
        numbers=dict(numbers),
    )  # fmt: skip


def page(made: Leaflet, name: str) -> str:
    """Give the page, read back as a report is."""
    shown = pages.leaflet(made)
    problems = read_back(shown, Decision(made.numbers, {}), name)
    if problems:
        raise CheckFailed(problems)
    return shown


def _words(key: str, words: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"block": "words", "key": key, "words": words, "data": data}


def _size(plan: Plan, name: str, numbers: _Numbers) -> dict[str, Any]:
    """Give the fall that is found with a number of people, for words and figures."""
    fall = plan.reduction
    points = None if fall is None else to_decimals(100 * fall, 4)
    after = None if fall is None else 100 * (float(plan.base_rate) - fall)
    decimals, rate = _decimals([points or 0], [100 if after is None else after])
    return {
        "fact": "size",
        "people": numbers.put(f"{name}.people", plan.people),
        "analysed": numbers.put(f"{name}.analysed", plan.analysed),
        "reduction": numbers.put(f"{name}.reduction", points, decimals),
        "after": numbers.put(f"{name}.after", after, rate),
        "tested": plan.tested,
    }


def _decimals(falls: list[float], rates: list[float]) -> tuple[str, str]:
    """Give how falls and rates are written, so that each fall is seen in the numbers.

    The smallest of a column decides for all of it.
    """
    decimals = "mean" if min(falls) >= SEEN_IN_TENTHS else "decimals_3"
    whole = min(falls) >= 1 and min(rates) >= SEEN_WHOLE
    return decimals, "size" if whole else decimals


def _with(
    plan: Plan, sent: Iterable[int], asked: dict[str, Any], numbers: _Numbers
) -> list[dict[str, Any]]:
    """Give the fall that is found with other numbers of people, each once."""
    return [
        asked
        if people == plan.people
        else _size(plan.of(people), f"sent_{people}", numbers)
        for people in dict.fromkeys(sent)
    ]


def _rows(sizes: list[dict[str, Any]], numbers: _Numbers) -> list[list[Any]]:
    """Give the columns of several numbers of people; words stand where no fall is."""

    def known(name: str) -> list[float]:
        values = (numbers[size[name]["ref"]] for size in sizes)
        return [value for value in values if value is not None]

    falls, rates = known("reduction"), known("after")
    forms = _decimals(falls, rates) if falls else ("mean", "mean")
    rows = []
    for size in sizes:
        enough = numbers[size["analysed"]["ref"]] >= LEAST
        told: list[Any] = ["none" if enough else "no analysis"] * 2
        if numbers[size["reduction"]["ref"]] is not None:
            refs = (size["reduction"]["ref"], size["after"]["ref"])
            told = [ref(name, form) for name, form in zip(refs, forms, strict=True)]
        rows.append([size["analysed"], *told, "yes" if size["tested"] else "no"])
    return rows


def _figure(plan: Plan, asked: dict[str, Any], numbers: _Numbers) -> Iterator[Part]:
    """Give the curve of what is found by how many are sent, if anything is."""
    eighths = [round(plan.people * eighth / 8) for eighth in EIGHTHS]
    sizes = _with(plan, filter(None, eighths), asked, numbers)
    if all(numbers[size["reduction"]["ref"]] is None for size in sizes):
        return
    recipe = {
        "block": "figure",
        "key": "power",
        "figure": "power",
        "subtitle": "Smallest fall of the one-year proven reoffending rate that would "
        "be found four times in five",
        "data": {"sizes": sizes, "asked": asked},
        "lead": [see("power"), " shows what would be found with fewer or more people."],
        "notes": ["The line is dashed where too few people of a group would reoffend, "
                  "or would not, for a test. There is none where an analysis would not "
                  "be made."],
        "source": SOURCE,
    }  # fmt: skip
    yield Part("found", recipe)


def _table(
    section: str, key: str, texts: Iterable[str], columns: list[str], rows: list[Any]
) -> Part:
    """Give a table; `texts` are its caption and what is said of it before."""
    caption, lead = texts
    return Part(
        section,
        {
            "block": "table",
            "key": key,
            "caption": caption,
            "columns": columns,
            "rows": rows,
            "lead": [see(key), lead],
            "notes": [],
            "source": SOURCE,
        },
    )


def _sizes(plan: Plan, asked: dict[str, Any], numbers: _Numbers) -> Part:
    """Tell what half the people, as many, and twice as many would find."""
    sent = [max(1, plan.people // 2), plan.people, 2 * plan.people]
    sizes = _with(plan, sent, asked, numbers)
    told = zip(sizes, _rows(sizes, numbers), strict=True)
    rows = [[size["people"], *row] for size, row in told]
    texts = ("Half as many people, and twice as many",
             " has half as many people sent, as many, and twice as many.")  # fmt: skip
    return _table("people", "sizes", texts, ["People sent", *COLUMNS], rows)


def _shares(plan: Plan, numbers: _Numbers) -> Part:
    """Tell what is found where some of those sent cannot be analysed."""
    shares, sizes = [], []
    for share in SHARES:
        part = Plan(plan.people, plan.base_rate, type(plan.share)(share), plan.ratio)
        name = f"share_{100 * part.share:.0f}"
        shares.append(numbers.put(name, float(100 * part.share), "per_cent"))
        sizes.append(_size(part, name, numbers))
    told = zip(shares, _rows(sizes, numbers), strict=True)
    rows = [[of, *row] for of, row in told]
    texts = ("Where some people cannot be analysed",
             " tells what is found where some of the people sent are not found in the "
             "records, or have nobody who is like them.")  # fmt: skip
    return _table("people", "shares", texts, ["Share analysed", *COLUMNS], rows)


def _falls(plan: Plan, numbers: _Numbers) -> Iterator[Part]:
    """Tell how many people find a small and a large fall, or why of none.

    Those that are as large as the rate itself are left out.
    """
    rows = []
    for fall in FALLS:
        people = people_to_find(plan, fall / 100)
        if people is None:
            continue
        name = f"fall_{fall}"
        after = float(plan.base_rate * 100) - fall
        rows.append(
            [
                numbers.put(name, fall),
                numbers.put(f"{name}.after", after, "size"),
                numbers.put(f"{name}.people", _up(people)),
            ]
        )
    if not rows:
        rate = ref("power.base_rate", "setting")
        data = {"base_rate": rate, "smallest": min(FALLS)}
        yield Part("people", _words("no-falls", "power_no_falls", data))
    else:
        columns = ["Fall, in points", "Rate after it, in every 100 people",
                   "People to send, about"]  # fmt: skip
        texts = ("How many people find a fall", " has how many people would be needed.")
        yield _table("people", "falls", texts, columns, rows)


def _up(people: int) -> int:
    """Round a number of people up to two figures."""
    step = 10 ** max(0, len(str(people)) - 2)
    return -(-people // step) * step


def _settings(plan: Plan, asked: dict[str, Any], rate: Any, numbers: _Numbers) -> Part:
    """List what was given, and what is taken where it was not."""
    share = numbers.put("share", float(100 * plan.share), "setting")
    rows = [
        ["People sent", asked["people"]],
        ["Rate without the programme, in every 100 people", rate],
        ["Share of the people sent who are analysed, per cent", share],
        ["People of the comparison group for every 1 analysed",
         numbers.put("ratio", float(plan.ratio), "setting")],
    ]  # fmt: skip
    texts = ("What this rests on", " has the numbers that this rests on.")
    return _table("how", "settings", texts, ["What", "Number"], rows)
