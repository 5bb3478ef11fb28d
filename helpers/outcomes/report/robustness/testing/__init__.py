"""Other tests, and many tests at once.

testing  other tests of the same difference, and whether they agree
many     many tests at once, and the register of all
"""
