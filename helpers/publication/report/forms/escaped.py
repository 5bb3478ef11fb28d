"""Words of the page as Markdown, in which no word of a request becomes markup.

What kramdown and pandoc both take for a sign of theirs is written so that both print
it: with a backslash where both know it, else as a character reference.
"""

import re

from bs4 import BeautifulSoup

from helpers.request.reading.symbols import TURNS, right_to_left

#: signs that are markup to either, most of which both know with a backslash before
#: them; within an address @ is none
SIGNS = re.compile(r"[\\`*_{}\[\]#|$\"'&<>~^]|(?<![A-Za-z0-9])@")
REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "^": "&#94;",
              "@": "&#64;"}  # fmt: skip
#: what becomes a dash or an ellipsis, and what begins a list at the start of a line
JOINED = re.compile(r"(?<=-)-|(?<=\.)\.")
BEGINS = re.compile(r"^(\(?\w{0,9})([-+.):])(?=\s|$)")
APART, END = "\u2068", "\u2069"


def text(markup: str) -> str:
    """Give words of the page as one line of Markdown, without its links.

    What is written from right to left is set apart, as the page sets it apart.
    """
    page = BeautifulSoup(markup, "html.parser")
    for words in page.find_all("bdi"):
        words.replace_with(own(words.get_text(), escaped=False))
    return escape(page.get_text())


def own(words: str, *, escaped: bool = True) -> str:
    """Give own words of a request as one line, set apart where that is needed."""
    plain = TURNS.sub("", words)
    if right_to_left(plain):
        plain = f"{APART}{plain}{END}"
    return escape(plain) if escaped else plain


def escape(words: str) -> str:
    """Give words as one line of Markdown that prints them as they are."""
    line = " ".join(words.split())
    line = SIGNS.sub(lambda sign: REFERENCES.get(sign[0], f"\\{sign[0]}"), line)
    line = JOINED.sub(lambda sign: f"&#{ord(sign[0])};", line)
    return BEGINS.sub(lambda found: f"{found[1]}&#{ord(found[2])};", line)
