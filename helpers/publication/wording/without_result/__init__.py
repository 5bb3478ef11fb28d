"""An analysis without a result: why there is none, and what would be needed.

reasons    the reasons for which an analysis could not be made, a row each
not_made   such an analysis among the main points, and in brief
hidden     an analysis of which nothing can be shown
"""
