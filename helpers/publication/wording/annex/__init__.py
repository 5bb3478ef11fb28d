"""What a general annex would explain: definitions, and questions that readers ask.

measures   how each measure is worked out
standards  what a result has to meet
questions  questions that readers ask, and their answers
shown      both as they stand on the page
"""
