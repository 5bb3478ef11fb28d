"""What an analyst looks at beside the balance table, for data of their own too.

treated  the treated before and after matching: whom the finding is about
tidy     balance in cobalt's tidy form: a row a covariate, sample and statistic
samples  covariates as columns of numbers, both groups before and after matching
matchit  balance as MatchIt defines it
cobalt   balance as cobalt defines it
pstest   balance as pstest defines it, psmatch2's
"""
