"""A fold of the page as markup: a line to tap, and what lies behind it.

A fold is a native `<details>`: a browser opens it by a tap, a key, a search in the
page, and a link to what it holds. A link to a fold itself leads to the id of what it
holds, since browsers open the folds around a place, and not a fold that is the place.
"""

#: the end of a fold
END = "</div></details>"


def begin(line: str, name: str, *, phone: bool = False) -> str:
    """Give the beginning of a fold, by its line as HTML and a name for links to it.

    With `phone` it is folded on a small screen alone.
    """
    form = "jdl-fold jdl-fold--phone" if phone else "jdl-fold"
    return (
        f'<details class="{form}"><summary>{line}</summary>'
        f'<div class="jdl-fold__in" id="fold-{name}">'
    )


def folded(line: str, name: str, held: str) -> str:
    """Give a fold that holds some markup, by its line as HTML and a name for links."""
    return f"{begin(line, name)}{held}{END}"
