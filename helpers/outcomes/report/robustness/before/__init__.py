"""What is known without the treated people's outcomes, and how sure it lets one be.

gate_cells  values, thresholds and verdicts of the design gate as cells
gate        the design gate as tables: what could be found, and all of it for reviewers
sure        how sure a reader can be, for the main points
earlier     the year before the conviction: whether the groups already differed
among       made-up programmes brought to the size of the real one
placebo     the real result among made-up programmes
calibrated  the real result beside the empirical null, for reviewers
"""
