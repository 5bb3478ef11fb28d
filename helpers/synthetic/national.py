"""How common things are in the made-up records, and what moves reoffending.

No number here was estimated from records of people. GROUP_RISK, DISPOSAL_RISK and the
other log odds were set by trial so that the one-year proven reoffending rates of the
written tables meet those of the proven reoffending statistics (2023/24 by offence
group, April to June 2023 by disposal; tests/expected/proven_reoffending.csv); shares
of offence groups and disposals follow the same statistics loosely. The rest is chosen
to look like life.
"""

#: share of the sentences, log odds of reoffending, pull of a person's bent to offend
GROUPS: dict[str, tuple[float, float, float]] = {
    "Violence Against the Person": (0.1, -0.34, -0.1),
    "Sexual": (0.02, -0.43, -0.3),
    "Robbery": (0.018, 0.1, 0.3),
    "Theft": (0.1, 1.06, 0.75),
    "Criminal Damage and Arson": (0.016, -0.15, 0.2),
    "Drug": (0.12, -0.09, 0.1),
    "Possession of Weapons": (0.045, -0.08, 0.2),
    "Public Order": (0.05, 0.14, 0.2),
    "Miscellaneous Crimes Against Society": (0.05, -0.28, 0.0),
    "Fraud": (0.02, 0.04, -0.1),
    "Summary Non-motoring": (0.19, 0.06, 0.1),
    "Summary Motoring": (0.19, -0.55, -0.4),
    "Other": (0.081, 0.43, 0.35),
}
GROUP_NAMES = list(GROUPS)
#: the kinds of offence within each group
TYPES: dict[str, list[str]] = {
    "Violence Against the Person": ["Assault with injury", "Threats", "Stalking"],
    "Sexual": ["Sexual assault", "Indecent images"],
    "Robbery": ["Robbery"],
    "Theft": ["Shoplifting", "Burglary", "Theft from a vehicle", "Other theft"],
    "Criminal Damage and Arson": ["Criminal damage", "Arson"],
    "Drug": ["Possession of drugs", "Supply of drugs", "Production of drugs"],
    "Possession of Weapons": ["Bladed article", "Offensive weapon"],
    "Public Order": ["Public order", "Affray"],
    "Miscellaneous Crimes Against Society": ["Handling", "Dangerous driving"],
    "Fraud": ["Fraud by false representation", "Other fraud"],
    "Summary Non-motoring": ["Common assault", "Drunk and disorderly", "Trespass"],
    "Summary Motoring": ["Drink driving", "Driving while disqualified", "No insurance"],
    "Other": ["Failure to surrender", "Breach of a criminal behaviour order"],
}
#: how an offence of each group is tried: indictable only, either way, summary
TRIAL_MODES = ["indictable", "either_way", "summary"]
TRIED: dict[str, tuple[float, float, float]] = {
    "Violence Against the Person": (0.15, 0.80, 0.05),
    "Sexual": (0.35, 0.65, 0.0),
    "Robbery": (1.0, 0.0, 0.0),
    "Theft": (0.05, 0.90, 0.05),
    "Criminal Damage and Arson": (0.1, 0.8, 0.1),
    "Drug": (0.0, 1.0, 0.0),
    "Possession of Weapons": (0.05, 0.95, 0.0),
    "Public Order": (0.05, 0.45, 0.5),
    "Miscellaneous Crimes Against Society": (0.2, 0.75, 0.05),
    "Fraud": (0.05, 0.95, 0.0),
    "Summary Non-motoring": (0.0, 0.0, 1.0),
    "Summary Motoring": (0.0, 0.0, 1.0),
    "Other": (0.02, 0.2, 0.78),
}
DISPOSALS = [
    "custody",
    "suspended sentence order",
    "community order",
    "youth rehabilitation order",
    "fine",
    "discharge",
    "other",
]
CUSTODY, SUSPENDED, COMMUNITY, YOUTH, FINE, DISCHARGE, OTHER = range(7)
#: shares of custody, suspended and community orders, fine, discharge, other, for an
#: adult of middling record; custody grows with the record, the last three shrink
DISPOSED: dict[str, tuple[float, float, float, float, float, float]] = {
    "Violence Against the Person": (0.22, 0.24, 0.26, 0.14, 0.08, 0.06),
    "Sexual": (0.45, 0.25, 0.22, 0.04, 0.02, 0.02),
    "Robbery": (0.72, 0.17, 0.09, 0.01, 0.0, 0.01),
    "Theft": (0.19, 0.10, 0.25, 0.20, 0.18, 0.08),
    "Criminal Damage and Arson": (0.18, 0.17, 0.30, 0.18, 0.12, 0.05),
    "Drug": (0.14, 0.14, 0.15, 0.40, 0.12, 0.05),
    "Possession of Weapons": (0.18, 0.25, 0.26, 0.18, 0.08, 0.05),
    "Public Order": (0.12, 0.13, 0.22, 0.33, 0.14, 0.06),
    "Miscellaneous Crimes Against Society": (0.22, 0.22, 0.22, 0.24, 0.05, 0.05),
    "Fraud": (0.15, 0.24, 0.28, 0.20, 0.08, 0.05),
    "Summary Non-motoring": (0.06, 0.08, 0.24, 0.42, 0.13, 0.07),
    "Summary Motoring": (0.03, 0.05, 0.12, 0.73, 0.03, 0.04),
    "Other": (0.13, 0.05, 0.14, 0.44, 0.16, 0.08),
}
#: the same for those under 18: custody, youth rehabilitation order, fine, discharge,
#: other (most of them referral orders)
DISPOSED_UNDER_18 = (0.05, 0.30, 0.05, 0.10, 0.50)
#: what multiplies the share of custody by the number of earlier convictions
RECORD_BANDS = [1, 3, 7, 15]
CUSTODY_FACTOR = [0.3, 0.6, 1.0, 1.7, 2.4]
#: median days and spread (of the logarithm) of a custodial sentence
LENGTH: dict[str, tuple[float, float]] = {
    "Violence Against the Person": (400, 1.0),
    "Sexual": (1200, 0.7),
    "Robbery": (1100, 0.6),
    "Theft": (120, 0.9),
    "Criminal Damage and Arson": (200, 1.0),
    "Drug": (800, 0.8),
    "Possession of Weapons": (210, 0.8),
    "Public Order": (150, 0.8),
    "Miscellaneous Crimes Against Society": (250, 0.8),
    "Fraud": (330, 0.9),
    "Summary Non-motoring": (80, 0.5),
    "Summary Motoring": (80, 0.5),
    "Other": (70, 0.6),
}
#: log odds of reoffending after custody of 6 months or less, under 12 months and 12
#: months or more, then after each other disposal in the order of DISPOSALS
DISPOSAL_RISK = [1.05, 0.93, -0.38, 0.07, 0.22, 0.0, 0.0, 0.0, 0.0]
RISK = {
    "base": -0.905,
    "copas": 0.8,
    "no_record": -0.24,
    "age": -0.018,
    "under_18": 0.5,
    "female": -0.45,
    "employed": -0.4,
    "motivation": -0.35,
    "caution": -0.3,
}
#: shape of the time to the next offence: below 1, most are at risk early
SHAPE = 0.65
#: OASys sections: their questions, the score that makes a need, how common a high
#: answer is, its pull of the bent to offend, log odds of reoffending, of joining
SECTIONS: dict[str, tuple[list[str], int, float, float, float, float]] = {
    "accommodation": (["S3Q3", "S3Q4", "S3Q5", "S3Q6"], 2, -0.9, 0.5, 0.25, 0.50),
    "employment": (["S4Q2", "S4Q3", "S4Q4", "S4Q5"], 3, -0.5, 0.5, 0.15, 0.0),
    "relationships": (["S6Q1", "S6Q3", "S6Q4"], 2, -0.7, 0.3, 0.0, 0.10),
    "lifestyle": (["S7Q2", "S7Q3", "S7Q5"], 2, -0.6, 0.6, 0.15, 0.0),
    "drugs": (["S8Q4", "S8Q5", "S8Q6", "S8Q8"], 2, -1.2, 0.7, 0.30, 0.35),
    "alcohol": (["S9Q1", "S9Q2", "S9Q4", "S9Q5"], 4, -0.8, 0.2, 0.10, 0.0),
    "thinking": (["S11Q4", "S11Q6", "S11Q7", "S11Q9"], 4, -0.3, 0.4, 0.0, 0.20),
    "attitudes": (["S12Q1", "S12Q4", "S12Q8"], 2, -0.9, 0.5, 0.20, 0.0),
}
QUESTIONS = [question for section in SECTIONS.values() for question in section[0]]
#: share of sentences with an assessment, by disposal
ASSESSED = [0.85, 0.80, 0.75, 0.15, 0.03, 0.01, 0.01]
REGIONS: dict[str, tuple[float, float]] = {
    # share of people; log odds of joining
    "North East": (0.06, 0.30),
    "North West": (0.15, 0.40),
    "Yorkshire and the Humber": (0.11, 0.10),
    "East Midlands": (0.08, 0.0),
    "West Midlands": (0.11, 0.0),
    "East of England": (0.09, -0.10),
    "London": (0.15, -0.15),
    "South East": (0.12, -0.20),
    "South West": (0.07, -0.10),
    "Wales": (0.06, 0.0),
}
ETHNICITIES = {
    "White": 0.75,
    "Black": 0.11,
    "Asian": 0.08,
    "Mixed": 0.04,
    "Other": 0.02,
}
NATIONALITIES = {
    "British": 0.87,
    "Polish": 0.025,
    "Romanian": 0.03,
    "Irish": 0.015,
    "Lithuanian": 0.01,
    "Albanian": 0.02,
    "Nigerian": 0.01,
    "Indian": 0.01,
    "Portuguese": 0.01,
}
#: log odds of joining the programme, beside those of needs and regions
JOINING = {"copas": 0.25, "age": -0.012, "employed": -0.35}
JOINING_BY_GROUP = {"Theft": 0.25, "Robbery": 0.2, "Sexual": -0.5, "Drug": -0.1}
