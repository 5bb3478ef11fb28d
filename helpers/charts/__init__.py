"""Stage 04: what has been published so far, and this study among it.

catalogue/  the published results: read and checked
synthesis   several results taken together: their mean, what a new one may come to
report/     what this stage tells
"""
