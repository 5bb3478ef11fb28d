"""What becomes of a run once it is made.

holdings     where data about people lie, and which are overdue
approval     whether what would leave is what a person approved, byte for byte
destroy      destroying what a request holds about people
certificate  what was deleted, and what the operator must
"""
