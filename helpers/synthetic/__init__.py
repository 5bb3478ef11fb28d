"""Made-up national records, and a made-up provider's list.

national       how common things are, and what moves reoffending
people         what each person is like before any record
occasions      one occasion of offending: what, when proven, what the court did
circumstances  work, benefits and OASys answers around a sentence
offending      who offends and how often, from youth to now
country        everyone's records, with nobody supported yet
names          names as common, and as rare, as in life
register       people with names, dates of birth and numbers, and aliases
programme      whom the programme takes in, when, and what it changes
sheet          what a provider writes on each line
slips          what goes wrong when somebody types
submission     the list: right lines, and all that goes wrong
tables         the tables of the extract, from positions and days
extract_files  the extract and the truth as Parquet files
records        all of it, written into a folder
"""
