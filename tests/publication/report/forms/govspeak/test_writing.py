"""Markup of the page as Govspeak: each kind of block, worked out by hand."""

import pytest

from helpers.publication.report.forms.govspeak.elements import read
from helpers.publication.report.forms.govspeak.writing import Body


def written(*markup):
    body = Body()
    for one in markup:
        body.add(read(one))
    return body.text().rstrip("\n")


def lines(*markup):
    return written(*markup).split("\n")


TABLE = (
    '<div class="jdl-scroll"><table id="table-k"><caption>Table 1: Who</caption><thead>'
    '<tr><th scope="col">Who</th><th scope="col" class="num">n</th></tr></thead><tbody>'
    '<tr><th scope="row">All</th><td class="num"><data value="7.0">7</data></td></tr>'
    '</tbody><tbody><tr><th class="group" colspan="2">Sex</th></tr><tr><th scope="row">'
    'Female</th><td><span role="img" aria-label="hidden">[c]</span></td></tr></tbody>'
    '<tbody><tr><th class="group" colspan="2">Area</th></tr></tbody></table></div>'
)


def test_a_table_has_a_title_headers_and_groups_in_its_rows():
    assert lines(TABLE) == [
        "### Table 1: Who",
        "",
        "| # Who | # n |",
        "| --- | ---: |",
        "| # All | 7 |",
        "| # Sex: Female | \\[c\\] |",
        "| # Area |  |",
    ]


def test_a_cell_is_one_line_and_its_markup_words():
    cell = 'a|b<br><span aria-hidden="true">no</span><div>c</div><strong>d</strong>'
    table = TABLE.replace('<data value="7.0">7</data>', cell)
    assert "| # All | a&#124;b c **d** |" in lines(table)


def test_a_figure_is_an_image_between_its_title_and_its_data():
    figure = (
        '<figure id="figure-k" class="jdl-figure"><figcaption><span '
        'class="jdl-figure__head">Figure 1: So</span> <span>By year</span></figcaption>'
        '<div class="jdl-chart"><div class="jdl-wide"><svg><title>t</title><b></svg>'
        '</div></div><p class="jdl-note">Source: S</p></figure><details class='
        f'"jdl-details"><summary>Show the data</summary>{TABLE}'
        '<p><a download="k.csv" href="data:x">Download</a></p></details>'
    )
    shown = [one for one in lines(figure) if one]
    assert shown[:5] == [
        "### Figure 1: So", "By year", "[Image:k.png]", "Source: S", "### Table 1: Who",
    ]  # fmt: skip
    assert shown[-1] == "| # Area |  |"


def test_folds_are_headings_and_what_lies_in_them_stands_below():
    inner = '<details class="jdl-fold"><summary>In</summary><h3>Deep</h3></details>'
    fold = f'<details class="jdl-fold"><summary>Out</summary><p>a</p>{inner}</details>'
    phone = '<details class="jdl-fold jdl-fold--phone"><summary>No</summary><p>b</p>'
    section = (
        f"<h2>S</h2><h3>Part</h3>{fold}{TABLE}<h3>Next</h3>{phone}</details>{fold}"
    )
    heads = [one for one in lines(section, "<h2>T</h2>", fold) if one.startswith("#")]
    assert heads == [
        "## S", "### Part", "#### Out", "##### In", "###### Deep", "#### Table 1: Who",
        "### Next", "#### Out", "##### In", "###### Deep",
        "## T", "### Out", "#### In", "##### Deep",
    ]  # fmt: skip


def test_a_fold_after_what_can_be_said_is_beside_its_measure():
    say = '<h3>{}</h3><div class="jdl-say"><div><h4>Cannot</h4><p>a</p></div></div>'
    fold = (
        f'<details class="jdl-fold"><summary>B</summary>{say.format("Often")}</details>'
    )
    section = f"<h2>S</h2>{say.format('Rate')}{fold}{fold}"
    heads = [one for one in lines(section) if one.startswith("#")]
    of_fold = ["### B", "#### Often", "##### Cannot"]
    assert heads == ["## S", "### Rate", "#### Cannot", *of_fold, *of_fold]


