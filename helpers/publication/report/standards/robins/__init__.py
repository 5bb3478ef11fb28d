"""The rules of ROBINS-I V2: what request and run tell of the risk of bias.

A rule answers where request and run tell for certain; else the analyst must. The
judgement of a domain's risk is the reviewer's.

result       preliminary considerations, triage and the target trial
confounding  domain 1
groups       domains 2 and 3: who is classified as what, and who is selected
data         domains 4 and 5: missing data, and the measurement of outcomes
reporting    domain 6: which result is reported
"""
