"""Other tests of the same difference, and many tests at once.

beside    the same rates by other tests
many      many tests at once: the share of false alarms among those that stand out
register  every test of a run, in one list
"""
