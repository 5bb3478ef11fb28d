"""The report in other forms than the page, from the same released numbers.

pictures  figures as pictures of pixels
govspeak/ for HTML publications of GOV.UK
written   a report as it is written to release/
annex/    every table as a workbook: annex.xlsx and annex.ods
markdown  every table for a text: Word, LaTeX
claims    what may be said of the findings in other publications
escaped   words of the page as Markdown, none of them markup
every     every form, and their files of release/
"""
