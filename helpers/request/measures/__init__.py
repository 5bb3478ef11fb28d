"""Measures that have a name of their own.

standard  one row each, with everything that is told of it
"""
