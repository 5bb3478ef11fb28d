"""Made-up national records, a provider's list of people, and the truth about it.

Nobody in them is real. One process of offending makes everyone's records
(offending.py); a programme takes some people in by what the records show of them and
changes their year by a known amount (programme.py); the list of them goes through the
errors of a real one (submission.py).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.errors import RequestError
from helpers.synthetic import (
    circumstances,
    extract_files,
    offending,
    programme,
    register,
    tables,
)
from helpers.synthetic import people as synthetic_people
from helpers.synthetic import submission as provider
from helpers.synthetic.country import Country
from helpers.synthetic.national import CUSTODY

#: the last day that the made-up records cover
COMPLETE_TO = date(2025, 6, 30)
END = (COMPLETE_TO - date(1970, 1, 1)).days
STREAMS = (
    "traits past since register aliases sentences offences delay choice change added "
    "lines errors far reviews"
).split()
README = (
    "Made-up people and made-up records, written by the Justice Data Lab kit.\n"
    "Nobody in these files is real, and no number in them says anything about anyone.\n"
)


@dataclass(frozen=True)
class Written:
    """Where made-up records were written, and the last day that they cover."""

    extract: Path
    submission: Path
    truth: Path
    complete_to: date


@dataclass(frozen=True)
class Support:
    """Who is supported and what it changes, the truth line by line, and the list."""

    people: pd.DataFrame
    truth: pd.DataFrame
    sheet: pd.DataFrame


def write(
    folder: Path,
    people: int,
    submitted: int,
    *,
    effect: float = 0.0,
    seed: int = 1,
    motivation: float = 0.0,
) -> Written:
    """Write records of made-up people, and a list of some of them, into a folder.

    The same arguments make the same bytes.

    Parameters
    ----------
    people : people in the register.
    submitted : lines of the provider's list (submission.SHARES has what goes wrong).
    effect : average change of the one-year proven reoffending rate that support makes,
        as a proportion (-0.08 is 8 points fewer), among the people of usable lines
        who are in the records, adult, followed up, and had not reoffended before
        support. Both potential outcomes are in the truth.
    motivation : log odds of joining for each standard deviation of motivation, which
        lowers reoffending and which no record holds; 0 leaves nothing hidden.

    Raises
    ------
    RequestError : when there are too few people for the list, or for the effect.
    """
    if not 0 < submitted < people:
        raise RequestError(
            "inputs.made_up.submitted must be at least 1 and fewer than people "
            f"({people}); found {submitted}"
        )
    streams = _streams(seed)
    country = _country(people, streams)
    support = _support(country, submitted, effect, motivation, streams)
    return _write(Path(folder), country, support, streams)


def _streams(seed: int) -> dict[str, np.random.Generator]:
    """Give each block a generator of its own, so that none changes another's draws."""
    seeds = np.random.SeedSequence(seed).spawn(len(STREAMS))
    pairs = zip(STREAMS, seeds, strict=True)
    return {name: np.random.default_rng(own) for name, own in pairs}


def _country(n: int, streams: dict[str, np.random.Generator]) -> Country:
    traits = synthetic_people.traits(n, streams["traits"])
    lives, answers = offending.lives(traits, END, [streams["past"], streams["since"]])
    lives = lives[lives["proven"] <= END].reset_index(drop=True)
    first = traits.entry.copy()
    np.minimum.at(first, lives["person"].to_numpy(), lives["start"].to_numpy())
    prison = np.zeros(n, dtype=bool)
    prison[lives.loc[lives["disposal"] == CUSTODY, "person"]] = True
    return Country(
        traits,
        lives,
        circumstances.assessments(answers, lives, END, streams["reviews"]),
        register.people_table(traits, first, prison, streams["register"]),
        tables.sentences(lives, traits.region, streams["sentences"]),
    )


