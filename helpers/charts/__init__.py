"""Stage 04: what has been published so far, and this study among it.

catalogue/  the published results: read and checked
report/     what this stage tells
"""
