"""The pool: people of the register from whom the comparison group is made.

Nobody on the list stands in it. Whoever has more sentences is more often on a list, and
of sentences that follow a reoffence many are later ones: leaving everyone on the list
out would leave a pool that reoffends less than people like those supported, and a
useless programme would look harmful. So as large a share of the people with fewer
sentences is left out by chance. And of a person's sentences on a list the first counts,
so that a later one counts here only as often as none before it was taken.
"""

from fractions import Fraction

import ibis
import numpy as np
import pandas as pd

from helpers.intake.cohort import draws
from helpers.intake.cohort.index_sentence import Eligibility, eligible
from helpers.intake.records.engine import Records

MOST = 5  # sentences of a person that count towards the chance of being kept
LEAST = 100  # people of whom the share on the list is told from chance


def window(located: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Give the first and last index date of the treated; None if none has a sentence.

    Everyone with a suitable index sentence counts, also those lost afterwards to the
    age limits, to follow-up or to a reoffence, so that the pool does not depend on
    losses that come later.
    """
    dates = located.loc[located["left_out"].isna(), "index_date"]
    return None if dates.empty else (dates.min(), dates.max())


def draw(
    records: Records,
    located: pd.DataFrame,
    submitted: pd.Series,
    eligibility: Eligibility,
    seed: int,
) -> pd.DataFrame:
    """Draw the pool's people and one sentence of each.

    Parameters
    ----------
    located
        What `index_sentence.locate` gave.
    submitted
        person_id of everyone who is linked to a line or under review.

    Returns
    -------
    DataFrame
        One row for each person with an eligible sentence in the window who appears
        nowhere in the submission, in order of person_id: person_id, sentences (how
        many are eligible in the window), sentence_id (missing for those not kept).

    Notes
    -----
    METHOD.md section 1: every eligible sentence has the same chance, up to five a
    person, but for who is on the list. With s(n) the share of people with n eligible
    sentences who are not submitted, s(0) = 1 and s the smallest of these shares,
    sentence j in order of index date and sentence_id weighs s(j − 1). A person with n
    is kept when u₁ < min(Σ s(j − 1), 5)/5 · s/s(n) (purpose `keep`), and the sentence
    in whose part u₂ falls (purpose `sentence`) is taken. With nobody submitted these
    are min(n, 5)/5 and number ⌊u₂·n⌋.
    """
    dates = window(located)
    if dates is None:
        columns = {"person_id": "str", "sentences": "int64", "sentence_id": "str"}
        return pd.DataFrame({name: pd.Series(dtype=t) for name, t in columns.items()})
    sentences = eligible(records, eligibility)
    first, last = (ibis.date(date.strftime("%Y-%m-%d")) for date in dates)
    sentences = sentences.filter(sentences.index_date.between(first, last))
    known = pd.DataFrame({"person_id": pd.Series(submitted, dtype="str").unique()})
    everyone = _numbers(records, sentences)
    people = everyone[~everyone["person_id"].isin(known["person_id"])]
    shares = _shares(everyone["sentences"], people["sentences"])
    sentences = sentences.anti_join(records.local(known), "person_id")
    order = [sentences.index_date, sentences.sentence_id]
    place = ibis.row_number().over(group_by=sentences.person_id, order_by=order)
    numbered = sentences.select("person_id", "sentence_id", number=place)
    numbered = records.keep(numbered)
    kept = _chosen(people, shares, seed)
    taken = numbered.inner_join(records.local(kept), ["person_id", "number"])
    taken = records.frame(taken.select("person_id", "sentence_id"))
    return people.merge(taken, on="person_id", how="left")


def counts(drawn: pd.DataFrame) -> pd.DataFrame:
    """Count people asked for and kept by eligible sentences, 5 or more together."""
    number = drawn["sentences"].clip(upper=MOST)
    by_number = drawn.groupby(number).agg(
        people=("person_id", "size"), kept=("sentence_id", "count")
    )
    return by_number.rename_axis("eligible sentences").reset_index()


def _numbers(records: Records, sentences: ibis.Table) -> pd.DataFrame:
    """Give everyone with a sentence and how many they have, in order of person_id."""
    of_each = sentences.group_by("person_id").aggregate(sentences=lambda t: t.count())
    return records.frame(of_each).sort_values("person_id", ignore_index=True)


def _shares(everyone: pd.Series, free: pd.Series) -> list[Fraction]:
    """Give the share not submitted of the people with 0, 1, 2 … sentences.

    Of the numbers of sentences of everyone, and of those who are not submitted. Numbers
    that few people have are taken together, with the ones below them; where that leaves
    nothing to tell apart, everybody counts alike.
    """
    most = int(everyone.max()) if len(everyone) else 0
    every, left = (np.bincount(n, minlength=most + 1) for n in (everyone, free))
    shares, alike = [Fraction(1)], True
    together: list[int] = []
    for n in range(1, most + 1):
        together.append(n)
        enough = every[together].sum() >= LEAST and every[n + 1 :].sum() >= LEAST
        if enough or n == most:
            share = Fraction(int(left[together].sum()), int(every[together].sum()))
            shares += [share] * len(together)
            alike = len(together) == most
            together = []
    return [Fraction(1)] * (most + 1) if alike else shares


def _chosen(people: pd.DataFrame, shares: list[Fraction], seed: int) -> pd.DataFrame:
    """Give who is kept, and the number of the sentence that is taken."""
    smallest = min(share for share in shares if share)
    chances = [
        min(sum(shares[:n], Fraction(0)), Fraction(MOST))
        / MOST
        * (smallest / share if share else 1)
        for n, share in enumerate(shares)
    ]
    u = draws.units(seed, "keep", people["person_id"])
    kept = people[draws.below(u, chances, people["sentences"].to_numpy())]
    u, n = (
        draws.units(seed, "sentence", kept["person_id"]),
        kept["sentences"].to_numpy(),
    )
    number = np.zeros(len(kept), dtype=np.int64)
    for size in np.unique(n):
        number[n == size] = draws.in_parts(u[n == size], shares[:size])
    return pd.DataFrame({"person_id": kept["person_id"], "number": number})
