"""The pool: people of the register from whom the comparison group is made."""

import ibis
import pandas as pd

from helpers.intake.cohort import draws
from helpers.intake.cohort.index_sentence import Eligibility, eligible
from helpers.intake.records.duckdb_engine import Records

MOST = 5  # sentences of a person that count towards the chance of being kept


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
    person. A person with n is kept when u₁ < min(n, 5)/5 (purpose `keep`), and number
    ⌊u₂·n⌋ (purpose `sentence`) in order of index date and sentence_id is taken.
    """
    dates = window(located)
    if dates is None:
        columns = {"person_id": "str", "sentences": "int64", "sentence_id": "str"}
        return pd.DataFrame({name: pd.Series(dtype=t) for name, t in columns.items()})
    sentences = eligible(records, eligibility)
    first, last = (ibis.date(date.strftime("%Y-%m-%d")) for date in dates)
    sentences = sentences.filter(sentences.index_date.between(first, last))
    known = pd.DataFrame({"person_id": pd.Series(submitted, dtype="str").unique()})
    sentences = sentences.anti_join(records.local(known), "person_id")
    order = [sentences.index_date, sentences.sentence_id]
    place = ibis.row_number().over(group_by=sentences.person_id, order_by=order)
    numbered = sentences.select("person_id", "sentence_id", number=place)
    numbered = records.keep(numbered)
    people = records.frame(
        numbered.group_by("person_id").aggregate(sentences=lambda t: t.count())
    ).sort_values("person_id", ignore_index=True)
    kept = _chosen(people, seed)
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


def _chosen(people: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give who is kept, and the number of the sentence that is taken."""
    n = people["sentences"].to_numpy()
    u = draws.units(seed, "keep", people["person_id"])
    kept = people[draws.below(u, n.clip(max=MOST), MOST)]
    u = draws.units(seed, "sentence", kept["person_id"])
    number = draws.numbered(u, kept["sentences"].to_numpy())
    return pd.DataFrame({"person_id": kept["person_id"], "number": number})
