"""How many made-up programmes came to a difference as large as the real one."""

from typing import Any

from helpers.publication.numbers import Number

#: why there are none to be shown
NONE = {
    "small pool": "there are too few people to draw them from",
    "few": "too few were asked for, or could be matched and estimated",
}
#: how far chance moves each is told by its own standard error
LARGE = (
    "a difference as large as the real one or larger, in either direction, once it is "
    "allowed for that chance moves some of them more than others"
)
COMPARED = " They are compared by their p-values{}."
ROUNDED = ", rounded as they would be printed"
NOT_PLACED = "Where the real result lies among them is not shown."
FEWER_THE_LESS = (
    "The fewer there are, the harder it is to put the real result down to chance."
)
FEWER_PEOPLE = (
    "Each made-up programme has fewer people than the real one, because there are few "
    "to draw from, so chance moves it more."
)
NOT_SHOWN = (
    "Made-up programmes cannot show whether the groups differed in ways that nobody "
    "recorded."
)


def placebo(data: dict[str, Any]) -> str:
    """Say what was made up, and how many came to as large a difference."""
    if why := data["none"]:
        return (
            "<p>Made-up programmes were asked for, to see what differences chance "
            f"makes by itself, but {NONE[why]}.</p>"
        )
    # where that is hidden there is no figure, so that no table has how many there were
    many = f"{data['groups'].html} " if _placed(data["as_large"]) else ""
    made = (
        f"To see what differences chance makes by itself, we made up {many}programmes "
        "of people who were not in this one, and compared each with other such people "
        "in the same way as the real programme."
    )
    fewer = f" {FEWER_PEOPLE}" if data["fewer_people"] else ""
    return f"<p>{made}{fewer} {_as_large(data)}</p><p>{NOT_SHOWN}</p>"


def _as_large(data: dict[str, Any]) -> str:
    large, of = data["as_large"], data["estimated"]
    if not _placed(large):
        return NOT_PLACED
    out_of = "them"
    if of.value != data["groups"].value:
        out_of = f"the {of.html} that could be estimated"
    many = how_many(large, of, html=True)
    compared = COMPARED.format(ROUNDED if data["rounded"] else "")
    return f"{many} {out_of} came to {LARGE}.{compared} {FEWER_THE_LESS}"


def _placed(large: Number) -> bool:
    return large.state == "shown" and large.value is not None


def how_many(large: Number, of: Number, *, html: bool = False) -> str:
    """Give how many of so many, to be followed by what they are: "None of"."""
    if large.value == 0:
        return "None of"
    if large.value == of.value:
        return "All of"
    return f"{large.html if html else large.text} of"
