"""Names of made-up people: common ones as common, and rare ones as many, as in life.

The lists are those of Faker (surnames and forenames of some thirty countries). The
500 commonest surnames of Great Britain hold about two in five people; behind them
comes a long tail of surnames of other countries, of double-barrelled names and of
names put together from syllables, each rarer than the one before. Without the tail a
register of a million people would have far too many namesakes.
"""

import importlib
from functools import cache
from itertools import product

import numpy as np

#: lists of Faker in the Latin alphabet, beside those of Great Britain
SURNAME_LISTS = (
    "en_IE en_US en_NZ en_IN en_PK yo_NG en_NG tw_GH ro_RO pt_PT es_ES it_IT fr_FR "
    "de_DE nl_NL tr_TR lt_LT lv_LV cs_CZ hu_HU sv_SE da_DK hr_HR et_EE sw"
).split()
FORENAME_LISTS = "en_IE en_US en_NZ en_IN ro_RO pl_PL tr_TR pt_PT yo_NG tw_GH".split()
#: share of people who bear one of the common British names
COMMON_SURNAMES, COMMON_FORENAMES = 0.42, 0.84
FIRST = (
    "Al Ash Bar Bel Black Bram Brind Cal Car Chad Cold Crow Dal Den Dray Eld Fair Fen "
    "Frost Gar Glen Green Had Hart Hazel Hol Kel Lang Lin Mar Mel Mid Nor Oak Pem Pres "
    "Quin Rad Red Ros Sed Shel Stan Stock Tar Thorn Under Wad Wal Wes Whit Win Wood Yar"
).split()
MIDDLE = " a e en er ing in le ms s ter".split(" ")
LAST = (
    "beck berry bourne bridge brook bury by combe cote croft dale den don field ford "
    "gate grove ham hill hurst land ley low man mere mond more over pool ridge sall "
    "shaw sley stead stock stone thorpe ton tree wain wall ward water wick wood worth"
).split()
#: what people are called: the forename in the register, and what a provider writes
NICKNAMES = {
    "Abigail": "Abby", "Alexander": "Alex", "Alexandra": "Sandra", "Andrew": "Andy",
    "Anthony": "Tony", "Barbara": "Babs", "Benjamin": "Ben", "Catherine": "Kate",
    "Charles": "Charlie", "Charlotte": "Lottie", "Christine": "Chris",
    "Christopher": "Chris", "Daniel": "Danny", "David": "Dave", "Deborah": "Debbie",
    "Donald": "Don", "Dorothy": "Dot", "Edward": "Ted", "Elizabeth": "Liz",
    "Frances": "Fran", "Francis": "Frank", "Frederick": "Fred", "Gareth": "Gaz",
    "Geoffrey": "Geoff", "Gerald": "Gerry", "Gillian": "Gill", "Gregory": "Greg",
    "Hannah": "Han", "Jacqueline": "Jackie", "James": "Jim", "Janet": "Jan",
    "Jennifer": "Jenny", "Jessica": "Jess", "Jonathan": "Jon", "Joseph": "Joe",
    "Joshua": "Josh", "Judith": "Judy", "Katherine": "Kathy", "Kathleen": "Kath",
    "Kenneth": "Ken", "Kimberley": "Kim", "Lawrence": "Larry", "Leonard": "Len",
    "Lucy": "Lu", "Lynda": "Lyn", "Margaret": "Maggie", "Matthew": "Matt",
    "Michael": "Mick", "Michelle": "Shell", "Natalie": "Nat", "Nicholas": "Nick",
    "Nicola": "Nicky", "Pamela": "Pam", "Patricia": "Pat", "Patrick": "Paddy",
    "Peter": "Pete", "Philip": "Phil", "Rachael": "Rach", "Raymond": "Ray",
    "Rebecca": "Becky", "Richard": "Rick", "Robert": "Bob", "Ronald": "Ron",
    "Russell": "Russ", "Samantha": "Sam", "Samuel": "Sam", "Sandra": "Sandy",
    "Sarah": "Sally", "Sophie": "Soph", "Stephanie": "Steph", "Stephen": "Steve",
    "Steven": "Steve", "Stuart": "Stu", "Susan": "Sue", "Terence": "Terry",
    "Teresa": "Terri", "Thomas": "Tom", "Timothy": "Tim", "Tracey": "Trace",
    "Valerie": "Val", "Victoria": "Vicky", "Vincent": "Vince", "William": "Bill",
    "Zachary": "Zac",
}  # fmt: skip


@cache
def surnames() -> tuple[np.ndarray, np.ndarray]:
    """Give surnames (objects), commonest first, and the share of people with each."""
    common = _faker("en_GB").last_names
    tail = [name for place in SURNAME_LISTS for name in _faker(place).last_names]
    tail = _new(sorted(set(tail)), common)
    made = _new(["".join(parts) for parts in product(FIRST, MIDDLE, LAST)], common)
    rare = np.random.default_rng(0).permutation(np.array(tail + made, dtype=object))
    pairs = np.array(list(common), dtype=object)
    double = [f"{a}-{b}" for a, b in product(pairs[:150], pairs[150:300])]
    return _shares(common, [*rare, *double[::2]], COMMON_SURNAMES, 200)


@cache
def forenames(sex: str) -> tuple[np.ndarray, np.ndarray]:
    """Give the forenames of one sex ("Female", "Male"), and the share with each."""
    column = f"first_names_{sex.lower()}"
    listed = getattr(_faker("en_GB"), column)
    common = {name: 1 / (12 + rank) for rank, name in enumerate(listed)}
    tail = [name for place in FORENAME_LISTS for name in getattr(_faker(place), column)]
    tail = np.array(_new(sorted(set(tail)), common), dtype=object)
    rare = np.random.default_rng(0).permutation(tail)
    return _shares(common, list(rare), COMMON_FORENAMES, 20)


def draw(kind: tuple[np.ndarray, np.ndarray], u: np.ndarray) -> np.ndarray:
    """Give a name for each uniform number in `u`, as common as `kind` has it."""
    names, shares = kind
    rows = np.searchsorted(np.cumsum(shares), u, side="right")
    return names[np.minimum(rows, len(names) - 1)]


def _shares(
    common: dict[str, float], rare: list[str], share: float, start: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give the weights of common names as they are, of rare ones falling with rank."""
    weights = np.array(list(common.values()), dtype=float)
    order = np.argsort(-weights, kind="stable")
    falling = 1 / (start + np.arange(len(rare)))
    shares = [share * weights[order] / weights.sum()]
    shares.append((1 - share) * falling / falling.sum())
    names = [*np.array(list(common), dtype=object)[order], *rare]
    return np.array(names, dtype=object), np.concatenate(shares)


def _new(names: list[str], known: dict[str, float]) -> list[str]:
    """Give the names in Latin letters that are not among the common ones, each once."""
    latin = (name for name in names if all(ord(letter) < 0x250 for letter in name))
    return list(dict.fromkeys(name for name in latin if name not in known))


def _faker(place: str) -> type:
    return importlib.import_module(f"faker.providers.person.{place}").Provider
