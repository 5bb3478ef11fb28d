"""What this stage tells of whether the answer holds.

answer       all of it in the report: three sentences in view, the rest folded
before/      the design gate, the year before, made-up programmes; how sure one can be
ladders/     estimates on other people, or with more known of them
estimators/  the finding by every other way of comparing
hidden/      how strong something hidden would have to be
testing/     other tests, and many tests at once
"""
