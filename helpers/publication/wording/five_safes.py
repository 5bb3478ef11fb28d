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

TIERS = {
    "pnc": "Police National Computer",
    "pnc_linked_moj": "linked records of the Ministry of Justice",
    "wider_government": "records of other parts of government",
}


def five_safes(
    request: Request, *, private: bool | None, hidden: Number, shown: Number
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
    sources = [
        f"{source.table} ({TIERS[source.tier]}), approved by {source.approved_by} on "
        f"{day(source.approved_on)}"
        for source in sharing.sources
    ]
    return (
        "<p>The request states what the data may be used for, and who approved it.</p>"
    ) + facts_list(
        {
            "Approved by": f"{sharing.approved_by}, on {day(sharing.approved_on)}",
            "Purpose": sharing.purpose,
            "Lawful": sharing.lawful_basis,
            "Justified": sharing.justification,
            "Fair": sharing.fairness,
            "Proportionate": sharing.proportionality,
            "Records used": "; ".join(sources),
            "Legal advice": sharing.legal_advice,
            "Ethics review": _ethics(sharing),
            "Timetable": sharing.timetable,
        }
    )


def _ethics(sharing: DataSharing) -> str | None:
    """Say who reviewed the ethics, when, and what they asked for."""
    if sharing.ethics is None:
        return None
    ethics = sharing.ethics
    return f"{ethics.reviewed_by}, on {day(ethics.on)}, asked for: {ethics.asked_for}"


def _data(request: Request) -> str:
    """Say which files the run wrote, and what became of names and ids."""
    text = (
        "The run keeps three kinds of file apart: records about people "
        "(restricted), checked numbers about groups (release), and the record of the "
        f"run itself (audit). {_ids(request)} "
        "Only the columns that the analysis needs went on to matching."
    )
    sharing = request.data_sharing
    if isinstance(sharing, DataSharing) and sharing.received:
        received = sharing.received
        text += (
            f" The request says that the list came by {escape(received.channel)} on "
            f"{day(received.on)}."
        )
    if isinstance(sharing, DataSharing) and sharing.provider_signed_off:
        signed = sharing.provider_signed_off
        text += (
            f" {escape(signed.by)} signed it off for the organisation on "
            f"{day(signed.on)}."
        )
    return f"<p>{text}</p>"


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
    text = f"<p>{_rule(request, hidden, shown)}</p>"
    sharing = request.data_sharing
    if isinstance(sharing, DataSharing):
        text += (
            "<p>The request says that the data will be destroyed by "
            f"{day(sharing.destroy_by)}.</p>"
        )
    return text


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
