"""What carries a run, from its request to a whole folder in outputs/.

stages       the stages: notebooks, what each rests on, the tables each makes
run          the face of a run: what a stage opens, registers, checks and saves in it
stage_files  what a stage, in a draft too, leaves for later ones; whether it still fits
opening      open_run, for a notebook: the driver's folder, or a draft, its changes
safe_places  people's files lie where git does not take them up and nobody else looks
hashes       what a run is made from, as one hash
tables/      which tables a run has, and what their columns hold, for a notebook
written/     what a run puts in writing: files, checks, the ledger, the seal on outcomes
whole        names of a run's folder, its lock, and the swap into place
batch/       several requests, each in a process of its own
carrying_out/  an attempt: its stages through papermill, those that hold taken over
pipeline     a request, from its checks to the swap of a whole run into place
notes        what the operator has to know of a finished run, or do
others       other finished runs, and what was published, for the disclosure
decision     the disclosure decision of a run, in the light of those others
second_process  a process beside the driver's, for half of the report
report       the report of a run, from its notebooks and cells to its pages
manifest     what a run was made from, with what, and what it wrote
repeat       a run made again from its manifest: the same bytes, or what differs
progress     how a run gets on, on a terminal or in a log
"""

from helpers.runs.opening import open_run

__all__ = ["open_run"]
