"""Linkage: which person of the records each submitted line is.

spelling     names and ids in the one spelling in which they are compared
diminutives  short and pet forms of English forenames
known_names  forenames and surnames that are names of their own, by tradition
blocking     register rows that may be one of the people: all that leaves the engine
agreement    how far a line and a register row agree
same_name    whether two names that are nearly alike are one name
passes       the cascade: one row a pass
model        the values behind the review list, and the file that ships them
probability  how probable it is that a pair is one person, by Splink
review       the list that a person decides on, and the decisions read back
link         all of it: links, candidates, who may be meant
thresholds   how surely each person was found, and the likeliest candidates
groups       whom linkage found, by sex, age, ethnicity and kind of name
"""
