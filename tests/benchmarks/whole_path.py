"""From a list to an estimate, on made-up registers whose truth is known.

    python tests/benchmarks/whole_path.py [seeds] [people] [lines] [folder]

For every seed a national register is made up, and a provider's list with the slips of
a real one (`helpers.synthetic`). The notebooks of intake, matching and outcomes then
run as they are, once where the programme changes nothing and once where it makes the
one-year rate 8 points lower. Both registers hold the same people and the same list:
what happened to a person in the first is what would have happened without support. So
the truth is known of every measure for the very people who were matched: their mean
in the second register less their mean in the first.

The table gives, for rate, frequency and time, the mean of the estimate less the truth
over the seeds, its standard error, the share of the 95% intervals that hold the truth,
and the mean standard error over the spread of the errors. Points, offences per 100
people, days. Results are kept in `folder`, one file a seed, so that a long run can be
stopped and gone on with.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import in_process

EXAMPLE = Path(__file__).resolve().parents[2] / "params" / "example.yml"
EFFECTS = (0.0, -0.08)
#: the characteristics of method.md section 1 that the made-up records hold
COVARIATES = {
    "numeric": [
        "age", "age_squared", "age_first_offence", "previous_offences",
        "previous_convictions", "previous_cautions", "previous_custody", "copas_rate",
    ],
    "categorical": [
        "sex", "ethnicity", "uk_national", "index_quarter", "offence_group", "disposal",
        "sentence_length_band", "employed", "on_benefits", "region",
        *(f"needs_{need}" for need in (
            "accommodation", "employment", "relationships", "lifestyle", "drugs",
            "alcohol", "thinking", "attitudes")),
    ],
}  # fmt: skip
OUTCOMES = {
    "reoffending_rate": ("reoffended", 100),
    "reoffending_frequency": ("reoffences", 100),
    "time_to_first_reoffence": ("days_to_first_reoffence", 1),
}
STAGES = ("intake", "matching", "outcomes")


def request(people: int, lines: int, effect: float, seed: int) -> dict:
    """The example's request on another register, with every covariate."""
    text = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["request"]
    made_up = {"people": people, "submitted": lines, "effect": effect, "seed": seed}
    analysis = {"name": "Everyone", "covariates": COVARIATES}
    return text | {
        "id": "whole-path",
        "inputs": {"made_up": made_up},
        "analyses": [analysis],
        "seed": seed,
    }


def tables(people: int, lines: int, effect: float, seed: int) -> dict:
    """What the notebooks leave behind: estimates, who was matched, and outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        asked = request(people, lines, effect, seed)
        data = in_process.stages(asked, Path(folder) / "draft", *STAGES)
        names = ("estimates", "matched", "outcomes", "key")
        return {name: pd.read_parquet(data / f"{name}.parquet") for name in names}


def one(seed: int, people: int, lines: int) -> pd.DataFrame:
    """The estimates of one register under each effect, each with its truth."""
    without = None
    rows = []
    for effect in EFFECTS:
        held = tables(people, lines, effect, seed)
        ids = held["key"].set_index("person_id").iloc[:, 0]
        after = held["outcomes"].assign(of=held["outcomes"]["person_id"].map(ids))
        after = after.set_index("of").drop(columns="person_id")
        without = after if without is None else without
        used = held["matched"].query("treatment == 1 and weight > 0")
        used = used["person_id"].map(ids)
        for row in held["estimates"].itertuples():
            column, _ = OUTCOMES[row.outcome]
            name = row.outcome if row.outcome in after else column
            # a false link may be there in one of the registers alone
            same = used[used.isin(without.index)]
            truth = after.loc[same, name].mean() - without.loc[same, name].mean()
            rows.append(
                row._asdict() | {"effect": effect, "seed": seed, "truth": truth}
            )
    return pd.DataFrame(rows)


def table(estimates: pd.DataFrame) -> pd.DataFrame:
    """One row an effect and measure, over the seeds."""
    rows = []
    for (effect, outcome), each in estimates.groupby(["effect", "outcome"], sort=False):
        scale = OUTCOMES[outcome][1]
        error = (each["difference"] - each["truth"]) * scale
        held = (each["ci_low"] <= each["truth"]) & (each["truth"] <= each["ci_high"])
        rows.append(
            {
                "effect": effect,
                "outcome": outcome,
                "registers": len(each),
                "treated": each["n_treatment"].mean().round(),
                "truth": each["truth"].mean() * scale,
                "estimate": each["difference"].mean() * scale,
                "mean error": error.mean(),
                "its standard error": error.std() / np.sqrt(len(each)),
                "coverage %": 100 * held.mean(),
                "mean SE / spread": (each["standard_error"] * scale).mean()
                / error.std(),
            }
        )
    return pd.DataFrame(rows).round(2)


def main(seeds: int, people: int, lines: int, folder: Path) -> None:
    """Carry out what the folder does not hold yet; print the table after each seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(1, seeds + 1):
        file = folder / f"{people}_{lines}_{seed}.parquet"
        if not file.exists():
            one(seed, people, lines).to_parquet(file)
        files = sorted(folder.glob(f"{people}_{lines}_*.parquet"))
        print(table(pd.concat(map(pd.read_parquet, files))).to_string(), flush=True)


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:4]]
    where = sys.argv[4] if len(sys.argv) > 4 else "outputs/whole_path"
    main(*(given + [40, 200_000, 3_000][len(given) :]), Path(where))
