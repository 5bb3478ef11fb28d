"""What intake tells: who was found, who was lost, by which rules.

data_checks  what is in doubt in the records and the cohort, as checks
cells        the flow of submitted lines as cells
links        how lines were found in the records
statement    whom linkage found, by kinds of people, for the reviewers
how_found    the rules by which people were found and their sentence chosen
kept         whom an analysis keeps by its filters
flow         the flow as a chart and as a table, whatever its last stage is
without_result/  analyses that could not be made for what intake found
sections     the flow and the profile, for the analyst
power        what an analysis could find, before one is made
"""
