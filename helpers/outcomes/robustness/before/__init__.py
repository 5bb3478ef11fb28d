"""What is known of an analysis before the treated people's outcomes are opened.

negative_control  whether the groups differed in a year before their conviction
placebo           what made-up programmes of people of the pool come to
chance            whether that looks like chance alone
calibration       the finding beside them: the empirical null
"""
