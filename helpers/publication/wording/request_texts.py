"""The sections that the request itself writes: programme, data sharing, about."""

from typing import Any

from helpers.publication.wording.verdicts import escape
from helpers.request import Request

MADE_UP = "Made-up people: nobody in this report exists."
NOT_OFFICIAL = "Not an official statistic."

SETTINGS = {
    "custody": "In custody",
    "community": "In the community",
    "both": "In custody and in the community",
}


def status(request: Request) -> str:
    """What the page says about itself at the very top."""
    own = request.publication.status
    parts = [MADE_UP] if request.inputs.made_up else []
    return " ".join([*parts, own or NOT_OFFICIAL])


def _quote(text: str) -> str:
    paragraphs = [line.strip() for line in text.split("\n\n") if line.strip()]
    return f"<blockquote>{''.join(f'<p>{escape(p)}</p>' for p in paragraphs)}" + (
        "</blockquote>"
    )


def _facts(facts: dict[str, Any]) -> str:
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        for name, value in facts.items()
        if value
    )
    return f'<dl class="jdl-facts">{items}</dl>' if items else ""


def programme(request: Request) -> str:
    """The programme in the organisation's words, marked as unchecked."""
    about, organisation = request.programme, request.organisation
    parts = [
        _facts(
            {
                "Programme": about.name,
                "Organisation": organisation.name,
                "Sector": organisation.sector_type,
                "Type of programme": about.intervention_type,
                "Setting": SETTINGS.get(about.setting or ""),
                "Period": about.period,
                "What it is": about.description,
                "How people came to it": about.selection,
                "How much of it": about.dose,
            }
        )
    ]
    if organisation.own_words:
        parts.append("<h3>In the organisation’s own words</h3>")
        parts.append("<p>These words are not checked by the analysts.</p>")
        parts.append(_quote(organisation.own_words))
    if organisation.response:
        parts.append("<h3>The organisation’s response</h3>")
        parts.append(_quote(organisation.response))
    return "".join(parts)


def data_sharing(request: Request) -> str:
    """Under what agreement the data were used, as the request states it."""
    sharing = request.data_sharing
    if sharing.open_data:
        return "<p>The data are open: anyone may look at them.</p>" + _facts(
            {
                "Source": sharing.open_data.source,
                "Licence": sharing.open_data.licence,
            }
        )
    lead = (
        "<p>The people are made up. The request states the agreement that real data "
        "would need.</p>"
        if request.inputs.made_up
        else "<p>The request states the agreement under which the data were used.</p>"
    )
    return lead + _facts(
        {
            "Purpose": sharing.purpose,
            "Lawful": sharing.lawful_basis,
            "Justified": sharing.justification,
            "Fair": sharing.fairness,
            "Proportionate": sharing.proportionality,
            "Approved by": f"{sharing.approved_by}, {day(sharing.approved_on)}",
            "To be destroyed by": day(sharing.destroy_by),
            "Legal advice": getattr(sharing, "legal_advice", None),
            "Ethics advice": getattr(sharing, "ethics_advice", None),
            "Timetable": getattr(sharing, "timetable", None),
        }
    )


def hidden(profile: str, threshold: int, cells: int, reason: str | None) -> str:
    """Which disclosure rule was applied and how many numbers it hid."""
    if profile == "none":
        return (
            f"<p>No number is hidden to protect people. The reason given: "
            f"{escape(reason or '')}</p>"
        )
    few = f'fewer than <span data-numcheck="off">{threshold}</span>'
    if profile == "ministry":
        few = f'<span data-numcheck="off">1 to {threshold - 1}</span>'
    what = "number was" if cells == 1 else "numbers were"
    count = "No" if cells == 0 else f'<span data-numcheck="off">{cells}</span>'
    return (
        f"<p>Only numbers about groups leave the analysis. A number about {few} "
        "people, or about all but so few of a group, is hidden, and with it the "
        f"numbers that follow from it directly. {count} {what} hidden.</p>"
    )


def day(date: Any) -> str:
    """A date as people write it: 25 June 2026."""
    return f"{date.day} {date:%B %Y}"


def facts(request: Request) -> list[tuple[str, str]]:
    """The row of facts under the title."""
    found = [
        ("Organisation", request.organisation.name),
        ("Published", day(request.publication.date)),
        ("Contact", request.publication.contact),
    ]
    if request.publication.edition > 1:
        found.insert(2, ("Edition", str(request.publication.edition)))
    return found


def about(request: Request, version: str) -> str:
    """What made the report, so that it can be made again."""
    return _facts(
        {
            "Request": request.id,
            "Analyst": request.analyst,
            "Edition": str(request.publication.edition),
            "Made with": f"Justice Data Lab analysis kit, version {version}",
            "Status": status(request),
        }
    )
