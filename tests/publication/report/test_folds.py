"""Blocks folded away: one native details a run of blocks, and nothing lost in it."""

import json
from dataclasses import replace

from bs4 import BeautifulSoup
from support.small_report import cells_of_every_kind, content, plain, summary_bar

from helpers.publication import blocks, folding
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import release
from helpers.publication.facts.counted import COUNTS
from helpers.publication.facts.resolve import resolve
from helpers.publication.report import folds, pages, reading_back
from helpers.publication.report.origins import Origins
from helpers.publication.report.publish_cells import Code, Part

WHAT = ("Substance misuse: ", blocks.ref("summary.increase"), " results")

#: the folds of results so far, without those of the sections that follow
OF_FINDINGS = "h2#findings ~ details.jdl-fold:not(h2#data-sharing ~ details)"


def words(run, key, fold=None):
    data = {"sentences": [[f"Words of {key}."]]}
    return blocks.words(run, key, words="sentences", data=data, fold=fold).recipe


def in_fold(recipe, *what, phone=False):
    return recipe | {"fold": blocks.fold(*what, phone=phone)}


def page_of(found, request):
    cells, sums = cells_of_every_kind()
    decision = release(cells, sums, profile="default", threshold=10)
    whole = content(found, request, decision)
    shown = pages.published(whole)
    assert not reading_back.read_back(shown, whole.decision)
    assert not reading_back.numbers_from_nowhere(shown, request)
    return BeautifulSoup(shown, "html.parser")


def test_blocks_with_the_same_fold_lie_in_one_and_keep_their_own_details(
    study, make_run
):
    run = make_run()
    found = [
        Part("by-sector", words(run, "open")),
        Part("by-sector", words(run, "first", blocks.fold(*WHAT))),
        Part("by-sector", in_fold(summary_bar(run).recipe, *WHAT)),
        Part("by-sector", words(run, "other", blocks.fold("Mentoring: one result"))),
    ]
    page = page_of(found, study())
    first, other = page.select(OF_FINDINGS)
    assert plain(str(first.summary)) == "Substance misuse: 7 results"
    assert first.summary.data["data-ref"] == "summary.increase"
    assert "Words of first." in first.get_text()
    assert first.select("#figure-summary")
    assert [d.summary.get_text() for d in first.select("details.jdl-details")] == [
        "The numbers of Figure 1, as a table"
    ]
    assert plain(str(other)) == "Mentoring: one result Words of other."
    assert not page.select("details.jdl-fold details.jdl-fold")
    assert [fold.div["id"] for fold in (first, other)] == ["fold-first", "fold-other"]
    assert page.find(string="Words of open.").find_parent("details") is None
    assert not page.select("details[open]")


def test_the_parts_of_results_so_far_lie_in_one_section(study, make_run):
    run, inner = make_run(), blocks.fold("By intervention type")
    found = [
        Part("by-intervention", words(run, "a", blocks.fold("Mentoring"))),
        Part("by-intervention", words(run, "b", inner)),
        Part("by-intervention", words(run, "c", blocks.fold("Courts", within=inner))),
        Part("by-sector", words(run, "d", blocks.fold("By sector type"))),
    ]
    page = page_of(found, study())
    # the line of each fold says what part it is: no heading stands beside
    assert page.select_one("h2#findings").find_next_sibling().name == "details"
    shown = [plain(str(fold)) for fold in page.select(OF_FINDINGS)]
    assert shown == [
        "Mentoring Words of a.",
        "By intervention type Words of b. Courts Words of c.",
        "By sector type Words of d.",
    ]


def test_code_stands_below_a_fold(make_run):
    run, code = make_run(), Code("04_charts", "Show results", "display(*made)")
    fold = blocks.fold("Mentoring: one result")
    parts = [
        Part("findings", words(run, "a", fold), code, ends=False),
        Part("findings", words(run, "b", fold), code),
        Part("findings", words(run, "c"), replace(code, source="display(c)")),
    ]
    shown = list(folds.in_order(parts, {}, code=True))
    keys = [
        shown_["text/html"][:24] if "text/html" in shown_ else json.dumps(shown_)[-60:]
        for shown_ in shown
    ]
    assert [text.startswith("<details class=\"jdl-fold") for text in keys] == [
        True, *[False] * 6
    ]  # fmt: skip
    assert [text.startswith("<details class=\"jdl-code") for text in keys] == [
        *[False] * 4, True, False, True
    ]  # fmt: skip
    assert keys[3] == folding.END


def test_a_fold_of_small_screens_says_so_in_its_class(make_run):
    parts = [Part("so-far", words(make_run(), "a", blocks.fold("All", phone=True)))]
    opened = next(folds.in_order(parts, {}, code=False))["text/html"]
    assert 'class="jdl-fold jdl-fold--phone"' in opened


