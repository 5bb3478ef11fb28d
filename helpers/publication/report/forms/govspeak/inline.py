"""Words within a line as Govspeak: bold, code, links."""

import re
from collections.abc import Mapping, Sequence

from helpers.publication.report.forms.govspeak.elements import Element
from helpers.publication.report.forms.govspeak.escaping import own

#: signs around words
AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*"}
#: elements that run on within a line; any other stands apart from what is around it
RUN_ON = (*AROUND, "a", "bdi", "code", "data", "span", "sub", "sup", "wbr")
#: what needs no escaping in code, in which Markdown knows none
PLAIN_CODE = re.compile(r"[\w./ -]+", re.A)
#: a link to a place in the page, before it is known where that stands in the body
LINK = re.compile(r"\[([^\[\]]*)\]\(#([^()\s]*)\)")


def inline(content: Sequence[Element | str]) -> str:
    """Give words on one line."""
    words = "".join(own(one) if isinstance(one, str) else _one(one) for one in content)
    return re.sub(" {2,}", " ", words)


def _one(element: Element) -> str:
    if "download" in element.attributes or "aria-hidden" in element.attributes:
        return ""
    words = inline(element.content)
    if element.tag not in RUN_ON:
        return f" {words} "
    if element.tag in AROUND:
        return _around(words, AROUND[element.tag])
    if element.tag == "code":
        plain = "".join(one for one in element.content if isinstance(one, str))
        return f"`{plain}`" if PLAIN_CODE.fullmatch(plain) else words
    if element.tag == "a":
        return _link(words, element.attributes.get("href", ""))
    return words


def _around(words: str, sign: str) -> str:
    # a space between the sign and the word would make it a star
    inner = words.strip(" ")
    if not inner:
        return words
    before = words[: len(words) - len(words.lstrip(" "))]
    return f"{before}{sign}{inner}{sign}{words[len(before) + len(inner) :]}"


def _link(words: str, address: str) -> str:
    if not re.match(r"#|https?://|mailto:", address) or not words.strip():
        return words
    safe = re.sub(
        r"""[\s()<>"'\\|`^{}\[\]*_$]""", lambda sign: f"%{ord(sign[0]):02X}", address
    )
    return f"[{words}]({safe if address[0] != '#' else address})"


def linked(markup: str, places: Mapping[str, str]) -> str:
    """Put the ids of headings in the place of the page's; without one no link is left.

    `places` gives the id of a heading by each id of the page.
    """

    def link(found: re.Match[str]) -> str:
        place = places.get(found[2])
        return f"[{found[1]}](#{place})" if place else found[1]

    return LINK.sub(link, markup)
