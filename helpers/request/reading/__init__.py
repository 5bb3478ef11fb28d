"""A request file as YAML: read, and what is wrong with it told.

file      the mapping under request:, with duplicate keys and odd signs refused
signs     signs that YAML reads otherwise than they look: odd blanks, curly quotes, #
syntax    what is wrong with a file as YAML, in words
problems  what is wrong with a request, a line a problem
symbols   signs that no name, level or text may be or hold
table     a small table that is kept by hand as CSV, such as types.csv
"""
