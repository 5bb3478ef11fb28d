"""The difference estimated in other ways than the headline's, one method a file.

entropy_balancing  weights under which both groups have the same means
"""
