"""What all charts share: colours, type sizes, measured text, and SVG.

One unit of a drawing is one pixel of the page. Text is laid out in DejaVu Sans, which
comes with matplotlib, so that a chart has the same bytes on every machine; a page shows
it in its own, narrower font.
"""

import html
import io
import math
import re
import unicodedata
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.textpath import text_to_path

from helpers.publication.disclosure.rules import to_decimals

INK, SOFT = "#0B0C0C", "#484949"
LINE, GRID, ROW, MAIN_ROW = "#B1B4B6", "#D9D9D9", "#ECECEC", "#EEF2F6"

WIDE, NARROW, EDGE = 720, 350, 8
LABEL, SECOND, HEADING, VALUE, LARGE = 14, 13, 15, 16, 26

FONT = "DejaVu Sans"

#: ids of lines, texts and marks that nobody looks for in a page, and a group that is
#: left around one thing: together a third of a drawing
_NO_IDS = re.compile(r'<g id="(?:(?:line2d|patch|text|figure|axes)_\d+|mark-[\w-]+)">')
_ONE = re.compile(r"<g>\n(<(?:path|use) [^>]*/>|<text [^>]*>[^<]*</text>)\n</g>")

#: an id that a drawing has of its own, not one that matplotlib made of its key
_NAMED = r'(?!(?:m|p)[0-9a-f]{10}["\)])'
#: three marks and more that follow each other and look alike
_ALIKE = re.compile(
    r'<use href="(?P<shape>#[^"]+)" x="[^"]*" y="[^"]*"(?P<look>[^>]*)/>\n'
    r'(?:<use href="(?P=shape)" x="[^"]*" y="[^"]*"(?P=look)/>\n){2,}'
)

#: straight lines, and areas without a line around them, that follow each other and
#: look alike; bars and intervals stay one path each, as whoever reads them back expects
_STRAIGHT = re.compile(
    r'<path d="[MLz\d. \n-]+"(?P<look>(?: fill="none"(?![^>]*stroke="#0b0c0c")[^>]*'
    r'| fill="#(?!12436d)[0-9a-f]{6}"))/>\n'
    r'(?:<path d="[MLz\d. \n-]+"(?P=look)/>\n)+'
)
#: words of an axis that follow each other, each in a group of its own
_AXIS = re.compile(
    r'(?P<first><g id="[^"]+-(?P<what>tick_x|tick_y|axislabel)-\d+">\n'
    r'(?:<text [^>]*>[^<]*</text>\n)+)</g>\n<g id="[^"]+-(?P=what)-\d+">\n'
)
#: what most words of a drawing look like, which is said once for all of them
_WORDS = f' fill="{INK.lower()}" font-size="{LABEL}px"'

#: how matplotlib draws where nobody asks for anything else; how it shows a drawing on
#: a screen is none of it
_PLAIN = {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}

# a matplotlibrc of the user's, or of the folder, may ask for what stops a drawing
matplotlib.rcParams.update(_PLAIN)

#: what lies over what
UNDER, GRIDS, INTERVALS, MARKS, WORDS = 1, 2, 3, 4, 5


def full_width(narrow: bool) -> int:
    """Give the width of a drawing in pixels, without the edge at each side."""
    return NARROW if narrow else WIDE


def own_style() -> AbstractContextManager[None]:
    """Draw as the kit does, whatever style the user or a notebook has asked for."""
    return matplotlib.rc_context(_PLAIN)


def canvas(narrow: bool, height: float) -> tuple[Figure, Axes]:
    """Give an empty drawing whose coordinates are pixels, y from the top."""
    width = full_width(narrow) + 2 * EDGE
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(-EDGE, width - EDGE)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight=700 if bold else 400)


def text(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    size: float = LABEL,
    *,
    bold: bool = False,
    colour: str = INK,
    align: str = "left",
    gid: str = "",
) -> None:
    """Put one line of words with its baseline at y."""
    drawn = axes.text(
        x,
        y,
        words,
        fontproperties=_font(size, bold),
        color=colour,
        ha=align,
        va="baseline",
        zorder=WORDS,
        parse_math=False,
    )
    if gid:
        drawn.set_gid(f"{gid}-{len(axes.texts)}")


def axis_text(
    axes: Axes, x: float, y: float, words: str, gid: str, *, align: str = "center"
) -> None:
    """Put a number or name of an axis; it is not compared with the data table."""
    text(axes, x, y, words, SECOND, colour=SOFT, align=align, gid=gid)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float = LABEL, bold: bool = False) -> float:
    """Give the width of one line of words in pixels."""
    lacking = "" if words.isascii() else _lacking(words, size, bold)
    drawn = words.translate(dict.fromkeys(map(ord, lacking)))
    width = text_to_path.get_text_width_height_descent(drawn, _font(size, bold), False)
    return width[0] + size * sum(map(_wide, lacking))


def _lacking(words: str, size: float, bold: bool) -> str:
    """Give the signs of some words that the font of the drawing does not have."""
    font = get_font(findfont(_font(size, bold)))
    return "".join(sign for sign in words if not font.get_char_index(ord(sign)))


def _wide(sign: str) -> int:
    """Give how wide another font of the page draws a sign, in type sizes."""
    return 0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else 1


