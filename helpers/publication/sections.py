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

#: parts of "Results so far"; in the periodic summary each is a section of its own
OF_FINDINGS = {
    "so-far": "Summary of findings",
    "by-intervention": "Results by intervention type",
    "by-sector": "Results by sector type",
    "frequency": "How often people reoffended",
    "by-size": "Results by size of the treatment group",
    "over-time": "Results over time",
    "together": "What the results come to together",
    "every-result": "Every result, and where it was read",
}

#: the sections of the periodic summary of all results, which has no analysis
OF_SUMMARY = {
    "main-points": "Main points",
    **OF_FINDINGS,
    "limits": "What this collection is and is not",
    "method": "How it was done",
    "data-sharing": "Data sharing",
    "glossary": "Glossary",
    "about": "About this summary",
}

#: of the reviewers' copy alone, after all others
FOR_REVIEWERS = {
    "linkage": "Whom the linkage found",
    "unmatched": "What matching moved",
    "gate": "What the design could find",
    "doubts": "Every doubt in figures",
    "reporting": "Reporting standards",
}

#: where a publish cell may put its blocks, in the order of the page
PLACES = tuple(
    place
    for key in [*SECTIONS, *FOR_REVIEWERS]
    for place in (key, *(OF_FINDINGS if key == "findings" else ()))
)

#: those of them whose tables go into release/ with the report
RELEASED = ("gate", "doubts", "reporting")

#: written from the request and from the page itself, not by a notebook
RESERVED = ("programme", "data-sharing", "glossary", "about")
