"""No effect must look like no effect, and what each rule of the method prevents.

    python tests/benchmarks/no_effect.py [seeds] [people]

A made-up register in which nobody is real and the programme is useless: it changes
nothing. Everyone has a risk of their own, most of which no record shows. Whoever
reoffends is sent to prison again half of the time, so that people at high risk have
more sentences. The programme falls on any release, more often on young people, and
begins 0 to 120 days after it; of those who reoffended before that day a third still
turn up, the others do not. The whole path of the kit then runs, from the
records to the estimate, with its rules and without each of them.

The table gives the mean difference in the one-year rate over the seeds, in percentage
points, with its standard error. Below zero is a benefit, above zero a harm: both false.
"""

import sys
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

from helpers.intake.cohort import (
    assemble,
    draws,
    history,
    index_sentence,
    losses,
    pool,
    reoffending,
    support_delay,
)
from helpers.intake.records.engine import Records
from helpers.intake.records.extract import open_extract
from helpers.matching import matching, propensity
from helpers.outcomes import estimates
from helpers.request.engine import Engine

RULES = SimpleNamespace(
    minimum_age=18,
    maximum_age=None,
    window_days=180,
    sentence="any",
    exclude_offence_groups=(),
    assessment_within_days=730,
)
START = np.datetime64("2010-01-01")
OPEN, CLOSE, END = 1460, 2920, 4200  # days of the programme, and of the records' end
COMPLETE_TO = str(START + END)
#: of releases on which the programme falls, at age 30. Who was submitted is not in the
#: pool, and people with many sentences are submitted more often: a programme that takes
#: a large share of a country's releases thins them out there, and may look a little
#: harmful for it (3.5% gave 0.3 points, with a standard error of 0.2)
SHARE = 0.007
COVARIATES = ["age", "age_squared", "previous_convictions", "copas_rate",
              "previous_custody"]  # fmt: skip
DELAY = ["days_to_support", "support_after_index"]
OURS = "the method's rules"


# the made-up register -----------------------------------------------------------------


