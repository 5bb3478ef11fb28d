"""The settings behind the made-up people: how common things are, and what they move.

Nothing here is estimated from records. Rates, numbers of reoffences and how far they
follow the record of offending are set loosely by the national figures of the proven
reoffending statistics: about a third reoffend, few of those without an earlier offence
and about half of those with eleven or more; each who reoffends does so 3 to 5 times;
people sentenced for theft the most often.
"""

ETHNICITY = {"White": 0.76, "Black": 0.11, "Asian": 0.08, "Mixed": 0.05}
REGION = {
    "London": 0.24,
    "North East": 0.12,
    "North West": 0.20,
    "South West": 0.13,
    "West Midlands": 0.17,
    "Yorkshire and the Humber": 0.14,
}
OFFENCE = {
    "Violence against the person": 0.25,
    "Theft": 0.24,
    "Drug": 0.15,
    "Summary non-motoring": 0.14,
    "Public order": 0.09,
    "Robbery": 0.06,
    "Other": 0.07,
}
DISPOSAL = {"custody": 0.4, "community order": 0.35, "suspended sentence order": 0.25}
#: share with the need among people of average record, and its pull with the record
NEEDS = {
    "needs_accommodation": (0.36, 0.5),
    "needs_employment": (0.48, 0.5),
    "needs_relationships": (0.42, 0.3),
    "needs_drugs": (0.34, 0.9),
    "needs_alcohol": (0.27, 0.2),
    "needs_thinking": (0.52, 0.4),
    "needs_attitudes": (0.38, 0.6),
}
#: what is known of people beside their outcomes, in the order of the columns
COVARIATES = [
    "sex",
    "age",
    "ethnicity",
    "offence_group",
    "previous_offences",
    "previous_convictions",
    "previous_custody",
    "disposal",
    "years_since_first_offence",
    "copas_rate",
    "employed",
    "region",
    "needs_accommodation",
    "needs_employment",
    "needs_relationships",
    "needs_drugs",
    "needs_alcohol",
    "needs_thinking",
    "needs_attitudes",
    "site",
]

#: shares of the provider's lines, and of the pool, that each loss takes
TREATMENT_LOSSES = {
    "duplicate line": 0.025,
    "not linked": 0.0625,
    "another line of a person already counted": 0.025,
    "no suitable sentence": 0.075,
    "reoffended before support": 0.0375,
}
POOL_LOSSES = {"outside the age limits": 0.01, "reoffended before support": 0.035}
#: losses of lines that never met a record: nothing but the line itself is known
NO_RECORD = (
    "duplicate line",
    "not linked",
    "another line of a person already counted",
)

#: log odds of being on the provider's list, and of reoffending
SELECTION = {"needs_accommodation": 0.7, "needs_drugs": 0.5, "needs_thinking": 0.2}
RISK = {
    "needs_accommodation": 0.35,
    "needs_employment": 0.2,
    "needs_drugs": 0.45,
    "needs_alcohol": 0.15,
    "needs_attitudes": 0.25,
}
REGION_SELECTION = {"North West": 0.5, "North East": 0.3, "South West": -0.2}
OFFENCE_SELECTION = {"Theft": 0.25, "Robbery": 0.2, "Other": -0.1}
OFFENCE_RISK = {
    "Theft": 0.8,
    "Public order": 0.1,
    "Violence against the person": -0.3,
    "Drug": -0.3,
    "Other": -0.5,
}
BASE_RISK = -0.95
#: the pull beyond which more of it brings no one onto the list any sooner
MOST_PULL = 1.2
