"""The answers of ROBINS-I V2: what request and run tell of the risk of bias.

They answer where request and run tell for certain; else the analyst must. The judgement
of a domain's risk is the reviewer's.

told       answers that are the same for every run, or for every run on records
result     rules on the result, the triage, the target trial, confounding
groups     rules on domains 2 and 3: who is classified as what, and who is selected
data       rules on domain 4: missing data
reporting  rules on domain 6: which result is reported
asked      which questions are asked only after the answers to others
"""