def histories(n: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences and offences of n people, in days from the start."""
    born = rng.uniform(-15000, -6700, n)
    risk = rng.gamma(0.9, 1 / 0.9, n) * np.exp(-(born + 15000) / -9000) * 0.0006
    released = rng.uniform(-400, CLOSE, n)
    who, now = np.arange(n), released.copy()
    sentences = [pd.DataFrame({"who": who, "custody": released - 120, "index": now,
                               "convicted": released - 120})]  # fmt: skip
    offences = [pd.DataFrame({"who": who, "day": released - 180,
                              "proven": released - 120})]  # fmt: skip
    while len(who):
        day = now + rng.exponential(1 / risk[who])
        goes_on = day < END
        who, day = who[goes_on], day[goes_on]
        proven = day + rng.uniform(20, 90, len(who))
        offences.append(pd.DataFrame({"who": who, "day": day, "proven": proven}))
        prison = rng.random(len(who)) < 0.5
        index = proven + rng.uniform(30, 150, len(who))
        sentences.append(pd.DataFrame(
            {"who": who, "custody": proven, "index": index, "convicted": proven}
        )[prison])  # fmt: skip
        now = np.where(prison, index, day)
    sentences, offences = pd.concat(sentences), pd.concat(offences)
    sentences["born"] = born[sentences["who"]]
    sentences = sentences[sentences["index"] < END].reset_index(drop=True)
    return sentences.round(), offences.round().reset_index(drop=True)


def programme(
    sentences: pd.DataFrame, offences: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Releases on which the programme falls: who and the start of support, in days."""
    age = (sentences["index"] - sentences["born"]) / 365.25
    chance = SHARE * np.exp(-(age - 30) / 20)
    taken = sentences["index"].between(OPEN, CLOSE) & (rng.random(len(age)) < chance)
    taken = sentences[taken].reset_index(names="row")
    taken["start"] = taken["index"] + rng.integers(0, 121, len(taken))
    pairs = taken.merge(offences[["who", "day"]], on="who")
    early = (pairs["day"] > pairs["index"]) & (pairs["day"] < pairs["start"])
    reoffended = taken["row"].isin(pairs.loc[early, "row"])
    attends = ~reoffended | (rng.random(len(taken)) < 1 / 3)
    return taken.loc[attends, ["who", "start"]]


def day(days: pd.Series) -> pd.Series:
    return pd.Series(START + days.to_numpy().astype("timedelta64[D]"), days.index)


def write(sentences: pd.DataFrame, offences: pd.DataFrame, folder: Path) -> None:
    """The register as a national extract."""
    ids = sentences["who"].map("P{:06d}".format)
    unknown = dict.fromkeys(["pnc_id", "prison_number", "surname", "forename"])
    people = pd.DataFrame({"person_id": ids, "date_of_birth": day(sentences["born"])})
    people = people.drop_duplicates("person_id").assign(
        **unknown, sex="Male", ethnicity="White", nationality="British"
    )
    people.to_parquet(folder / "person.parquet")
    pd.DataFrame(
        {
            "person_id": ids,
            "sentence_id": [f"S{i:07d}" for i in range(len(ids))],
            "conviction_date": day(sentences["convicted"]),
            "custody_start": day(sentences["custody"]),
            "index_date": day(sentences["index"]),
            "disposal": "custody",
            "sentence_length_days": 200,
            **dict.fromkeys(["release_type", "offence_group", "offence_type",
                             "region", "establishment"], "any"),
        }
    ).to_parquet(folder / "sentence.parquet")  # fmt: skip
    pd.DataFrame(
        {
            "person_id": offences["who"].map("P{:06d}".format),
            "offence_date": day(offences["day"]),
            "proven_date": day(offences["proven"]),
            "outcome": "conviction",
            "offence_group": "Theft",
            "trial_mode": "summary",
            "custodial": False,
            "recordable": True,
            "breach": False,
            "england_wales": True,
            "police_prosecuted": True,
        }
    ).to_parquet(folder / "offence.parquet")


# the path, with a rule and without ----------------------------------------------------


def estimate(cohort: pd.DataFrame, covariates: list[str]) -> float:
    """The difference in the one-year rate by the kit's own matching, in points."""
    cohort = cohort[cohort["left_out"].isna()].reset_index(drop=True)
    model = propensity.fit(cohort, "treatment", covariates)
    match = matching.match(
        model.score, cohort["treatment"], caliper={"sd": 0.05, "of": "pooled"}
    )
    found = estimates.difference(
        cohort["reoffended"], cohort["treatment"], match.weights, kind="rate"
    )
    return 100 * found["difference"]


def measured(records: Records, people: pd.DataFrame, outcomes: pd.DataFrame):
    """People with covariates and outcomes."""
    record = history.covariates(records, people)
    return people.merge(record, on="person_id").merge(outcomes, on="person_id")


def redrawn(delays: pd.DataFrame, outcomes: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The pool with new draws for everyone whose delay would leave them out."""
    people = delays.copy()
    first = people["person_id"].map(
        outcomes.set_index("person_id")["days_to_first_reoffence"]
    )
    treated, left = people["treatment"] == 1, people["left_out"].isna()
    donors = people.loc[treated & left, "delay"].sort_values().to_numpy()
    for attempt in range(1, 200):
        again = ~treated & (people["left_out"] == losses.REOFFENDED_BEFORE)
        if not again.any():
            break
        u = draws.units(seed, f"again {attempt}", people.loc[again, "person_id"])
        people.loc[again, "delay"] = donors[draws.numbered(u, len(donors))]
        fits = again & ~(first < people["delay"])
        people.loc[fits, "left_out"] = None
    people["days_to_support"] = people["delay"].clip(lower=0)
    people["support_after_index"] = np.where(people["delay"] > 0, "Yes", "No")
    return people


def one_each(
    records: Records, drawn: pd.DataFrame, located: pd.DataFrame, seed: int, how: str
) -> pd.DataFrame:
    """The pool with one sentence of everyone: a random one, or the latest."""
    sentences = records.frame(index_sentence.eligible(records, RULES))
    first, last = pool.window(located)
    sentences = sentences[sentences["index_date"].between(first, last)]
    sentences = sentences.sort_values(["person_id", "index_date", "sentence_id"])
    place = sentences.groupby("person_id").cumcount()
    n = drawn["sentences"].to_numpy()
    u = draws.units(seed, "sentence", drawn["person_id"])
    number = draws.numbered(u, n) if how == "random" else n - 1
    wanted = drawn[["person_id"]].assign(place=number)
    found = sentences.assign(place=place).merge(wanted, on=["person_id", "place"])
    return found[["person_id", "sentence_id"]]


def variants(records: Records, lines: pd.DataFrame, seed: int) -> Iterator[tuple]:
    """Each variant's name and false difference."""
    located = index_sentence.locate(records, lines, RULES)
    drawn = pool.draw(records, located, lines["person_id"], RULES, seed)

    def path(drawn: pd.DataFrame):
        people = assemble.people(records, located, drawn)
        people = assemble.limits(people, RULES, COMPLETE_TO)
        outcomes = reoffending.outcomes(records, people)
        delays = support_delay.assign(people, outcomes, seed)
        return outcomes, delays.people, measured(records, delays.people, outcomes)

    outcomes, delays, ours = path(drawn)
    early = ours["left_out"] == losses.REOFFENDED_BEFORE
    pool_side = ours["treatment"] == 0
    both = COVARIATES + DELAY
    none = ours.assign(left_out=ours["left_out"].mask(early))
    one_side = ours.assign(left_out=ours["left_out"].mask(early & pool_side))
    again = measured(records, redrawn(delays, outcomes, seed), outcomes)
    yield OURS, estimate(ours, both)
    yield "reoffences before support not excluded", estimate(none, COVARIATES)
    yield "excluded in the treated only", estimate(one_side, both)
    yield "delays drawn again until they fit", estimate(again, both)
    yield "delay not among the covariates", estimate(ours, COVARIATES)
    for name, how in (("one random sentence of everyone", "random"),
                      ("the latest sentence of everyone", "latest")):  # fmt: skip
        cohort = path(one_each(records, drawn, located, seed, how))[2]
        yield name, estimate(cohort, both)


def one(seed: int, people: int) -> dict[str, float]:
    """Every variant on one made-up register."""
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(seed)
    sentences, offences = histories(people, rng)
    taken = programme(sentences, offences, rng)
    lines = pd.DataFrame({"person_id": taken["who"].map("P{:06d}".format)})
    lines["line"] = range(2, len(lines) + 2)
    lines["intervention_start"] = day(taken["start"]).astype("datetime64[us]")
    for name in ("index_date", "conviction_date"):
        lines[name] = pd.Series(pd.NaT, lines.index, dtype="datetime64[us]")
    with tempfile.TemporaryDirectory() as folder:
        write(sentences, offences, Path(folder))
        with open_extract(
            folder, Path(folder) / "work", engine=Engine(memory="1GB")
        ) as records:
            found = dict(variants(records, lines, seed))
    return found | {"(lines submitted)": len(lines)}


def table(seeds: int, people: int) -> pd.DataFrame:
    """Mean and standard error over seeds."""
    with ProcessPoolExecutor(2) as workers:
        found = pd.DataFrame(workers.map(one, range(1, seeds + 1), [people] * seeds))
    mean, error = found.mean(), found.std() / np.sqrt(seeds)
    return pd.DataFrame({"points": mean, "standard error": error}).round(2)


if __name__ == "__main__":
    arguments = [int(a) for a in sys.argv[1:]]
    print(table(*(arguments + [20, 400_000][len(arguments) :])).to_string())