def _support(
    country: Country,
    submitted: int,
    effect: float,
    motivation: float,
    streams: dict[str, np.random.Generator],
) -> Support:
    wanted = provider.numbers(submitted)
    candidates = programme.candidates(
        country.lives, country.traits, END, streams["delay"]
    )
    sentence = country.sentences.set_index("life").loc[candidates.index]
    rows = country.lives.loc[candidates.index]
    cut_off = rows["index"] + candidates["delay"].clip(upper=0)
    needs = circumstances.needs_on_record(
        country.assessments, rows["person"].to_numpy(), cut_off.to_numpy()
    )
    odds = programme.pull(rows, country.traits, sentence["region"], needs, motivation)
    chosen = programme.choose(
        candidates,
        odds,
        {
            "main": wanted["main"] + wanted["cannot be used"],
            "under age": wanted["under age"],
            "too recent": wanted["too recent"],
        },
        streams["choice"],
    )
    main = np.flatnonzero(chosen["kind"] == "main")
    unusable = streams["choice"].choice(main, wanted["cannot be used"], replace=False)
    chosen.iloc[unusable, chosen.columns.get_loc("kind")] = "cannot be used"
    chosen["change"] = programme.change(chosen, effect, streams["change"])
    far = _far(country, chosen["person"], wanted["no sentence near"], streams["far"])
    columns = ["sentence", "index_date", "conviction_date", "region"]
    known = chosen.join(sentence[columns]).reset_index(names="life")
    supported = pd.concat([known, far], ignore_index=True)
    sheet, truth = provider.lines(
        supported, country.register, wanted, [streams["lines"], streams["errors"]]
    )
    return Support(supported, truth, sheet)


def _far(
    country: Country, chosen: pd.Series, wanted: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw people supported when no sentence was near, in the form of the rest."""
    others = country.sentences[~country.sentences["person"].isin(chosen)]
    far = provider.far_from_any(others, len(country.register), wanted, rng)
    region = country.traits.region[far["person"]]
    return far.assign(
        kind="no sentence near",
        delay=0,
        life=-1,
        index_date=-1,
        conviction_date=-1,
        region=region,
    )


def _write(
    folder: Path,
    country: Country,
    support: Support,
    streams: dict[str, np.random.Generator],
) -> Written:
    happened = _happened(country, support.people, streams)
    aliases = register.aliases(country.register, streams["aliases"])
    written = Written(
        folder / "extract",
        folder / "submission.csv",
        folder / "truth.parquet",
        COMPLETE_TO,
    )
    written.extract.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8")
    extract_files.write(written.extract, country, happened, aliases)
    support.sheet.to_csv(written.submission, index=False, lineterminator="\n")
    extract_files.truth(written.truth, country, support.people, support.truth)
    return written


def _happened(
    country: Country, supported: pd.DataFrame, streams: dict[str, np.random.Generator]
) -> tables.Happened:
    """Give the records of a country in which some people were supported.

    Tables are made of what would have been without support, then the occasions that
    support undoes are struck out (or added): nobody else's records differ.
    """
    lives, end = country.lives, END
    known = supported[supported["life"] >= 0].set_index("life")
    gone = programme.undone(lives, known[known["change"] < 0])
    more = programme.added(lives, known[known["change"] > 0], streams["added"])
    offences = tables.offences(lives, end, streams["offences"])
    assessments = country.assessments
    sentences = country.sentences
    if len(more):
        extra = tables.offences(more, end, streams["added"], plain=True)
        offences = tables.in_order(
            pd.concat([offences, extra.assign(life=-1)]), "offence_date", "proven_date"
        )
        extra = tables.sentences(more, country.traits.region, streams["added"])
        last = sentences.groupby("person")["sentence"].max()
        extra["sentence"] = extra["person"].map(last) + 1
        sentences = tables.in_order(
            pd.concat([sentences, extra.assign(life=-1)]), "sentence"
        )
    return tables.Happened(
        lives.drop(gone),
        assessments[~assessments["life"].isin(gone)].reset_index(drop=True),
        sentences[~sentences["life"].isin(gone)],
        offences[~offences["life"].isin(gone)],
    )
