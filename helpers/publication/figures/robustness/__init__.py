"""Figures of whether the answer holds.

placebo     where the real result lies among made-up programmes
"""
