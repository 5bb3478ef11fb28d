"""Limits of the method that no request changes, each told once (METHOD.md)."""

#: standardised mean difference in per cent up to which two groups are well matched,
#: and up to which they are reasonably matched (section 4)
WELL, REASONABLE = 5, 10

#: share matched below which a result is not headlined, and share below which the
#: report says who was lost (section 3)
HEADLINED, NEARLY_ALL = 0.8, 0.9

#: share of people of whom something is known from which on it counts as known of nearly
#: everyone, as ROBINS-I asks
COMPLETE = 0.95

#: standard deviations of the logit above which a caliper biases the estimate, so that
#: the request has to accept it (section 3)
WIDEST = 0.3

#: standard deviations of the logit within which pairs are formed (section 6)
PAIRED = 0.2

#: people of the pool inside the caliper whom a treated person needs to count as within
#: the overlap of the groups (section 4)
PEERS = 10

#: share of the comparison group's weight above which one person alone may carry the
#: result, so that the run warns of it (section 6)
HEAVIEST = 0.05

#: what the design gate asks of a headline (section 6)
CRITERIA = (
    "balance",
    "matched",
    "near",
    "precision",
    "false_alarms",
    "negative_control",
)

#: a result is significant when its p is this or less; 1 less it is the confidence of
#: every interval (section 5)
ALPHA = 0.05

#: people with an outcome, and without it, that a test needs in each group (section 5)
EVENTS = 10

#: standard errors that a difference must measure to be found four times in five, by a
#: two-sided test at ALPHA: the normal quantiles of 0.975 and 0.8 added (section 6)
DETECTABLE = 2.801585

#: people needed above which a report gives no number of them (section 6)
MOST_NEEDED = 100_000

#: reoffenders in the programme that a measure about reoffenders needs (section 5)
REOFFENDERS = 30

#: share of the programme without a start of support above which reoffences before
#: support are not allowed for (section 1)
UNKNOWN_STARTS = 0.2

#: share of one group lost above that of the other from which a loss is told as
#: differing: were those lost to have reoffended all, or none, it could move the
#: difference between the groups by as much as programmes are mostly found to
LOST_APART = 0.05

#: points by which the share of lines linked, or under review, must differ from all
#: others for the linkage statement to name it, besides a test at ALPHA (section 1)
UNEVEN = 5

#: age in years under which nobody can be convicted of an offence (section 6)
CRIMINAL_AGE = 10

#: sites of the people analysed that a second standard error needs, and the share of
#: them that may have no site known (section 9)
SITES, NO_SITE = 10, 0.2

#: share of the people above which one site is too large for it: with 10 to 20 sites 95%
#: intervals then hold the truth in less than nine of ten studies, and in one of ten
#: where nearly all are at one site [measured]
LARGEST_SITE = 1 / 3

#: pairs of sub-groups of one kind, such as ages, up to which they are compared with
#: each other: four sub-groups have six
PAIRS = 6

#: published results that a mean of them needs, and that an interval for a new programme
#: needs besides (section 7)
POOLED_FROM, PREDICTED_FROM = 3, 5
