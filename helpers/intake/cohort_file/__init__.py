"""The file of a ready cohort, CSV or Parquet, as a table with the kit's names.

delimited  a CSV file: its separator, its rows, and those that do not fit the header
parquet    a Parquet file: its index, and columns that hold more than one value
values     text without blanks around it, and words that mean nothing is known
names      names of columns: doubled, in other capitals, and those of the request
labels     labels of the request that name nothing, or two things alike
levels     levels that look like one another, or like a missing value
symbols    levels that the report could not print
"""
