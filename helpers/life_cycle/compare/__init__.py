"""What differs between two finished runs, as text.

sides      the two runs: which they are, and that both can be compared
changes    old and new side by side, as a line has them
made_from  inputs, settings, packages and the kit that each was made from
held       whether their files hold what a run writes
found      people and balance, as each released them
measures   findings and estimates, as each page prints them
written    checks, decisions and pages of each
compare    the sections one after the other
"""
