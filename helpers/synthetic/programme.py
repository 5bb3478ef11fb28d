"""The made-up programme: whom it takes in, when, and what it changes.

Whom it takes in depends on what the records show of a person before support begins:
needs at the last assessment, Copas rate, age, work, region and offence group; and, only
if asked for, on their motivation, which no record shows but which lowers the risk of
reoffending. Each sentence is drawn by itself, and support belongs to the first of a
person's that is drawn. Support begins in custody before release, or up to 120 days
after it (after the start of the order), whether or not the person has reoffended by
then.
"""

import numpy as np
import pandas as pd

from helpers.errors import RequestError
from helpers.synthetic import national
from helpers.synthetic.national import COMMUNITY, CUSTODY, YOUTH
from helpers.synthetic.occasions import CONVICTION
from helpers.synthetic.people import Traits

#: index dates of those taken in: 1 January 2021 to 15 June 2023
FROM, TO = 18628, 19523
FOLLOWED_UP = 548
ADULT = 18 * 365.25


def candidates(
    lives: pd.DataFrame, people: Traits, end: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Give sentences to custody or an order since 2021, and when support would begin.

    One row a sentence (index: its row in `lives`): person, kind ("main", "under age",
    "too recent", or none of them), delay (days from the index date to support), start,
    and potential outcomes without support: reoffended_before (support) and reoffended
    (1 or 0 within the year). Sentences whose support a later sentence would claim are
    left out: those people have reoffended before it.
    """
    near = lives[(lives["kind"] == CONVICTION) & (lives["index"] >= FROM)]
    near = near[near["disposal"].between(CUSTODY, YOUTH)]
    delay = _delay(near, rng)
    start = near["index"].to_numpy() + delay
    days, proven = _next_occasion(lives, near)
    known = (days >= 1) & (days <= 365) & (proven <= FOLLOWED_UP)
    age = near["index"].to_numpy() - people.birth[near["person"].to_numpy()]
    adult = (age >= ADULT + 1) & near["disposal"].between(CUSTODY, COMMUNITY).to_numpy()
    late = near["index"].to_numpy() + FOLLOWED_UP > end
    main = adult & (near["index"] <= TO).to_numpy()
    kinds = [main, (age < ADULT - 2) & (near["index"] <= TO), adult & late]
    sentences = pd.DataFrame(
        {
            "person": near["person"],
            "kind": np.select(kinds, ["main", "under age", "too recent"], ""),
            "delay": delay,
            "start": start,
            "reoffended_before": known & (days < delay),
            "reoffended": known,
        },
        index=near.index,
    )
    return sentences[~_claimed(lives, near, start) & (start < end - 60)]


def _delay(near: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draw the delay: half of those in custody have support before release."""
    n = len(near)
    after = np.minimum(rng.exponential(24, n).astype(int), 120)
    served = (near["index"] - near["custody_start"]).to_numpy()
    before = -(rng.random(n) * np.clip(served, 0, 150)).astype(int)
    inside = (near["disposal"] == CUSTODY).to_numpy() & (rng.random(n) < 0.5)
    return np.where(inside, before, after)


def _next_occasion(
    lives: pd.DataFrame, near: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Give the days from index date to the next offence and its proof (else 99,999)."""
    following = np.minimum(near.index.to_numpy() + 1, len(lives) - 1)
    person = lives["person"].to_numpy()
    same = (person[following] == near["person"]) & (following > near.index)
    index = near["index"].to_numpy()
    days = np.where(same, lives["start"].to_numpy()[following] - index, 99_999)
    proven = np.where(same, lives["proven"].to_numpy()[following] - index, 99_999)
    return days, proven


def _claimed(lives: pd.DataFrame, near: pd.DataFrame, start: np.ndarray) -> np.ndarray:
    """Tell whether the person's next sentence began by the day support begins."""
    rows = lives[lives["kind"] == CONVICTION]
    begun = np.minimum(rows["index"], rows["custody_start"])
    later = begun.groupby(rows["person"]).shift(-1).reindex(near.index)
    return (later <= start).to_numpy()


def pull(
    lives: pd.DataFrame,
    people: Traits,
    region: np.ndarray,
    needs: pd.DataFrame,
    motivation: float,
) -> np.ndarray:
    """Give the log odds of being taken in for sentences: rows of lives, in `region`.

    `needs` are those on record before support, 0 or 1 by section.
    """
    person = lives["person"].to_numpy()
    regions = np.array([odds for _, odds in national.REGIONS.values()])
    groups = [national.JOINING_BY_GROUP.get(name, 0.0) for name in national.GROUPS]
    needed = sum(
        odds * needs[name].to_numpy() for name, (*_, odds) in national.SECTIONS.items()
    )
    age = (lives["index"].to_numpy() - people.birth[person]) / 365.25
    return (
        needed
        + national.JOINING["copas"] * lives["copas"].to_numpy()
        + national.JOINING["age"] * age
        + national.JOINING["employed"] * lives["employed"].to_numpy()
        + regions[region]
        + np.array(groups)[lives["group"].to_numpy()]
        + motivation * people.motivation[person]
    )


def choose(
    sentences: pd.DataFrame,
    odds: np.ndarray,
    wanted: dict[str, int],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw candidates of each kind, a person at most once, weighted by log odds.

    The largest log weights plus Gumbel noise are a weighted draw without replacement
    (Efraimidis and Spirakis 2006); of a person's sentences so drawn the first counts.
    Raises RequestError when there are too few.
    """
    sentences = sentences.assign(key=odds + rng.gumbel(size=len(sentences)))
    chosen = []
    for kind, number in wanted.items():
        rows = _first_taken(sentences[sentences["kind"] == kind], number)
        if len(rows) < number and kind == "main":
            raise RequestError(
                "inputs.made_up.submitted must leave enough people with a sentence of "
                f"2021 to 2023 in the made-up records ({len(rows)} have one); found "
                f"{number} needed; ask for fewer, or for more people"
            )
        chosen.append(rows)
        sentences = sentences[~sentences["person"].isin(rows["person"])]
    return pd.concat(chosen).drop(columns="key")


def _first_taken(sentences: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give the first sentence of each of `number` people with a key high enough.

    Who is taken in after one sentence has no support to begin after a later one:
    nothing that comes later decides what happened before.
    """
    highest = sentences.groupby("person")["key"].max().nlargest(number)
    taken = sentences[sentences["key"] >= highest.min()]
    return taken.sort_values("start", kind="stable").drop_duplicates("person")


def change(chosen: pd.DataFrame, effect: float, rng: np.random.Generator) -> pd.Series:
    """Draw whose year changes: -1 does not reoffend after all, 1 does, 0 the rest.

    Of the people counted (kind "main", no reoffence before support) exactly
    round(effect × their number) change, drawn by lot from those who would have
    reoffended after support began (from those who would not, for an effect above 0);
    so `effect` is the average change of their one-year rate. The others taken in are
    helped with the same chance. Raises RequestError when too few are left to change.
    """
    counted = (chosen["kind"] == "main") & ~chosen["reoffended_before"]
    open_to = chosen["reoffended"] if effect < 0 else ~chosen["reoffended"]
    open_to &= ~chosen["reoffended_before"]
    number = round(abs(effect) * int(counted.sum()))
    lots = pd.Series(rng.random(len(chosen)), index=chosen.index)
    ranked = np.sort(lots[counted & open_to])
    if number > len(ranked):
        raise RequestError(
            f"inputs.made_up.effect must leave a rate between 0 and 1; found {effect}, "
            f"where {len(ranked) / max(counted.sum(), 1):.2f} could change; write a "
            "number nearer to 0"
        )
    last = ranked[number - 1] if number else -1.0
    return (open_to & (lots <= last)).astype(int) * (-1 if effect < 0 else 1)


def undone(lives: pd.DataFrame, helped: pd.DataFrame) -> np.ndarray:
    """Give the rows of `lives` that do not happen: those in the rest of the year."""
    day = pd.Series(helped["start"].to_numpy(), index=helped["person"])
    index = pd.Series(lives.loc[helped.index, "index"].to_numpy(), helped["person"])
    rows = lives[lives["person"].isin(helped["person"])]
    index, day = rows["person"].map(index), rows["person"].map(day)
    gone = (rows["start"] > index) & (rows["start"] <= index + 365)
    return rows.index[gone & (rows["start"] >= day)].to_numpy()


def added(
    lives: pd.DataFrame, harmed: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw occasions that support adds: one offence each in the rest of the year."""
    rows = lives.loc[harmed.index].copy()
    first = np.maximum(harmed["delay"].to_numpy(), 1)
    day = first + (rng.random(len(rows)) * (366 - first)).astype(int)
    rows["start"] = (rows["index"].to_numpy() + day).astype(np.int32)
    rows["proven"] = rows["index"] = rows["start"] + 30
    rows["offences"], rows["span"], rows["length"] = 1, 0, 0
    rows["disposal"], rows["group"] = national.FINE, 10
    return rows.assign(work_to=0, benefit_to=0, assessed=0)
