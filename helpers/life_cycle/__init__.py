"""What becomes of a run once it is made.

holdings     where data about people lie, and which are overdue
destroy      destroying what a request holds about people
certificate  what was deleted, and what the operator must
"""
