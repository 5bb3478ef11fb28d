"""Signs that YAML reads otherwise than they look: blanks, curly quotes, a # in a text.

Nothing is told of a sign that stays in a text as it was typed: a no-break space within
a title, whatever stands in quotes, in a block of text or in a comment.
"""

import contextlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import yaml

#: blanks that are no blanks for YAML, and signs that cannot be seen
BLANK = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
BREAK = "\x85\u2028\u2029"  # lines end here for YAML, and in no editor
ODD = re.compile(f"[{BLANK}{UNSEEN}{BREAK}]")

#: a text between quotation marks of which one at least is not YAML's, as a whole value
CURLY = re.compile(
    r"""(?:^|[:,\[{-])\ *
    (“[^“”]*”|‘[^‘]*’|„[^“”„]*[“”]|«[^«»]*»|"[^"“”\n]*”|“[^“”"\n]*")
    \ *(?=$|[,\]}:]|\ \#)""",
    re.MULTILINE | re.VERBOSE,
)

#: a comment that looks like the rest of the text before it: #2, # 2, #wide
CUT = re.compile(r" *#(\w| \d+ *$)", re.MULTILINE)
NO_TEXT = re.compile(r"[-+.\d][-+.,:/\d_eE]*|true|false|null|~", re.IGNORECASE)

#: what begins a value, and what follows at once where there is none
EMPTY = {
    yaml.ValueToken: (yaml.KeyToken, yaml.BlockEndToken),
    yaml.BlockEntryToken: (yaml.BlockEntryToken, yaml.BlockEndToken),
}

#: so many signs of a kind are told; who mends those reads the file again
MOST_TOLD = 100
#: brackets within brackets, beyond which a text is not scanned on
DEEPEST = 100
OPENS = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)

QUOTES = (
    'the quotation marks {} {} are not those of YAML; type " in their place, or put '
    "the whole text between ' and ' to keep them"
)
COMMENT = (
    "what follows # is taken for a comment and left out; put the whole text in quotes, "
    "or a space after # where it is a comment"
)


@dataclass(frozen=True)
class _Scalar:
    """A key or value, by where it begins and ends in the text."""

    start: int
    end: int
    plain: bool
    block: bool
    key: bool


def misread(text: str) -> tuple[list[str], str]:
    """Give a line for each sign that is misread, and the text as it was meant.

    Where nothing is told that is the text as it stands.
    """
    page = _Page(text)
    places = (match.start() for match in ODD.finditer(text))
    told = {
        (text.count("\n", 0, at) + 1, _advice(text[at]))
        for at in islice(filter(page.misreads, places), MOST_TOLD)
    }
    told |= {
        (page.line(at), QUOTES.format(*marks))
        for at, marks in islice(page.curly(), MOST_TOLD)
    }
    told |= {(page.line(at), COMMENT) for at in islice(page.cut(), MOST_TOLD)}
    lines = [f"line {line}: {advice}" for line, advice in sorted(told)]
    return lines, page.meant if told else text


def named(text: str) -> str:
    """Give a text with the name of each sign in it that cannot be told by its look.

    So is one that a terminal would take for a command, by its number.
    """
    seen = ODD.sub(lambda odd: f"<{_name(odd[0])}>", text)
    return "".join(s if s.isprintable() else f"<U+{ord(s):04X}>" for s in seen)


def _name(sign: str) -> str:
    if sign == "\ufeff":
        return "byte order mark"
    return "tab" if sign == "\t" else unicodedata.name(sign, "next line").lower()


def _advice(sign: str) -> str:
    name = _name(sign)
    article = "an" if name[0] in "aeiou" else "a"
    if sign == "\t":
        return "a tab; put spaces in its place"
    if re.match(f"[{UNSEEN}]", sign):
        return f"{article} {name}, which cannot be seen; delete it"
    return f"{article} {name}; type a space in its place"


