"""A made-up catalogue in size and split as the Ministry's of September 2015, and after.

134 analyses: 37 decreases, 90 inconclusive (11 of them with a significantly lower
frequency) and 7 increases, of every intervention type and every sector type, printed
as completely and as incompletely as real ones. No real result is among them.
"""

import csv
import math
import random
import shutil
from pathlib import Path

from helpers.charts.catalogue.columns import RESULTS
from helpers.files import ROOT
from helpers.request import types

FOLDER = ROOT / "params/catalogue"
#: of 134: finding on the rate -> how many; the rest of a longer file is like it
SPLIT = {"decrease": 37, "inconclusive": 90, "increase": 7}
LOWER_FREQUENCY = 11
MONTHS = [(2013 + m // 12, m % 12 + 1) for m in range(9, 160)]  # 2013-10 to 2026-04


def write(folder: Path, rows: int = 134, seed: int = 17) -> Path:
    """Write results.csv, counts.csv and types.csv into `folder`; the same every time.

    rows: how many results, 134 or more; the first 134 have the split of 2015.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("counts.csv", "types.csv"):
        shutil.copy(FOLDER / name, folder / name)
    known, _ = types.read(FOLDER)
    draw = random.Random(seed)
    names = {kind: [t.name for t in types.of_kind(known, kind)] for kind in types.KINDS}
    found = [finding for finding, many in SPLIT.items() for _ in range(many)]
    found += draw.choices(list(SPLIT), list(SPLIT.values()), k=rows - len(found))
    low = set(range(SPLIT["decrease"], SPLIT["decrease"] + LOWER_FREQUENCY))
    made = [
        _row(draw, number, finding, number in low, names)
        for number, finding in enumerate(found)
    ]
    draw.shuffle(made)
    with (folder / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, RESULTS, restval="")
        writer.writeheader()
        writer.writerows(made)
    return folder


def _row(draw, number, finding, low_frequency, names):
    kinds = {
        "intervention_type": names["intervention"][number % len(names["intervention"])],
        # most are of the first, as of the real ones; each has some
        "sector": names["sector"][number % 11 % len(names["sector"])],
    }
    n = round(math.exp(draw.uniform(math.log(30), math.log(20000))))
    sign = {"decrease": "down", "increase": "up"}.get(finding)
    row = {
        "id": f"made_up_{number + 1:03}",
        # two analyses of some organisations, so that cohorts may overlap
        "organisation": f"Made-up Organisation {number + 1 - 13 * (number % 26 == 25)}",
        "programme": _programme(number),
        **kinds,
        "published": _month(draw, number),
        "setting": draw.choice(["custody", "community", "both", ""]),
        "sig_rate": "N" if finding == "inconclusive" else "Y",
        "dir_rate": sign or draw.choice(["down", "up", ""]),
        "conclusion": "made up",
        "source_url": "https://example.org/made-up",
        "source_kind": "made up",
        "grade": "ABC"[number % 3],
        "note": "made up for a test",
    }
    row |= _rate(draw, number, n, finding, row["dir_rate"])
    row |= _frequency(draw, number, n, finding, low_frequency)
    if number % 4 == 0:
        last, years = draw.randint(2008, 2021), draw.randint(0, 4)
        if row["published"]:  # people are followed before anything is published
            last = min(last, int(row["published"][:4]) - 2)
        row |= {"cohort_from": last - years, "cohort_to": last}
    if number % 20 == 5 and row.get("n_treat"):
        row |= {"size_note": f"nearly {row['n_treat']:,}"}
    return row


def _programme(number: int) -> str:
    long = " for people who have served a short sentence, with support through the gate"
    return f"Programme {number + 1}{long if number % 17 == 3 else ''}"


def _month(draw: random.Random, number: int) -> str:
    if number % 19 == 7:
        return ""
    # most of them early, as of the real ones; the first and the last month are there
    last = len(MONTHS) - 1
    place = {0: 0, 1: last}.get(number, int(last * draw.random() ** 1.7))
    year, month = MONTHS[place]
    return f"{year}-{month:02}" + (" or before" if number % 41 == 40 else "")


def _rate(draw, number, n, finding, way):
    """Draw rates and an interval on the side of zero that the verdict says.

    Of every five: three have a printed interval, one can have a computed one, and one
    has none (rates without a size, or no figures at all).
    """
    half = 196 * math.sqrt(0.22 / n) + 0.5
    size = {"decrease": half * draw.uniform(1.2, 2), "increase": half * 1.4}
    far = size.get(finding, half * draw.uniform(0, 0.8))
    difference = far if way == "up" else -far
    compared = draw.uniform(20, 60)
    treated = min(max(compared + difference, 1), 99)
    compared = treated - difference
    if not 1 <= compared <= 99:
        return {"n_treat": n}
    rates = {"rate_treat": round(treated), "rate_comp": round(compared)}
    low, high = round(difference - half), round(difference + half)
    if finding == "decrease":
        high = min(high, -1)
    elif finding == "increase":
        low = max(low, 1)
    else:
        low, high = min(low, -1), max(high, 1)
    printed = {
        "diff_printed": round(difference) or "",
        "ci_low": min(low, round(difference)),
        "ci_high": max(high, round(difference)),
    }
    if number % 5 < 3:
        return {"n_treat": n, "n_comp": n * 40, **rates, **printed}
    if number % 5 == 3:
        return {"n_treat": n, **rates}
    return rates if number % 2 else {}


def _frequency(draw, number, n, finding, low_frequency):
    compared = round(draw.uniform(60, 250))
    half = max(3, round(400 / math.sqrt(n)))
    if low_frequency or finding == "decrease" and number % 3 == 0:
        words, difference = {"sig_freq": "Y", "dir_freq": "down"}, -half - 5
    elif finding == "increase" and number % 2 == 0:
        words, difference = {"sig_freq": "Y", "dir_freq": "up"}, half + 5
    elif number % 3 == 2 and finding == "decrease":
        return {}  # not printed
    else:
        words, difference = {"sig_freq": "N"}, draw.randint(-half + 1, half - 1)
    treated = max(compared + difference, 1)
    figures = {"freq_treat_per100": treated, "freq_comp_per100": treated - difference}
    if number % 5 < 2:
        figures |= {
            "freq_diff_per100": difference,
            "freq_ci_low": difference - half,
            "freq_ci_high": difference + half,
        }
    return words | figures if number % 5 < 4 else words
