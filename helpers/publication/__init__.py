"""What is published: cells, one disclosure decision, blocks, the report.

people       who is counted: Boolean columns of people, for the disclosure
cells        numbers that could be published, and which add up
refs         the names of those numbers
labels       what variables, levels, measures and analyses are called
numbers      how a released number is written
units        what an amount is counted in
facts/       what words and figures are given: frozen, numbers put in
colours      the colours of verdicts and groups
tables       tables as HTML
flat         tables for a spreadsheet: numbers as numbers, and as CSV
rounding     numbers about people, rounded once when they are registered
figures/     charts, one file each
wording/     sentences, one family a file
folding      a fold of the page as markup
drawing      a table, figure or sentences drawn from a recipe: the one renderer
blocks       parts of a report as notebooks declare them: recipes without a number
sections     the sections of a report, in order
disclosure/  the one decision on what a report may show
report/      the page: from executed notebooks to both copies
"""
