"""Characteristics that the records give, and the sets of them that have a name.

of_records  sex, age, the index sentence, the record, work: one row each
needs       assessed needs (OASys), one row a section, and how such columns are called
sets        the sets that a request may name
"""
