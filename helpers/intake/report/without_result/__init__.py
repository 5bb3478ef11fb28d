"""Analyses that could not be made for what intake found.

numbers    how many were sent, and are left, as cells
why        for which of the reasons a headline cannot be analysed
in_report  the words, the chart and the table of such a report
as_result  such an analysis in result.json
"""
