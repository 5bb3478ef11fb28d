"""The sections of a report, in order."""

SECTIONS = {
    "main-points": "Main points",
    "estimates": "Estimates of impact",
    "can-say": "What you can and cannot say",
    "programme": "About the programme",
    "people": "Who was in the analysis",
    "results": "Results in detail",
    "robustness": "Does the answer hold",
    "balance": "How alike the groups are",
    "needs": "Needs",
    "findings": "Results so far",
    "limits": "Strengths and limits",
    "method": "How it was done",
    "data-sharing": "Data sharing",
    "glossary": "Glossary",
    "about": "About this report",
}

#: of the reviewers' copy alone, after all others
FOR_REVIEWERS = {
    "linkage": "Whom the linkage found",
    "unmatched": "What matching moved",
    "gate": "What the design could find",
    "doubts": "Every doubt in figures",
    "reporting": "Reporting standards",
}

#: those of them whose tables go into release/ with the report
RELEASED = ("gate", "doubts", "reporting")

#: written from the request and from the page itself, not by a notebook
RESERVED = ("programme", "data-sharing", "glossary", "about")