def test_a_number_in_the_line_of_a_fold_is_no_link_for_reviewers():
    """A tap on it opens the fold; elsewhere it leads to where the number comes from."""
    cells, sums = cells_of_every_kind()
    decision = release(cells, sums, profile="default", threshold=10)
    ref = "summary.increase"
    origins = Origins(by_ref(cells), {}, decision, [ref], 10)
    shown = f'<data value="7.0" data-ref="{ref}">7</data>'
    line = f"<summary>{shown}</summary>"
    assert origins.linked(f"{line}<p>{shown}</p>") == (
        f'{line}<p><a class="jdl-origin" href="#number-1">{shown}</a></p>'
    )


def test_folds_lie_in_a_fold_that_they_share(make_run):
    run = make_run()
    men = blocks.fold("Men")
    before, after = (blocks.fold(text, within=men) for text in ("Before", "After"))
    women = blocks.fold("Before", within=blocks.fold("Women"))
    placed = [("a", men), ("b", before), ("c", before), ("d", after), ("e", men)]
    parts = [Part("people", words(run, key, fold)) for key, fold in placed]
    parts += [Part("people", words(run, "f", women)), Part("people", words(run, "g"))]
    told = "".join(_told(shown) for shown in folds.in_order(parts, {}, code=False))
    assert told == "[Men:a[Before:bc][After:d]e][Women:[Before:f]]g"
    lines = "".join(s.get("text/html", "") for s in folds.in_order(parts, {}, code=0))
    ids = [held["id"] for held in BeautifulSoup(lines, "html.parser").select("[id]")]
    assert ids == ["fold-a", "fold-b", "fold-d", "fold-f", "fold-f-1"]


def test_a_section_may_lie_in_a_fold_whole_its_blocks_too(study, make_run):
    page = page_of([Part("findings", words(make_run(), "a"))], study())
    glossary, safes = (page.select_one(f"#fold-section-{key}").parent
                       for key in ("glossary", "data-sharing"))  # fmt: skip
    assert plain(str(safes.summary)).startswith("The Five Safes: ")
    assert safes.select_one("#table-hidden-numbers")
    assert len(glossary.select("dt")) >= 1
    assert plain(str(glossary.summary)).endswith(" this page uses")


def _told(shown):
    """Give a block by its key, a fold as its line in brackets."""
    if folds.MIME in shown:
        return shown[folds.MIME]["key"]
    line = BeautifulSoup(shown["text/html"], "html.parser").get_text()
    return f"[{line}:" if line else "]"


#: differences in per cent; of three things the first is alike (5 at most, by either
#: sign), the second nearly (10 at most, by its largest), the third further apart
SIZES = {"a.one": -4.9, "a.two": 1.0, "a.three": -7.5, "a.four": 10.1}
THINGS = [["a.one"], ["a.two", "a.three"], ["a.four"]]


def counts(released):
    found = {}
    for which in COUNTS:
        recipe = blocks.counted("a.count", which, THINGS)
        found[which] = resolve(recipe, released).text
    return found


def test_counts_are_made_of_the_numbers_that_are_shown():
    assert counts(SIZES) == {
        "all": "3", "alike": "1", "nearly": "1", "apart": "1", "hidden": "0"
    }  # fmt: skip
    # where one of a thing is hidden nothing is told of that thing
    without = {name: size for name, size in SIZES.items() if name != "a.two"}
    assert counts(without) == {
        "all": "3", "alike": "1", "nearly": "0", "apart": "1", "hidden": "1"
    }  # fmt: skip
    # and one that is not there, since nobody differs, is passed over
    none = counts(SIZES | {"a.two": None, "a.four": None})
    assert (none["nearly"], none["hidden"]) == ("1", "1")


def test_a_line_says_what_a_function_makes_of_released_numbers(study, make_run):
    run = make_run()
    several = blocks.counted("summary.several", "all", [["summary.increase"]])
    line = blocks.said(
        words="sentences", data={"sentences": [["Of these results: ", several]]}
    )
    page = page_of([Part("by-sector", words(run, "a", blocks.fold(line)))], study())
    told = page.select_one(OF_FINDINGS).summary
    assert plain(str(told)) == "Of these results: 1"
    assert told.data["data-ref"] == "summary.several"


def test_a_long_name_in_a_line_is_marked_so_that_a_phone_can_shorten_it(make_run):
    run = make_run()
    long = "People of the Smith & Daughters association for mentoring in the north"
    found = [
        Part("a", words(run, "a", blocks.fold(f"{long}: 40 analysed"))),
        Part("b", words(run, "b", blocks.fold("Men: 30 analysed"))),
    ]
    shown = folds.in_order(found, {}, code=False, names=[long, "Men"])
    page = BeautifulSoup("".join(s.get("text/html", "") for s in shown), "html.parser")
    lines = [summary.get_text() for summary in page.select("summary")]
    assert lines == [f"{long}: 40 analysed", "Men: 30 analysed"]
    assert [name.get_text() for name in page.select(".jdl-long")] == [long]
