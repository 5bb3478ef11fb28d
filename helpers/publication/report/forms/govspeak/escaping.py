"""Words that Govspeak shows as they stand, and the ids that it gives to headings."""

import re

#: signs that are markup wherever they stand. Govspeak looks for its own markup before
#: kramdown does, and knows no backslash: those that it looks for are entities. So is
#: the sign of code, which parts the cells of a table even behind a backslash
EVERYWHERE = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\*_"}
    | {sign: f"&#{ord(sign)};" for sign in "[]{}|^$#`"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
)
#: a sign that stands for a number, which is kept so that the source can be read
SYMBOL = re.compile(r"&#91;([a-z])&#93;")
#: what would be set as a longer dash, or as an ellipsis
DRAWN_TOGETHER = re.compile(r"(?<=-)-|(?<=\.\.)\.")
#: ":england:" says that what follows holds in England
NATION = re.compile(r":(?=[a-z-]+:)")
#: what begins a box, a list, a step, a rule or an image where a line begins with it
BEGINS = re.compile(r"[-+=:!%@~]|(?:s?\d+)[.)]")
#: everything that parts words but a space that breaks no line
SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def on_one_line(text: str) -> str:
    """Give words without a line's end among them."""
    return SPACE.sub(" ", text)


def own(text: str) -> str:
    """Give words as Govspeak in which nothing is markup, on one line."""
    safe = on_one_line(text).translate(EVERYWHERE)
    safe = DRAWN_TOGETHER.sub(lambda found: f"&#{ord(found[0])};", safe)
    return NATION.sub("&#58;", SYMBOL.sub(r"\\[\1\\]", safe))


def line(markup: str) -> str:
    """Give a line whose first sign begins nothing but a paragraph."""
    begins = BEGINS.match(markup)
    if not begins:
        return markup
    sign = begins[0][-1]
    return f"{begins[0][:-1]}&#{ord(sign)};{markup[begins.end() :]}"


class Ids:
    """The ids that kramdown gives to headings, each once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, heading: str) -> str:
        """Give the id of the next heading, from its text as it stands in the source."""
        letters = re.sub(r"^[^a-zA-Z]+", "", heading)
        made = re.sub(r"[^a-zA-Z0-9 -]", "", letters).replace(" ", "-").lower()
        made = made or "section"
        if made not in self._used:
            self._used[made] = 0
            return made
        self._used[made] += 1
        return f"{made}-{self._used[made]}"
