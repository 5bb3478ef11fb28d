"""How the propensity model is fitted.

peers        who is at a level that one of the groups lacks
columns      covariates as standardised columns, some rows at a time
independent  which columns tell something that those before them do not
newton       the most likely coefficients, by Newton steps
separation   what is said where covariates tell the groups apart for certain
refit        whether scikit-learn and statsmodels come to the same model
"""
