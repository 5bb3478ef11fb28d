"""Charts of whether the answer holds.

rows        estimates beneath each other, each with its interval and words
ladder      the finding on other people, or with more known of them
estimators  the finding by every other way of comparing
placebo     where the real result lies among made-up programmes
contour     how strong something hidden would have to be, beside what was measured
"""
