"""What a run puts down in writing.

contents  a table, text or plain data as the bytes of a file
outcomes  what a stage may read of the outcomes, and what is settled before
folder    a run's folder: the classes of its files, the tables read there
numbers   the numbers that a stage registers, as its files hold them
checks    the checks of a run, as rows of audit/checks.csv
chain     the chain of the ledger's lines, and where it does not hold
ledger    what was opened and destroyed in an outputs folder, by whom and when
events    what a line of the ledger says happened, in plain words
seal      the outcomes opened in two steps, beside the ledger
editions  the editions that were published, as they lie in an outputs folder
openings  what earlier openings of the same outcomes make of this one
cover     what a run left for its reviewers, as its cover page tells it
safeguards  what the run did to keep its data safe, as it finds it
"""
