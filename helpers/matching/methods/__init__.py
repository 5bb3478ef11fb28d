"""The methods of matching: `choose` of each gives who is taken.

line     the pool in order along the distance scale; what a method takes and gives
radius   everyone within the caliper
nearest  the nearest ones, with replacement and without
kernel   everyone nearer than the bandwidth, the closer the more
closest  without replacement, the closest pair first
"""
