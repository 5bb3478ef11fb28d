"""The years of a programme's people, where what a request says leaves no doubt."""

import calendar
import re

_MONTH = "|".join(
    sorted(
        {name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name}
        | {"sept"},
        key=len,
        reverse=True,
    )
)
_DAY = r"(?:(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? )?"
_YEAR = r"(?:19|20)\d\d"
#: "January 2022 to December 2023", "January to June 2022", "2019–2021", "2022"
_PERIOD = re.compile(
    r"(?:(?:from|in) |(?P<between>between ))?"
    rf"(?:(?:{_DAY}(?:{_MONTH}) )?(?P<first>{_YEAR})|{_DAY}(?:{_MONTH}))"
    rf"(?: ?(?:to|until|-|–|(?P<and>and)) ?(?:{_DAY}(?:{_MONTH}) )?(?P<last>{_YEAR}))?"
)


def years(period: str) -> tuple[str, str]:
    """Give the first and the last year of a period in words; empty where in doubt.

    Only a period that is nothing but dates is read: "since 2015", "released in 2019,
    followed to 2021" and "2021/22" leave more than one reading.
    """
    found = _PERIOD.fullmatch(" ".join(period.lower().rstrip(".").split()))
    # "2015 and 2018" may be two single years
    if found is None or bool(found["and"]) > bool(found["between"]):
        return "", ""
    first = found["first"] or found["last"]
    last = found["last"] or first
    return (first, last) if first and first <= last else ("", "")
