"""The difference estimated in other ways than the headline's, one method a file.

estimate           what an estimator gives, and whether it agrees with the headline
rematched          other calipers and methods of matching
entropy_balancing  weights under which both groups have the same means
ipw                everyone of the pool, by the odds of their score
pool_model         what the outcome would have been, by a model of the pool
aipw               that model, corrected by weights
regression         that model alone
trimmed            without those who have fewest peers
"""
