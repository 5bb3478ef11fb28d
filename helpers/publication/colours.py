"""Colours that mean something: those of verdicts and of the two groups.

The style sheet (report/template/report.css) has those of verdicts too; a test holds
that they are these.
"""

DECREASE, INCONCLUSIVE, INCREASE = "#28A197", "#3D3D3D", "#801650"
#: of what is not known, or not shown
NONE = "#6B6B6B"

TREATMENT, COMPARISON = "#12436D", "#F46A25"