class _Page:
    """A request's text as it was meant: odd blanks as spaces, unseen signs left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept = [at for at in range(len(text)) if not self._left_out(at)]
        self.meant = "".join(" " if self._blank(at) else text[at] for at in self.kept)
        self.scalars: list[_Scalar] = []
        self.empty: list[int] = []  # where a value should begin and none does
        self.known = len(self.meant)  # how far YAML can read it
        self._scan()

    def line(self, at: int) -> int:
        """Give the number of the line of a place in the text as meant."""
        return self.meant.count("\n", 0, at) + 1

    def _left_out(self, at: int) -> bool:
        return re.match(f"[{UNSEEN}]", self.text[at]) is not None

    def _blank(self, at: int) -> bool:
        """Tell whether a sign was meant as a space, not as part of a text."""
        if not re.match(f"[{BLANK}{BREAK}]", self.text[at]):
            return False
        if self.text[at] == "\t":  # no text without quotes may hold one
            return True
        before = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        second = before.endswith(":") and re.match(r"[^{\[]+:\s[^{\[]*$", before)
        return not (second or re.match(r"#\S", self.text[at + 1 :]))

    def _scan(self) -> None:
        tokens, depth = [], 0
        with contextlib.suppress(yaml.YAMLError):
            for token in yaml.scan(self.meant, Loader=yaml.SafeLoader):
                tokens.append(token)
                depth += isinstance(token, OPENS) - isinstance(token, CLOSES)
                if depth > DEEPEST:  # YAML says so; to scan on would take hours
                    break
        if not tokens or not isinstance(tokens[-1], yaml.StreamEndToken):
            self.known = tokens[-1].end_mark.index if tokens else 0
        before: yaml.Token | None = None
        for token in tokens:
            if isinstance(token, yaml.ScalarToken):
                self.scalars.append(
                    _Scalar(
                        token.start_mark.index,
                        token.end_mark.index,
                        token.style is None,
                        token.style in ("|", ">"),
                        isinstance(before, yaml.KeyToken),
                    )
                )
            if isinstance(token, EMPTY.get(type(before), ())):
                self.empty.append(before.end_mark.index)
            before = token

    def misreads(self, at: int) -> bool:
        """Tell whether YAML misreads the odd sign at a place of the text as written."""
        sign, place = self.text[at], bisect_left(self.kept, at)
        if re.match(f"[{BREAK}]", sign):
            return True
        if not (self._left_out(at) or self._blank(at)):
            return False
        start = self.meant.rfind("\n", 0, place) + 1
        indent = not self.meant[start:place].strip()
        scalar = self._around(place)
        if scalar is None:
            return not self._comment(place) and (
                place <= self.known or self._at_an_edge(place)
            )
        if scalar.block and start < scalar.start:  # in the line of its | or >
            return not self._comment(place)
        if scalar.block:
            return indent and place - start < self._indent_of(scalar)
        if not scalar.plain:
            return False
        word = not re.search(r"\s", self.meant[scalar.start : scalar.end])
        return scalar.key or indent or sign == "\t" or word

    def _around(self, place: int) -> _Scalar | None:
        last = bisect_left(self.scalars, place, key=lambda scalar: scalar.start)
        scalar = self.scalars[last - 1] if last else None
        return scalar if scalar and place < scalar.end else None

    def _comment(self, place: int) -> bool:
        last = bisect_right(self.scalars, place, key=lambda scalar: scalar.end)
        end = self.scalars[last - 1].end if last else 0
        start = max(self.meant.rfind("\n", 0, place) + 1, end)
        return re.search(r"(^|\s)#", self.meant[start:place]) is not None

    def _at_an_edge(self, place: int) -> bool:
        """Tell, where YAML cannot read on, whether a key or value begins or ends."""
        start, end = self.meant.rfind("\n", 0, place) + 1, self.meant.find("\n", place)
        before, after = self.meant[start:place], self.meant[place : end % 2**40].strip()
        return bool(re.fullmatch(r"(.*[:,?\[{-])? *", before)) or after[:1] in (
            "", "#", ":", ",", "]", "}",
        )  # fmt: skip

    def _indent_of(self, scalar: _Scalar) -> int:
        lines = self.meant[scalar.start : scalar.end].split("\n")[1:]
        return min((len(row) - len(row.lstrip()) for row in lines if row.strip()),
                   default=0)  # fmt: skip

    def curly(self) -> Iterator[tuple[int, str]]:
        """Give where quotation marks stand that YAML does not know, and the two."""
        for found in CURLY.finditer(self.meant):
            place, scalar = found.start(1), self._around(found.start(1))
            if self._comment(place) or (scalar is not None and not scalar.plain):
                continue
            if not self._closed(place):
                yield place, found[1][0] + found[1][-1]

    def _closed(self, place: int) -> bool:
        """Tell whether quotes that open at a place are closed in the same line."""
        ends = [s.end for s in self.scalars if s.start == place and not s.plain]
        return bool(ends) and "\n" not in self.meant[place : ends[0]]

    def cut(self) -> Iterator[int]:
        """Give where a comment was part of a text: #2 after it, or the text goes on."""
        yield from (place for place in self.empty if CUT.match(self.meant, place))
        for scalar, after in pairwise([*self.scalars, None]):
            if scalar.key or not scalar.plain:
                continue
            if NO_TEXT.fullmatch(self.meant[scalar.start : scalar.end]):
                continue
            between = self.meant[scalar.end : after.start if after else None]
            goes_on = (
                after and not after.key and re.fullmatch(r"(\s*#.*\n)+\s*", between)
            )
            if CUT.match(self.meant, scalar.end) or goes_on:
                yield scalar.end
