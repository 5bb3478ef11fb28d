"""The report as Govspeak, the Markdown of GOV.UK's HTML publications.

escaping  own words that cannot become markup, and ids of headings
elements  a page's markup as elements
inline    words within a line
writing   elements as Govspeak: headings, tables, figures, boxes
edition   the files: the body, its images, and what to do with them
"""
