"""What requests on the same extract share, worked out once.

place      where it lies, under what name, who uses it and who builds it
histories  each person's record as it stood on every day, with running counts
opening    the records opened and looked at, anew or from what is there
"""
