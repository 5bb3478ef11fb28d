"""Data sharing as the Five Safes, each a sentence made from this run."""

from helpers.publication.numbers import Number, escape
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.request_texts import day, facts_list
from helpers.request import Request
from helpers.request.disclosure import ROUND_TO
from helpers.request.sharing import DataSharing

#: whether other accounts can read people's records, as the run found it
SETTINGS = {
    True: "The run checked that the folder with the records about people is closed to "
    "the other ordinary accounts of the computer.",
    False: "The run checked who can open the folder with the records about people: "
    "other accounts of the computer can.",
    None: "Whether other accounts of the computer can open the folder with the "
    "records about people could not be checked.",
}

SAME_FILE = (
    "The run checked that the file it read is the one that was received: both have "
    'the same fingerprint (<span data-numcheck="off">SHA-256</span>), which any change '
    "to a file would change."
)

#: a table of the national records in plain words
RECORDS = {
    "person": "who people are in the Police National Computer",
    "alias": "other names that people are known by",
    "sentence": "sentences",
    "offence": "offences",
    "assessment": "assessments of needs by prison and probation staff (OASys)",
    "benefit": "benefits",
    "employment": "employment",
}
TIERS = {
    "pnc": "Police National Computer",
    "pnc_linked_moj": "Police National Computer linked to other data of the Ministry "
    "of Justice",
    "wider_government": "Data of wider government",
}


def five_safes(
    request: Request,
    *,
    private: bool | None,
    hidden: Number,
    shown: Number,
) -> str:
    """Say how the people's records behind this report were kept, as far as it is known.

    `private` says whether the folder of people's records was found closed to every
    other account, None where it could not be checked; `hidden` and `shown` count the
    numbers of the report.
    """
    safes = {
        "projects": _projects(request),
        "people": "<p>The analyst whom the request names is "
        f"{escape(request.analyst)}. The run did not check who else may have seen the "
        "records.</p>",
        "data": _data(request),
        "settings": "<p>All stages ran on the computer that made this report. "
        f"{SETTINGS[private]}</p>",
        "outputs": _outputs(request, hidden, shown),
    }
    parts = [f"<h3>Safe {name}</h3>{text}" for name, text in safes.items()]
    return f"<p>{_lead(request)}</p>{''.join(parts)}"


def line(hidden: Number, shown: Number) -> str:
    """Give the line behind which the Five Safes lie: how many numbers were hidden."""
    withheld = hidden.html if hidden.value else "none"
    return f"The Five Safes: {shown.html} numbers shown, {withheld} hidden"


def _lead(request: Request) -> str:
    text = "The Five Safes say how the data behind this report were kept."
    if request.inputs.made_up:
        return f"{text} The people are made up, so the sentences show the form only."
    return text


def _projects(request: Request) -> str:
    sharing = request.data_sharing
    if not isinstance(sharing, DataSharing):
        return (
            "<p>The data are open: anyone may look at them, so there is no sharing "
            "agreement.</p>"
        ) + facts_list(
            {"Source": sharing.open_data.source, "Licence": sharing.open_data.licence}
        )
    ethics = sharing.ethics
    return (
        "<p>The request states what the data may be used for, and who approved it.</p>"
        + facts_list(
            {
                "Approved by": f"{sharing.approved_by}, on {day(sharing.approved_on)}",
                "Purpose": sharing.purpose,
                "Lawful": sharing.lawful_basis,
                "Justified": sharing.justification,
                "Fair": sharing.fairness,
                "Proportionate": sharing.proportionality,
                "Legal advice": sharing.legal_advice,
                "Ethics review": f"{ethics.reviewed_by}, on {day(ethics.on)}"
                if ethics
                else "None is recorded",
                "What it asked for": ethics and ethics.asked_for,
                "Timetable": sharing.timetable,
            }
        )
        + _received(request, sharing)
        + (_records(sharing) if request.approved_tables else "")
    )


def _received(request: Request, sharing: DataSharing) -> str:
    """Say what the organisation sent and who signed, where a list was received."""
    received, signed = sharing.received, sharing.provider_signed_off
    if not (received and signed):
        return ""
    what = {
        "What was sent": "A list of the people the organisation worked with",
        "Sent by": received.channel,
        "Received on": day(received.on),
        "Signed for the organisation by": f"{signed.by}, on {day(signed.on)}",
        "Approved for the lab by": f"{sharing.approved_by}, on "
        f"{day(sharing.approved_on)}",
    }
    same = f"<p>{SAME_FILE}</p>" if request.inputs.submission else ""
    return f"<h4>The list</h4>{facts_list(what)}{same}"


