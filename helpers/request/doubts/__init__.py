"""Blocks that ask how far a result can be trusted.

robustness  the key robustness
"""
