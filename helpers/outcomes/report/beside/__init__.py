"""What stands beside the estimates: what they can tell, and how else they are told.

dispersion  how much counts vary between people
sites       a second interval and test, people helped at one place taken together
claims      what can and cannot be said on the strength of them
contrasts   sub-groups compared with each other
ratios      rates and frequencies as ratios
unmatched   differences before matching, for reviewers
qualifying  which of them could change what is made of a finding
not_shown   why rows of a table beside the estimates are not shown
precision   what size of difference an analysis could find, and beside the margin
"""