def test_the_line_of_what_is_no_fold_is_no_heading():
    details = "<details><summary>Why</summary><p>So.</p></details>"
    assert lines(details) == ["**Why**", "", "So."]


def test_links_lead_to_headings_and_lose_what_is_not_there():
    words = (
        '<p><a href="#table-k">Table\u00a01</a>, <a href="#s">S</a>, '
        '<a href="#p">p</a>, <a href="#none">none</a>, <a href="https://a.b/c(d)|e">web</a>,'
        ' <a href="javascript:x">bad</a></p>'
    )
    shown = written('<h2 id="s">Some s</h2><div id="p">P</div>', words, TABLE)
    assert (
        "[Table\u00a01](#table-1-who), [S](#some-s), [p](#some-s), none, "
        "[web](https://a.b/c%28d%29%7Ce), bad" in shown
    )


def test_a_finding_is_a_box_under_its_heading():
    finding = '<div class="jdl-finding"><p>Tag</p><h3>Fewer</h3><p>6 fewer</p>{}</div>'
    assert lines(finding.format("")) == [
        "### Fewer", "", "$!", "", "Tag", "", "6 fewer", "", "$!",
    ]  # fmt: skip
    assert "$!" not in written(finding.format("<h4>Further</h4>"))


def test_whom_to_ask_is_a_contact_box():
    assert lines('<p class="jdl-contact">Write to a@b.c</p>') == [
        "$C", "Write to a@b.c", "$C",
    ]  # fmt: skip


def test_what_is_true_of_the_page_alone_is_left_out():
    cite = '<details class="jdl-cite"><summary>Cite</summary><p>b</p></details>'
    assert written(f'<p>a</p><p class="jdl-of-page">One file</p>{cite}') == "a"


def test_lists_keep_their_items_apart_from_the_list_before():
    one = "<ul><li>a</li><li><p>b</p><p>c</p><ul><li>d</li></ul></li></ul>"
    assert lines(one) == ["* a", "* b", "", "  c", "", "  * d"]
    assert lines(one + one)[-9:] == ["  * d", "", "a", "", "b", "", "c", "", "* d"]
    facts = "<dl><dt>Name</dt><dd>A: b</dd><dt>Day</dt><dd>1 May</dd></dl>"
    assert lines(facts) == ["* **Name:** A: b", "* **Day:** 1 May"]
    assert lines("<ol><li>a</li></ol>") == ["1. a"]


def test_a_quotation_is_quoted_line_by_line():
    assert lines("<blockquote><p>- a</p><p>b</p></blockquote>") == [
        "> &#45; a", ">", "> b",
    ]  # fmt: skip


def test_a_symbol_is_explained_once_at_the_foot():
    note = '<p class="jdl-note">[c] is hidden to protect people.</p>'
    shown = lines(note, note)
    assert shown[0] == "\\[c\\] is hidden to protect people.[^c]"
    assert shown[2] == "\\[c\\] is hidden to protect people."
    assert shown[-1].startswith("[^c]: \\[c\\] stands where a number is hidden")
    assert "[^z]" not in written(note)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<strong>a </strong>b", "**a** b"),
        ("<em>a</em><strong> </strong>", "*a*"),
        ("<code>a_b.py</code> <code>a|b</code>", "`a_b.py` a&#124;b"),
        ("<bdi>نص</bdi> <data value='1'>1</data>", "نص 1"),
        ("<kbd>a</kbd>", "a"),
        ("a<br>b", "a b"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ],
)
def test_words_within_a_line(markup, shown):
    assert written(f"<p>{markup}</p>") == shown


@pytest.mark.parametrize("markup", ["<p>a", "<p>a</div>", "<ul><li>a</ul>"])
def test_markup_that_is_not_well_nested_is_refused(markup):
    with pytest.raises((ValueError, IndexError)):
        read(markup)
