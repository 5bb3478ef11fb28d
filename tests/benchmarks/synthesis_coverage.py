"""How often the intervals of results taken together hold the truth.

Made-up programmes whose effects lie around −4 people in every 100 with a spread that is
known; each is measured with a standard error of 1 to 4 people, and its 95% interval is
printed in whole people, from which the mean is worked out as from the catalogue. Told
are how often the interval of the mean holds −4, how often that of a new programme holds
the effect of one more, and how wide the first is. About a minute.

    python tests/benchmarks/synthesis_coverage.py [REPLICATIONS]
"""

import sys

import numpy as np

from helpers.charts import synthesis

TRUTH, SEED = -4.0, 17


def once(random, results, spread):
    """Whether each of the two intervals holds its truth, and how wide the mean's is."""
    effects = random.normal(TRUTH, spread, results)
    errors = random.uniform(1, 4, results)
    seen = random.normal(effects, errors)
    limits = [(f"{y - 1.96 * s:.0f}", f"{y + 1.96 * s:.0f}")
              for y, s in zip(seen, errors, strict=True)]  # fmt: skip
    measured = [synthesis.of_interval(*both) for both in limits]
    made = synthesis.pooled(*zip(*measured, strict=True))
    new = random.normal(TRUTH, spread)
    low, high = made.predicted or (np.nan, np.nan)
    held = low <= new <= high if made.predicted else np.nan
    return made.low <= TRUTH <= made.high, held, made.high - made.low


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(
        "results  spread  mean held  new programme held  width of the mean's interval"
    )
    for results in (3, 5, 10):
        for spread in (0.0, 2.0, 5.0):
            random = np.random.default_rng(SEED)
            found = np.array([once(random, results, spread) for _ in range(many)])
            held, new, width = found.astype(float).mean(axis=0)
            print(f"{results:7}  {spread:6}  {held:9.1%}  {new:18.1%}  {width:6.1f}")


if __name__ == "__main__":
    main()
