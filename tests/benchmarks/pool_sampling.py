"""Whom the pool may leave out: a useless programme that reaches many, drawn many times.

    python tests/benchmarks/pool_sampling.py [programmes] [people] [lines]

One made-up country, in which a programme that changes nothing takes people in again and
again. Nothing is estimated: each sentence counts by the odds with which the programme
takes it, so that whatever differs comes of who is in the pool alone. Four pools:
nobody who is on the list; the same, with the shares of the numbers of sentences
restored; with later sentences counted less too, as `helpers.intake.cohort.pool` draws
it; and everyone until their support.

Mean difference in the one-year rate, in points, with its standard error.
"""

import sys

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from helpers.synthetic import circumstances, programme, records
from helpers.synthetic import submission as provider

SEED = 4


def candidates(people: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Sentences that the programme may take, and the log odds of each."""
    streams = records._streams(SEED)
    country = records._country(people, streams)
    sentences = programme.candidates(
        country.lives, country.traits, records.END, streams["delay"]
    )
    lives = country.lives.loc[sentences.index]
    cut_off = lives["index"] + sentences["delay"].clip(upper=0)
    needs = circumstances.needs_on_record(
        country.assessments, lives["person"].to_numpy(), cut_off.to_numpy()
    )
    region = country.sentences.set_index("life").loc[sentences.index, "region"]
    odds = programme.pull(lives, country.traits, region, needs, 0.0)
    return sentences.assign(index_day=lives["index"]), odds


def taken_odds(main: pd.DataFrame, number: int) -> pd.Series:
    """The odds of each sentence to be taken, where `number` people are."""
    of_person = main.groupby("person")["pull"].sum()
    rate = brentq(lambda k: (1 - np.exp(-k * of_person)).sum() - number, 1e-9, 50)
    return np.expm1(rate * main["pull"])


def not_on_the_list(main: pd.DataFrame, people: pd.Series) -> pd.Series:
    """The share of the people with 0, 1, 2 … sentences who are not on the list."""
    number = main.groupby("person").size()
    free = pd.Series(~number.index.isin(people), number.index)
    return pd.concat([pd.Series({0: 1.0}), free.groupby(number).mean()])


def differences(chosen: pd.DataFrame, main: pd.DataFrame) -> dict[str, float]:
    """The treated people's rate less that of each pool, in points."""
    shares = not_on_the_list(main, chosen["person"])
    by_person = main.sort_values(["person", "index_day"]).groupby("person")
    before = by_person.cumcount()
    number = main["person"].map(by_person.size())
    open_to = main[~main["reoffended_before"]]
    until = chosen.set_index("person")[["index_day", "start"]].min(axis=1)
    until = open_to["person"].map(until)
    restored = open_to["odds"] / number[open_to.index].map(shares).clip(lower=1e-9)
    first = restored * before[open_to.index].map(shares)
    free, not_yet = until.isna(), until.isna() | (open_to["index_day"] < until)
    treated = chosen.loc[~chosen["reoffended_before"], "reoffended"].mean()
    pools = {
        "nobody on the list": open_to["odds"].where(free, 0),
        "shares of the numbers of sentences restored": restored.where(free, 0),
        "later sentences counted less too": first.where(free, 0),
        "everyone until their support": open_to["odds"].where(not_yet, 0),
    }
    return {
        name: 100 * (treated - np.average(open_to["reoffended"], weights=weights))
        for name, weights in pools.items()
    }


def table(programmes: int, people: int, lines: int) -> pd.DataFrame:
    """Mean and standard error over programmes, for each pool."""
    sentences, odds = candidates(people)
    wanted = provider.numbers(lines)
    number = {"main": wanted["main"] + wanted["cannot be used"]}
    main = sentences.assign(pull=np.exp(odds))[sentences["kind"] == "main"]
    main["odds"] = taken_odds(main, number["main"])
    rng = np.random.default_rng(9)
    rows = [
        differences(programme.choose(sentences, odds, number, rng), main)
        for _ in range(programmes)
    ]
    found = pd.DataFrame(rows)
    error = found.std() / np.sqrt(programmes)
    return pd.DataFrame({"points": found.mean(), "standard error": error}).round(2)


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:]]
    print(table(*(given + [250, 100_000, 1_500][len(given) :])).to_string())
