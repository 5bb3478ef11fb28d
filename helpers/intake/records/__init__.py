"""The national records: what an extract holds, and what holds it.

tables         its tables, columns and kinds, declared once
check          what is wrong with them, every problem at once
engine         an open extract, whichever engine holds it
duckdb_engine  DuckDB as the engine: the only module that knows it
spark_engine   Spark as the engine, likewise
spark_settings what Spark is started with, and what to say where it does not start
lacking        what is told where the memory or the disk is too small for the engine
extract        an extract opened: found, read, checked
profile        what looks fine and is not, before anybody is linked
counted        a line of the profile: what was looked at, and in how many rows
repeats        rows that repeat another, as after an export that was appended
strangers      rows of nobody, and why
words          words and codes that mean something else to the kit
impossible     dates that cannot be, found and taken as not known
continuity     months without offences, and a fall before the records end
shared/        what requests on the same extract share, worked out once
dates          days and years between dates, and the century of a short year
"""