def _records(sharing: DataSharing) -> str:
    """Say which national records were opened, who approved each, and which were not."""
    told = {
        _capital(RECORDS[table]): f"{TIERS[source.tier]}. Approved by "
        f"{source.approved_by}, on {day(source.approved_on)}"
        for source in sharing.sources
        for table in source.tables
    }
    text = "Only these records were opened, each with an approval of its own."
    approved = {table for source in sharing.sources for table in source.tables}
    others = [words for table, words in RECORDS.items() if table not in approved]
    if others:
        # whether they lay there is for reviewers: the page goes by the request alone
        text += (
            " No others could be opened, even where they lay beside these, since "
            f"nobody had approved their use: {'; '.join(others)}."
        )
    return f"<h4>National records</h4><p>{text}</p>{facts_list(told)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _data(request: Request) -> str:
    """Say which files the run wrote, and what became of names and ids."""
    return (
        "<p>The run keeps three kinds of file apart: records about people "
        "(restricted), checked numbers about groups (release), and the record of the "
        f"run itself (audit). {_ids(request)} "
        "Only the columns that the analysis needs went on to matching.</p>"
    )


def _ids(request: Request) -> str:
    if request.inputs.from_records:
        return (
            "Names, dates of birth and ids were used to find people in the national "
            "records and went no further: later stages know each person by a number "
            "of this run alone. The key is kept with the records about people."
        )
    return (
        "The ids that came with the cohort were replaced; the key is kept with the "
        "records about people."
    )


def _outputs(request: Request, hidden: Number, shown: Number) -> str:
    text = f"<p>{_rule(request, hidden, shown)}</p>{_release(request)}"
    sharing = request.data_sharing
    if isinstance(sharing, DataSharing):
        text += (
            "<p>The request says that the data will be destroyed by "
            f"{day(sharing.destroy_by)}.</p>"
        )
    return text


def _release(request: Request) -> str:
    """Say who must approve the report, and who may see it before it is published."""
    publication = request.publication
    when = day(publication.date)
    if publication.release_at:
        clock = publication.release_at.partition(" ")[2]
        when = f'at <span data-numcheck="off">{clock}</span> on {when}, London time'
    text = (
        "<p>A second person, who is not the analyst, must approve the report before it "
        f"is published. It may not be published before {when}."
    )
    if not publication.pre_release:
        return f"{text} The request names nobody who may see it before that.</p>"
    roles = "".join(f'<li dir="auto">{escape(r)}</li>' for r in publication.pre_release)
    return f"{text} Before that only these may see it:</p><ul>{roles}</ul>"


def _rule(request: Request, hidden: Number, shown: Number) -> str:
    """Say which disclosure rule was applied, and how many numbers it hid."""
    disclosure = request.disclosure
    if disclosure.profile == "none":
        reason = escape((disclosure.reason or "").rstrip("."))
        return f"No number is hidden to protect people. The reason given: {reason}."
    count = f"{hidden.html} are" if hidden.value else "none is"
    if hidden.value == 1:
        count = f"{hidden.html} is"
    return (
        f"Only numbers about groups leave the analysis. {_unsafe(request)} {HIDDEN} "
        f"{RANGES} Of the numbers of this report {shown.html} are shown and {count} "
        "hidden. The finished page was read back, to see that it holds no number that "
        "should be hidden."
    )


HIDDEN = (
    "[c] stands where a number is hidden: because it is unsafe itself, because it "
    "follows from one that is, or because it would tell one that is, by subtraction "
    "within a table or beside another table, analysis or release. Which of these it is "
    "stays untold, and so does everything that would say how large the number is."
)
RANGES = (
    "What is no count is rounded as it is printed, and nothing in this report is made "
    "from more digits. A share before matching is told as a range where the number "
    "would tell about the few people who were left unmatched."
)


def _unsafe(request: Request) -> str:
    """Say which numbers are unsafe by the profile of the request."""
    threshold = request.disclosure.threshold
    few = f"fewer than {in_words(threshold)}"
    if request.disclosure.profile == "ministry":
        few = f"one to {in_words(threshold - 1)}"
    text = (
        f"A number about {few} people is unsafe, and so is one about all but so few of "
        "a group."
    )
    if request.disclosure.profile == "rounded":
        text += (
            f" Other counts are rounded to the nearest {in_words(ROUND_TO)}, and all "
            "that follows from counts is worked out from the rounded ones."
        )
    return text
