"""A year before the conviction: a negative control of the headline analyses.

dated      when that year lies for each person, and for whom it cannot be looked at
offending  who offended in it, and how much of it was spent in custody
table      that, and the characteristics as they stood before it, one row a person
"""
