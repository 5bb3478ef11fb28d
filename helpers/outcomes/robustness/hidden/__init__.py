"""How strong what nobody measured, or those lost, would have to be.

e_value        how strongly a hidden characteristic must go with both, as a ratio
rosenbaum      how much likelier to take part, in pairs
hidden_bias    the difference without a group of what was measured
contour        how unlike the groups were, and how strongly that goes with the outcome
tipping_point  the outcome of those lost that would undo the finding
"""
