"""Stage 01: from what was sent to a cohort.

sources     where the list and the records lie; made-up ones are written first
separators  the sign between the fields of a CSV file
template/   the workbook that a provider fills, and a request started from it
submission/ the provider's list: read, checked, its problems told
records/    the national extract: its tables, its engine, what is wrong with it
linkage/    which person of the records each line is
cohort_file/ the file of a ready cohort as a table
cohort/     sentences, pool, delays, outcomes and covariates; who goes on
enough      whether enough people are left for each analysis, and when they will be
power       how small a fall in reoffending could be found, before anybody is sent
report/     what this stage tells: who was found, and who was lost
"""
