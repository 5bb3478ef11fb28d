"""The report in other forms than the page, from the same released numbers.

pictures  figures as pictures of pixels
written   every form, and their files of release/
"""
