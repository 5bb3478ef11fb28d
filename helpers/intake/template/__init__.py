"""The data upload template, and what a provider wrote on it.

words            its questions, and how each column of the list is explained
formulas         what it checks by itself, in Excel and LibreOffice
sheets           the sheet to fill, guidance, service, lists
before_you_send  the sheet that counts problems and tells what could be found
workbook         the workbook as a whole
new_request      from a filled template to the start of a request
practice         a made-up provider's filled template, to practise on
"""
