"""The pool: people of the register from whom the comparison group is made.

Nobody on the list stands in it. Whoever has more sentences is more often on a list, and
of sentences that follow a reoffence many are later ones: leaving everyone on the list
out would leave a pool that reoffends less than people like those supported, and a
useless programme would look harmful. So as large a share of the people with fewer
sentences is left out by chance.
"""

from fractions import Fraction

import ibis
import numpy as np
import pandas as pd

from helpers.intake.cohort import draws
from helpers.intake.cohort.index_sentence import Eligibility, eligible
from helpers.intake.records.duckdb_engine import Records

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
    method.md section 1: every eligible sentence has the same chance, up to five a
    person. A person with n is kept when u₁ < min(n, 5)/5 · s/s(n) (purpose `keep`),
    with s(n) the share of people with n eligible sentences who are not submitted and s
    the smallest of these shares, and number ⌊u₂·n⌋ (purpose `sentence`) in order of
    index date and sentence_id is taken.
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
    chances = _chances(everyone["sentences"], people["sentences"])
    sentences = sentences.anti_join(records.local(known), "person_id")
    order = [sentences.index_date, sentences.sentence_id]
    place = ibis.row_number().over(group_by=sentences.person_id, order_by=order)
    numbered = sentences.select("person_id", "sentence_id", number=place)
    numbered = records.keep(numbered)
    kept = _chosen(people, chances, seed)
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


def _chances(everyone: pd.Series, free: pd.Series) -> list[Fraction]:
    """Give the chance of being kept by how many sentences a person has, from none on.

    Of the numbers of sentences of everyone, and of those who are not submitted. Numbers
    that few people have are taken together, with the ones below them.
    """
    most = int(everyone.max()) if len(everyone) else 0
    every, left = (np.bincount(n, minlength=most + 1) for n in (everyone, free))
    shares: dict[int, Fraction] = {}
    together: list[int] = []
    for n in range(1, most + 1):
        together.append(n)
        enough = every[together].sum() >= LEAST and every[n + 1 :].sum() >= LEAST
        if enough or n == most:
            share = Fraction(int(left[together].sum()), int(every[together].sum()))
            shares |= dict.fromkeys(together, share)
            together = []
    smallest = min((share for share in shares.values() if share), default=Fraction(1))
    return [
        Fraction(min(n, MOST), MOST) * smallest / (shares.get(n) or smallest)
        for n in range(most + 1)
    ]


def _chosen(people: pd.DataFrame, chances: list[Fraction], seed: int) -> pd.DataFrame:
    """Give who is kept, and the number of the sentence that is taken."""
    n = people["sentences"].to_numpy()
    u = draws.units(seed, "keep", people["person_id"])
    kept = people[draws.below(u, chances, n)]
    u = draws.units(seed, "sentence", kept["person_id"])
    number = draws.numbered(u, kept["sentences"].to_numpy())
    return pd.DataFrame({"person_id": kept["person_id"], "number": number})
