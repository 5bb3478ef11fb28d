"""Does the answer hold: one method a file, each of which gives a check.

laid_out     the covariates of both groups as columns
study        a headline analysis as these methods take it
check        what a method gives
before/      what is known before the treated people's outcomes are opened
estimators/  the difference estimated in other ways
hidden/      how strong what nobody measured, or those lost, would have to be
testing/     other tests of the same difference, and many tests at once
runner       every method that looks at the finding, one line each
"""
