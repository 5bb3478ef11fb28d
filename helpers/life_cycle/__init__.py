"""What becomes of a run once it is made.

holdings     where data about people lie, and which are overdue
approval     whether what would leave is what a person approved, byte for byte
approve      approving: somebody other than the analyst looks through it, by parts
refusals     why a run cannot be approved by a person, and what is told first
parts        the parts looked through, with released figures and links
publish      what was approved copied out, once its time has come
compare/     what differs between two finished runs
deletion     the files about people that a request holds: named, deleted
destroy      destroying what a request holds about people
certificate  what was deleted, and what the operator must
"""
