"""The bundle for whoever checks what may leave: release/checker/, and what it rests on.

Everything in the bundle follows from released numbers alone, so that it tells no more
than the page and its tables. What only a checker inside may see goes into the audit.

output       one table or figure: its file, its numbers, where `[c]` stands in it
statistics   what kind of statistic a number is, and its class in the SACRO guide
populations  of whom and of what a number is
beside       which other outputs hold the same of other people
sheet        one row an output, in words
acro         results.json and its checksums, as ACRO writes them
inside       what was decided by which rule, and other runs: for the audit alone
bundle       all files of the bundle
"""
