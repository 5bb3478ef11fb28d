"""What the upload template asks for, in words: its columns and its questions."""

from dataclasses import dataclass
from typing import NamedTuple


class Guide(NamedTuple):
    """Guidance on one column of the sheet to fill."""

    what: str
    form: str
    example: str
    needed: str


ALWAYS, ONE_DATE, IF_KNOWN = "Always", "At least one of these dates", "If you know it"
_DAY = "Date: day, month, year"
GUIDES = {
    "surname": Guide("Family name, as in prison or court papers", "Text", "Example",
                     ALWAYS),
    "forename": Guide("First name, not a nickname; further names after it", "Text",
                      "Robin", ALWAYS),
    "date_of_birth": Guide("Date of birth", _DAY, "31/12/1990", ALWAYS),
    "sex": Guide("Sex, as in the records of prison or court", "Choose from the list",
                 "Female", ALWAYS),
    "index_date": Guide(
        "Day of release from prison, or day on which the community order began: of the "
        "sentence that your support belongs to", _DAY, "14/02/2022", ONE_DATE),
    "conviction_date": Guide("Day of conviction for that sentence", _DAY, "03/09/2021",
                             ONE_DATE),
    "intervention_start": Guide("Day on which your support began", _DAY, "01/03/2022",
                                ONE_DATE),
    "intervention_end": Guide("Day on which your support ended; empty, or ongoing, if "
                              "it goes on", _DAY, "30/08/2022", IF_KNOWN),
    "pnc_id": Guide("Police National Computer id: year, stroke, number, letter", "Text",
                    "2001/1234567X", IF_KNOWN),
    "prison_number": Guide("Prison (NOMS) number: letter, four digits, two letters",
                           "Text", "A1234BC", IF_KNOWN),
    "postcode": Guide("Home postcode", "Text", "ZZ1 1ZZ", IF_KNOWN),
    "group_1": Guide("A group to analyse by itself, such as those who completed; say "
                     "in the description of the service what it stands for", "Text",
                     "Completed", "If you want one"),
    "group_2": Guide("A second such group", "Text", "Mentored weekly",
                     "If you want one"),
    "group_3": Guide("A third such group", "Text", "Peer mentor", "If you want one"),
    "site": Guide("Prison, office or town where the support was given", "Text",
                  "North office", "If there are several"),
}  # fmt: skip
#: how to fill the sheet, after the columns
RULES_OF_FILLING = (
    ("One row", "One row for each spell of support. A person supported twice has two "
     "rows. Add columns on the right if you need them."),
    ("Everyone", "List everyone who had the support, also those who dropped out. "
     "Leaving some out would make the result wrong."),
    ("Orange cell, bold", "Something that is needed is missing."),
    ("Red cell, underlined", "Something that cannot be right: look at the sheet "
     "Before you send, which counts it and names the first row."),
    ("Pasting", "Paste values only. Pasting also turns off the checks on typing; the "
     "colours stay."),
    ("Sending", "Never send this file by ordinary e-mail. Use the secure channel that "
     "we agreed."),
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question on the service; `key` is where the request keeps the answer."""

    key: str
    question: str
    help: str
    choices: str = ""  # a list of the template, or nothing
    needed: bool = False


QUESTIONS = (
    Question("organisation.name", "Name of your organisation",
             "As the report should print it.", needed=True),
    Question("organisation.sector_type", "Sector", "Choose from the list.",
             "sector", True),
    Question("organisation.own_words", "Your organisation in your own words",
             "A few sentences, printed as they are."),
    Question("programme.name", "Name of the programme",
             "As the report should print it.", needed=True),
    Question("programme.intervention_type", "Kind of support",
             "Choose what fits best from the list.", "intervention", True),
    Question("programme.setting", "Where people got the support",
             "custody, community or both.", "setting"),
    Question("programme.noun", "Who took part", "people, men or women.", "noun"),
    Question("programme.period", "When the people on the list got the support",
             "For example: January 2022 to December 2023."),
    Question("programme.description", "What the support is",
             "What was done, by whom, for whom."),
    Question("programme.selection", "How people came to it",
             "Who referred or chose them, and who was turned away."),
    Question("programme.dose", "How much support, for how long",
             "For example: two hours a week for six months."),
    Question("programme.caveats", "What a reader must know first",
             "For example: records before 2020 are incomplete."),
    Question("data_sharing.purpose", "What the data are shared for",
             "For example: to estimate the effect on reoffending.", needed=True),
    Question("data_sharing.lawful_basis", "The law that allows you to share them",
             "Ask your data protection officer.", needed=True),
    Question("data_sharing.fairness", "What people were told about the use of their "
             "details", "For example, the words of your privacy notice.", needed=True),
    Question("data_sharing.provider_signed_off.by", "Signed off by",
             "Name or role of who may agree to the sharing.", needed=True),
    Question("data_sharing.provider_signed_off.on", "Signed off on",
             "Date: day, month, year.", "date", True),
)  # fmt: skip
