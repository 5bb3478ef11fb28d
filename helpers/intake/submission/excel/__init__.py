"""A provider's Excel workbook.

workbook  the sheet with the people, and what hides in it
bombs     workbooks that would take all memory, told before they are read
hidden    what a sheet's values do not tell: formulas, errors, hidden rows
"""
