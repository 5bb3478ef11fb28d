"""Columns of the catalogue's files, and the numbers and words that they may hold."""

#: columns that a file of results must have
NEEDED = (
    "id organisation programme intervention_type sector published n_submitted "
    "n_treat n_comp rate_treat rate_comp diff_printed ci_low ci_high p_value sig_rate "
    "dir_rate freq_treat_per100 freq_comp_per100 sig_freq dir_freq days_treat "
    "days_comp sig_time dir_time reoffenders_treat conclusion source_url "
    "source_kind grade note"
).split()
#: columns that may be left out of it, and are then empty
MORE = (
    "setting size_note cohort_from cohort_to freq_diff_per100 freq_ci_low "
    "freq_ci_high days_diff days_ci_low days_ci_high request"
).split()
#: all of them, in their order
RESULTS = [*NEEDED, *MORE]
COUNTS = (
    "as_at published requests reports_published sig_reductions inconclusive "
    "inconclusive_with_sig_lower_frequency sig_increases could_not_be_answered "
    "withdrawn other source note"
).split()

#: organisation of a result that came from made-up people
MADE_UP = "Made-up people"

#: columns of results.csv that hold numbers -> the least and the largest that can be
NUMBERS = {
    "n_treat": (1, 10**7),
    "n_comp": (1, 10**7),
    "n_submitted": (1, 10**7),
    "rate_treat": (0, 100),
    "rate_comp": (0, 100),
    "diff_printed": (-100, 100),
    "ci_low": (-100, 100),
    "ci_high": (-100, 100),
    "p_value": (0, 1),
    "freq_treat_per100": (0, 10**5),
    "freq_comp_per100": (0, 10**5),
    "freq_diff_per100": (-(10**5), 10**5),
    "freq_ci_low": (-(10**5), 10**5),
    "freq_ci_high": (-(10**5), 10**5),
    "days_treat": (0, 366),
    "days_comp": (0, 366),
    "days_diff": (-366, 366),
    "days_ci_low": (-366, 366),
    "days_ci_high": (-366, 366),
    "reoffenders_treat": (0, 10**7),
    "cohort_from": (1970, 2100),
    "cohort_to": (1970, 2100),
}
#: columns of whole numbers
WHOLE = {
    "n_treat", "n_comp", "n_submitted", "reoffenders_treat", "cohort_from", "cohort_to"
}  # fmt: skip
#: columns of what happened to every 100 people, which is never below 1 but for 0
PER_100 = {"rate_treat", "rate_comp", "freq_treat_per100", "freq_comp_per100"}
WORDS = {
    "setting": ("custody", "community", "both", ""),
    "sig_rate": ("Y", "N", ""),
    "dir_rate": ("down", "up", ""),
    "sig_freq": ("Y", "N", ""),
    "dir_freq": ("down", "up", ""),
    "sig_time": ("Y", "N", ""),
    "dir_time": ("later", "sooner", ""),
    "grade": ("A", "B", "C"),
}

#: columns of text -> the most characters that they may have
LONGEST = {
    "id": 60, "organisation": 200, "programme": 200, "size_note": 60, "request": 60,
    "conclusion": 1000, "source_url": 2000, "source_kind": 200, "note": 1000,
}  # fmt: skip
