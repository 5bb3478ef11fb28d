"""The national records: what an extract holds, and what holds it.

tables         its tables, columns and kinds, declared once
check          what is wrong with them, every problem at once
duckdb_engine  the engine: the only module that knows DuckDB
extract        an extract opened: found, read, checked
dates          days and years between dates, and the century of a short year
"""
