"""The Five Safes as a page for reviewers: what is asked, and what this run did.

facts     what a run did to keep its data safe, as it found it
rows      a row of the page: asked, done, who answers for it, where it stands
projects  safe projects: agreement, list, records, ethics
people    safe people: who works, who approves, who may look before release
data      safe data: names and ids, files apart, outcomes sealed, destruction
settings  safe settings: modes, temporary files, git, kernels, network
outputs   safe outputs: checks, disclosure, other releases, what comes after
page      the page, from its five tables
"""