def wrap(
    words: str, width: float, size: float = LABEL, bold: bool = False
) -> list[str]:
    """Break words into lines no wider than so many pixels."""
    lines = [""]
    for word in words.split(" "):  # not at a no-break space
        for piece in _pieces(word, width, size, bold):
            longer = f"{lines[-1]} {piece}".strip()
            if text_width(longer, size, bold) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    # a word wider than its column is cut, so that nothing leaves the drawing
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def line(
    axes: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    colour: str = INK,
    stroke: float = 1.5,
    *,
    dashed: bool = False,
    over: float = GRIDS,
) -> None:
    """Draw a straight line."""
    axes.add_line(
        Line2D(
            xs,
            ys,
            color=colour,
            linewidth=stroke,
            linestyle=(0, (4 / stroke, 3 / stroke)) if dashed else "-",
            solid_capstyle="butt",
            zorder=over,
            clip_on=False,
        )
    )


def lines(
    axes: Axes,
    pieces: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    colour: str,
    stroke: float,
) -> None:
    """Draw straight lines, each from its xs and ys, as one path."""
    apart = (math.nan,)  # the pen is lifted between them
    xs = [x for across, _ in pieces for x in across + apart]
    ys = [y for _, down in pieces for y in down + apart]
    line(axes, xs, ys, colour, stroke)


def box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "white",
    edge: str = "none",
    stroke: float = 0,
    rounded: bool = False,
    over: float = UNDER,
) -> None:
    """Draw a rectangle from its upper left corner, with rounded ends if asked."""
    style = {
        "facecolor": fill,
        "edgecolor": edge,
        "linewidth": stroke,
        "zorder": over,
        "clip_on": False,
    }
    if not rounded:
        axes.add_patch(Rectangle((x, y), width, height, **style))
        return
    radius = min(width, height) / 2
    shape = f"round,pad=0,rounding_size={radius}"
    axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=shape, **style))


def svg(figure: Figure, key: str, alternative: str) -> str:
    """Give a drawing as inline SVG: live text, its own ids, the same bytes each time.

    `key` is unique in the page and starts every id; `alternative` becomes its title.
    """
    out = io.StringIO()
    # the salt makes the ids of shapes the same each time
    with (
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": key}),
        warnings.catch_warnings(),
    ):
        # words are text in the drawing: the page has a font for what DejaVu Sans lacks
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(out, format="svg", dpi=72, metadata=none)
    drawn = out.getvalue()
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn).groups()
    body = re.search(r"<svg[^>]*>(.*)</svg>", drawn, flags=re.S).group(1)
    # the style sheet that matplotlib adds would reach the whole page
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, flags=re.S)
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", body, flags=re.S)
    body = _NO_IDS.sub("<g>", body)
    body = re.sub(r"<[^>]+>", lambda tag: _tag(tag.group(), key), body)
    body = re.sub(r">\s*\n\s*<", ">\n<", body).strip()
    body = _ONE.sub(r"\1", _ONE.sub(r"\1", body))
    body = _STRAIGHT.sub(_one_path, _ALIKE.sub(_together, body))
    while _AXIS.search(body):
        body = _AXIS.sub(r"\g<first>", body)
    body = body.replace(">\n<", "><")
    return (
        f'<svg role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" '
        f'stroke-linejoin="round"{_WORDS} xmlns="http://www.w3.org/2000/svg">'
        f"<title>{html.escape(alternative)}</title>\n{body}\n</svg>"
    )


def _together(marks: re.Match) -> str:
    """Give marks that follow each other and look alike their look once."""
    look = marks["look"]
    return f"<g{look}>\n{marks[0].replace(f'{look}/>', '/>')}</g>\n"


def _one_path(paths: re.Match) -> str:
    """Give paths that follow each other and look alike as one path."""
    ways = re.findall(r'd="([^"]*)"', paths[0])
    return f'<path d="{"".join(ways)}"{paths["look"]}/>\n'


def _tag(tag: str, key: str) -> str:
    # style attributes become plain attributes: a strict page forbids inline style
    tag = re.sub(r'\sstyle="([^"]*)"', lambda style: _plain(style.group(1)), tag)
    tag = tag.replace(' text-anchor="start"', "")  # which is so of any text
    if tag.startswith("<text"):
        for said in _WORDS.split():
            tag = tag.replace(f" {said}", "")
    tag = re.sub(r'\stransform="rotate\(-?0 [^"]*"', "", tag)
    tag = re.sub(r"\s+", " ", tag.replace("xlink:href", "href"))
    # an id that matplotlib made is salted with the key, and needs no more of it
    tag = re.sub(rf'\bid="{_NAMED}', f'id="{key}-', tag)
    tag = re.sub(rf"url\(#{_NAMED}", f"url(#{key}-", tag)
    tag = re.sub(rf'href="#{_NAMED}', f'href="#{key}-', tag)
    # seven of its ten signs tell the shapes of a page apart
    tag = re.sub(r'((?:id="|#)m[0-9a-f]{7})[0-9a-f]{3}"', r'\1"', tag)
    # a tenth of a pixel draws the numbers as printed, and tells no more than they do
    return re.sub(r"-?\d+\.\d+(e-\d+)?", lambda number: _tenth(number.group()), tag)


def _tenth(number: str) -> str:
    return f"{to_decimals(float(number), 1):g}"


def _plain(style: str) -> str:
    pairs = [pair.split(":", 1) for pair in style.split(";") if ":" in pair]
    named = {name.strip(): value.strip() for name, value in pairs}
    font = named.pop("font", None)
    if font:  # "700 14px 'DejaVu Sans'": the family is the page's own
        size = re.search(r"[\d.]+px", font)
        named["font-size"] = size.group() if size else f"{LABEL}px"
        if re.match(r"(bold|700)\b", font):
            named["font-weight"] = "700"
    named.pop("font-family", None)
    return "".join(f' {name}="{value}"' for name, value in named.items())
