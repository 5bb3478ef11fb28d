"""Questions that readers ask, and their answers, as far as they apply to a study."""

#: a question, and what it is answered with
Question = tuple[str, str]

LEFT_OUT = "Why were some people left out?"
#: of people looked up in the records; the sentence on those who reoffended before
#: support stands between the two where it was allowed for
FROM_RECORDS = (
    "Among other things, a person has to be found in the national records, to have a "
    "sentence that the support belongs to, and to have had the whole time in which "
    "reoffences are counted. ",
    "Nor can they have reoffended before the support began. ",
    "And there has to be somebody similar to compare them with. ",
)
#: of an analysis with a filter
OF_SOME = "The analysis is about some of them only, and leaves out the others. "
COUNTED = " counts them by reason."

INCONCLUSIVE = (
    "Does an inconclusive result mean that the programme makes no difference?",
    "No, and not that it makes one. Every difference inside the interval fits the "
    "data, and one of them is no difference. More people, analysed in the same way, "
    "would make the interval narrower.",
)
SIGNIFICANT = "Does a significant result show that the programme made the difference?"
BY_CHOICE = (
    SIGNIFICANT,
    "No. Chance alone would seldom bring it. But the groups are alike only in what is "
    "recorded: if they differed in something else, such as how much people wanted to "
    "change, that may be the reason.",
)
BY_CHANCE = (
    SIGNIFICANT,
    "It comes near to that. Chance decided who took part, so that beside the programme "
    "only chance itself could bring a difference, or that people were left out "
    "afterwards for reasons that had to do with the result.",
)
QUOTE = (
    "Which number should be quoted?",
    "The sentence on what you can say, with its whole range. The difference by itself "
    "looks more certain than it is.",
)
HOLDS = (
    "Does the result hold for people whom the programme helps later?",
    "It is about the people who were analysed, and the time in which they were helped. "
    "Others may differ from them, and the programme may have changed.",
)
COMPARED = (
    "Can this report be compared with another?",
    "Not by its rates: they are of other people, at another time. Differences can be "
    "set side by side with their intervals. Where these overlap, do not rank the "
    "programmes. That one result is significant and another is not does not make the "
    "first programme the better one.",
)
NATIONAL = (
    "Why is the rate not that of the national statistics?",
    "National statistics count everybody who was released or sentenced in a period. "
    "This report counts people of one programme, and others chosen to be like them.",
)
SIZE = (
    "How many people does an analysis need?",
    "A main point needs at least {} people in the programme. To find a difference half "
    "as large takes about four times as many people.",
)
SEVERAL = (
    "Can the analyses of this report be added up?",
    "No. The same people may be in several of them, and each has a comparison group of "
    "its own.",
)
AGAIN = (
    "When can it be analysed again?",
    "Once more people have had the whole time in which reoffences are counted, and six "
    "months have passed after it for these to be proven.",
)
HIDDEN = (
    "Why may a number be hidden?",
    "A number about few people could tell something about one of them. The section on "
    "data sharing has the rule, and counts what it hid.",
)
