"""What may be said of a result and what may not, each sentence to be cited.

claims  the sentences on a measure or an analysis, with why some may not be said
shown   how they stand on the page
cite    where a sentence stands, whom it is about, and what to write when it is cited
"""
