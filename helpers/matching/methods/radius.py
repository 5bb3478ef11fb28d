"""Radius matching: everyone of the pool within the caliper."""

import numpy as np

from helpers.matching.methods.line import Chosen, Line, Rules, Treated


def choose(line: Line, treated: Treated, rules: Rules) -> Chosen:
    """Take everyone within the caliper, each with the same share."""
    start, stop = line.within(treated.stratum, treated.q, rules.limit)
    nobody_tied = np.zeros(len(treated.q), dtype=bool)
    return Chosen(stop - start, line.shared(start, stop), nobody_tied)
