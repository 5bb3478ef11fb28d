"""What tables a run has, for somebody who reads them in a notebook.

columns    each table of restricted/data: what a row of it is, and each of its columns
described  the tables that a stage may read, as a run has them
page       notebooks/TABLES.md, made from the same words
"""
