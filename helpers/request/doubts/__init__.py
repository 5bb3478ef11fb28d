"""Blocks that ask how far a result can be trusted.

robustness  the key robustness
items       items of TARGET, ROBINS-I V2 and the Maryland scale, as items.csv names them
reporting   the key reporting: what only a person can answer of them
"""
