"""Every sentence of the wording, for every kind, verdict and set of words."""

import re

from support.small_report import plain
from support.small_words import (
    BEHIND,
    NOT_HEADLINED,
    OWN,
    STANDARD,
    data,
    flow,
    matched,
    measure,
    number,
    quality,
)

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS, findings, request_texts
from helpers.publication.wording.glossary import TERMS, glossary

#: phrases that overstate, as the acceptance check of a page lists them
BANNED = re.compile(
    r"\b(?:proves?|proved|proven that|no (?:effect|impact)|had no (?:effect|impact)|"
    r"did not work|failed to reduce|trend towards|approaching significance|"
    r"almost significant|highly significant|ex-offenders?|offenders?)\b",
    re.IGNORECASE,
)


def every_sentence(noun="people", **texts):
    """Everything that is said, without what to write when a sentence is cited."""
    for shown in _every_sentence(noun, **texts):
        yield uncited(shown)


def uncited(shown):
    return re.sub(r'<details class="jdl-cite.*?</details>', "", shown)


def _every_sentence(noun="people", **texts):
    for words in (STANDARD, OWN):
        for kind in STANDARD:
            for found in BEHIND:
                here = measure(kind, found, words, **texts)
                given = data(here, here, noun=noun)
                for name in ("main_points", "estimate", "can_say"):
                    yield WORDS[name](given)
                yield findings.headline_sentence(given)
    for why in NOT_HEADLINED:
        for name in ("main_points", "can_say"):
            yield WORDS[name](data(noun=noun, **why))
    for changes in (
        {},
        {"match_quality": number("q", "c")},
        {"share_matched": number("s", 95.0)},
    ):
        yield WORDS["match_quality"](quality(noun=noun, **changes))
    widths = [number("first", 0.05, "setting")]
    wide = {"choice": "named", "widest": number("limit", 0.03, "decimals_3")}
    poor = {"match_quality": Number("q", "poorly", "text")}
    usual = {"choice": "usual", "reach": "bandwidth", "unit": ""}
    for changes in (wide, usual, poor, {"widened": True, "tried": widths}):
        yield WORDS["match_quality"](quality(noun=noun, **changes))
    yield WORDS["flow"](flow(noun=noun))
    kept = [["Age: ", number("from", 18, "setting"), " or more."]]
    aside = [number("a", 12, "count"), number("b", "c")]
    aside = {"set_aside": aside, "set_aside_for": ["Region"]}
    yield WORDS["flow"](flow(noun=noun, kept=kept, **aside))
    for opened in (["sealed"], ["held"], ["held", "before"]):
        yield WORDS["how_estimated"]({"opened": opened, "weighted": True})
    yield WORDS["how_matched"](matched(noun=noun))
    yield from limits(noun)
    yield glossary(" ".join(TERMS))


def limits(noun="people", **texts):
    """Strengths and limits of every match."""
    for value in ("well", "reasonably", "poorly"):
        analysis = data(
            noun=noun,
            characteristics="nine",
            match_quality=Number("q", value),
            share_matched=number("s", 95),
            reach="caliper",
            widest=number("limit", 0.03, "decimals_3"),
            width=number("width", 0.04, "decimals_3"),
            differences=[number("d", 12.0, "smd"), number("e", "c", "smd")],
        )
        points = {"own": [], "strengths": [], "limits": [], "several": False}
        points["comparisons"] = [number(str(n), n) for n in range(3)]
        yield WORDS["limits"](points | {"analyses": [analysis | texts]} | texts)


def test_no_sentence_overstates():
    for shown in every_sentence():
        said = plain(shown)
        assert not BANNED.search(said), said
        assert said.lower().count("significant") == said.lower().count(
            "statistically significant"
        ), said


def test_the_list_of_phrases_catches_what_it_should():
    for said in ("This proves it.", "had no effect", "no impact on reoffending"):
        assert BANNED.search(said)
    assert not BANNED.search("proven reoffences; made no difference")


def test_every_sentence_reads_clean():
    for shown in every_sentence("women"):
        said = plain(shown)
        assert not re.search(r" [.,;]|\.\.|,\.|\(\)|None|nan|\bthe the\b", said), said
        for sentence in re.split(r"(?<=\.) ", said):
            assert (
                sentence[0] in "[(£" or sentence[0].isupper() or sentence[0].isdigit()
            )
        assert "people who" not in said or "similar people" not in said, said


def test_women_are_not_called_people_where_they_are_counted():
    for kind in STANDARD:
        for found in BEHIND:
            given = data(measure(kind, found), noun="women", some_left_out=False)
            for name in ("main_points", "estimate", "can_say"):
                said = plain(WORDS[name](given))
                said = re.sub(r"More people would|to protect people", "", said)
                said = said.replace("Inconclusive: too few people to test", "")
                assert "people" not in said.replace("two groups", ""), said


def test_own_words_never_say_reoffended():
    for kind in OWN:
        for found in BEHIND:
            given = data(measure(kind, found, OWN), measure(kind, found, OWN))
            for name in ("main_points", "estimate", "can_say"):
                said = plain(uncited(WORDS[name](given)))
                assert "reoffen" not in said and "roven" not in said, said


def test_no_number_is_typed_by_hand():
    """Digits come from cells, or are of the method; the page's own check knows both."""
    for shown in every_sentence():
        typed = re.sub(r"<data .*?</data>|<svg.*?</svg>|<a .*?</a>", "", shown)
        typed = re.sub(r'<span data-numcheck="off">.*?</span>', "", typed)
        typed = re.sub(r"\b100\b|95% (?=interval)|12 months", "", plain(typed))
        assert not re.search(r"\d", typed), typed


def test_few_passages_ask_the_check_of_numbers_to_look_away():
    every = "".join({*every_sentence()})
    assert len(set(re.findall(r'data-numcheck="off">(.*?)<', every))) <= 5


def test_words_of_a_request_cannot_become_markup():
    bad = "<script>alert('x')</script> & Co"
    given = data(
        measure(
            label=bad, definition=bad, title=bad, few=bad, reason=bad, found="untested"
        ),
        analysis=bad,
        programme=bad,
        noun=bad,
        several=True,
    )
    shown = [WORDS[name](given) for name in ("main_points", "estimate", "can_say")]
    shown += [
        findings.headline_sentence(given | {"not_headlined": bad, "why": "hidden"}),
        WORDS["main_points"](given | {"not_headlined": bad, "why": "hidden"}),
        WORDS["estimate"](data(measure(found="none", reason=bad))),
        WORDS["flow"](flow(organisation=bad, noun=bad)),
        WORDS["match_quality"](
            quality(lost=Number("l", bad, "text"), noun=bad, analysis=bad, scale=bad)
        ),
        WORDS["how_matched"](matched(covariates=[bad], exact=[bad], method=bad)),
        *limits(own=[bad]),
        *limits(strengths=[[bad, bad]]),
        *limits(limits=[[bad, bad]], several=True, analysis=bad, noun=bad),
        WORDS["sentences"]({"sentences": [[bad, number("n", 3, "count")]]}),
        request_texts.facts_list({bad: bad}),
    ]
    for markup in shown:
        assert "<script" not in markup
        assert "alert" in markup
