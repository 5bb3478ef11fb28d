"""Reporting standards: each item answered from request and run, with where it stands.

study     what the rules look at: the request, and what the report shows
answer    what an item is answered with
target/   the answers of TARGET
robins/   the answers of ROBINS-I V2
maryland  the level on the Maryland scientific methods scale
answers   every item, answered by its rule, the request or the analyst
shown     the answers as a folded table and as a file
"""
