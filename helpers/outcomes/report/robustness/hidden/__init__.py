"""How strong something hidden would have to be.

doubted  a headline as its doubts are told
hidden   E-values, Rosenbaum's bound and the tipping point
bias     hidden bias by what was measured: a table, and sentences
contour  how strong something hidden would have to be, as a picture
"""
