"""The whole request, of either of two kinds, with every default filled in.

common     what every request says: who it comes from, its stages, the catalogue
analysis   the request of an analysis, which goes through all four stages
findings   the request of a summary of published results, which is the charts alone
known      the blocks that are fine alone, between which rules are held
agreement  rules of data_sharing: dates, who stands apart, a line for each table
"""
