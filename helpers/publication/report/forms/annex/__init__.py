"""The annex: every table of a report as a workbook, numbers as numbers.

sheets         the tables as sheets: captions, notes, and cells with their formats
front          the cover, what the signs mean, and the list of sheets
workbook       annex.xlsx, by gptables
open_document  annex.ods, by odfpy
written        both files
"""
