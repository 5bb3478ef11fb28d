"""Own words are shown as they stand, wherever they are put."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.govspeak import NEEDS_KRAMDOWN, markup_besides, plain, rendered

from helpers.publication.report.forms.govspeak.escaping import Ids, line, own

#: what is markup of Govspeak, of kramdown or of HTML somewhere
MARKUP = [
    "$CTA", "$!", "$C", "$E\n", "$$", "^", "^note^", "%", "%care%", "@", "{::comment}",
    "{:/}", "{: #id}", "{barchart}", "{stat-headline}", "[Image: a.png]", "[^1]",
    "[^1]: note", "[Attachment:a]", "[embed:x]", "[c]", "[z]: ", "[a](b)", "!!1", "!",
    "s1. ", "1. ", "2) ", "* ", "- ", "+ ", "# ", "##", "=== ", "---", "...", "....",
    ":england:", ": ", "|", "||", "|---|", "`", "``", "~~~", "*a*", "_a_", "**", "\\",
    "\\|", "&amp;", "&#35;", "&", "<b>", "</p>", "<!-- ", "<<", ">>", "> ", "*[A]: b",
    "x[", ")x", "http://a.b", "a@b.c", "'", '"', "\t", "    ", "\u00a0", "\n\n", "\r",
    "word", "é", "7", "—", "…", "١", "نص", "^\n", "\u2028", "(", ")",
    "$LegislativeList", "`|", "x[a](http://b)x",
]  # fmt: skip
ONE = st.sampled_from(MARKUP) | st.text("ab c.-:^%#", max_size=3)
PIECES = st.lists(ONE, max_size=6).map("".join).filter(lambda text: text.strip())


@NEEDS_KRAMDOWN
@settings(max_examples=examples(30), deadline=None)
@given(st.lists(PIECES, min_size=16, max_size=16))
def test_words_are_shown_as_they_stand(texts):
    safe = [own(text).strip(" ") for text in texts]
    blocks = [
        f"{line(one)}\n\n* {line(one)}\n\n> {line(one)}\n\n## {one}\n\n"
        f"| # Head |# b |\n| --- | ---: |\n| # {one} | {one} |"
        for one in safe
    ]
    body = "\n\n".join(blocks)
    assert markup_besides(body) == []
    page = rendered(body)
    made = "main > div, main > hr, img, a, sup, em, strong, code, br, pre, h1, h3"
    assert page.select(made) == []
    wanted = [plain(text) for text in texts]
    for where in ("main > p", "li", "blockquote", "h2", "tbody th", "tbody td"):
        found = page.select(where)
        assert [plain(one.get_text()) for one in found] == wanted, where


@NEEDS_KRAMDOWN
@settings(max_examples=examples(30), deadline=None)
@given(st.lists(PIECES, min_size=16, max_size=16))
def test_headings_have_the_ids_that_kramdown_gives_them(texts):
    headings = [own(text).strip(" ") for text in texts] * 2
    ids = Ids()
    page = rendered("\n\n".join(f"## {one}" for one in headings))
    assert [one["id"] for one in page.select("h2")] == [ids.of(h) for h in headings]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a &#124; b"),
        ("2 * 3 _x_", "2 \\* 3 \\_x\\_"),
        ("$CTA", "&#36;CTA"),
        ("{::x} {barchart}", "&#123;::x&#125; &#123;barchart&#125;"),
        ("[Image:a.png]", "&#91;Image:a.png&#93;"),
        ("[c] and [z]", "\\[c\\] and \\[z\\]"),
        ("<b> & co", "&lt;b&gt; &amp; co"),
        ("one--two...", "one-&#45;two..&#46;"),
        ("in :wales: only", "in &#58;wales: only"),
        ("a\n\n b", "a b"),
        ("Plain words, 35%: “so” (p = 0.02).", "Plain words, 35%: “so” (p = 0.02)."),
    ],
)
def test_a_sign_of_markup_is_escaped_and_no_other(text, shown):
    assert own(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("% of people", "&#37; of people"),
        ("- a", "&#45; a"),
        ("12. a", "12&#46; a"),
        ("s1. a", "s1&#46; a"),
        ("!!1", "&#33;!1"),
        ("1,200 people", "1,200 people"),
        ("so it is", "so it is"),
    ],
)
def test_the_first_sign_of_a_line_begins_nothing(text, shown):
    assert line(own(text)) == shown


def test_the_same_heading_has_another_id_each_time():
    # kramdown: letters, digits, spaces and hyphens stay, from the first letter on
    ids = Ids()
    headings = ("2. What we did (1)", "What we did 1", "Données", "١", "2", "section")
    assert [ids.of(heading) for heading in headings] == [
        "what-we-did-1", "what-we-did-1-1", "donnes", "section", "section-1",
        "section-2",
    ]  # fmt: skip
