"""The command line: what a person types after ``python3 -m helpers``.

start         the first to run: sets the environment up where needed, then hands over
command_line  what is understood: the registry of commands; how a command ends
running       run, lab and test
kernel        kernel: this environment for a hosted JupyterLab, and a filter for git
batch         run, of several requests at once
power         what an analysis of so many people could find
lists         template, check, new and synthesise: around a provider's list
life          match-data and destroy
ledger        what the ledger of a folder of runs says, and whether it is whole
approve       approve: a finished run, by its second person
publish       publish: what was approved, copied out when its time has come
compare       compare: what differs between two finished runs
catalogue     catalogue add: a finished run among the published results
console       what a command prints, and the frame that each is added in
"""
