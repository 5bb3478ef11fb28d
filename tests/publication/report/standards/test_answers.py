"""Each rule beside studies made by hand: what it answers, and what it leaves open."""

import pytest
from support import ready_cohort

from helpers.publication import refs
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.standards.answers import (
    ALWAYS,
    BY_SOURCE,
    MUST,
    RULES,
    answered,
)
from helpers.publication.report.standards.study import Study
from helpers.request import load
from helpers.request.doubts.items import PERSON, items

SECTIONS = ("main-points", "programme", "limits", "method", "data-sharing", "about",
            "estimates", "people", "reporting")  # fmt: skip
RATE = "everyone.reoffending_rate.difference"
MISSING = "everyone.balance.area.missing"


def part(section, key, *names, **recipe):
    """A block of the report; numbers make it a table."""
    rows = [["Row", {"ref": name, "format": "count"}] for name in names]
    kind = {"block": "table", "rows": rows} if names else {"block": "words"}
    return Part(section, {"key": key, "caption": key} | kind | recipe)


def study(numbers=None, opened="sealed", *, records=True, analyses=(), **keys):
    """A study with a result; `numbers` are more that its tables show, None hidden."""
    inputs = {"made_up": {"people": 1000, "submitted": 100}}
    raw = ready_cohort.raw("cohort.csv", **({"inputs": inputs} if records else {}))
    raw |= keys
    named = [{"headline": True, **one} for one in analyses]
    raw["analyses"] = [raw["analyses"][0] | one for one in named] or raw["analyses"]
    shown = {RATE: -6.0, "everyone.match_quality": "well"} | (numbers or {})
    parts = [
        part("limits", "limits", *shown),
        part("estimates", "results-reoffending_rate", RATE),
        part("people", "characteristics-everyone"),
        part("people", "flow-everyone"),
        part("method", "estimated", words="how_estimated", data={"opened": [opened]}),
    ]
    released = {name: value for name, value in shown.items() if value is not None}
    if records:
        released.setdefault(refs.NO_CORRECTION, 0.0)
    return Study(load(raw), released, parts, SECTIONS)


def answers(a_study):
    return {row.item.id: row for row in answered(a_study)}


def response(a_study, item):
    return answers(a_study)[item].answer.response


def told(a_study, item):
    pieces = answers(a_study)[item].answer.told
    return "".join(piece for piece in pieces if isinstance(piece, str))


def test_every_item_has_a_rule_a_key_or_a_person():
    made = [*RULES, *ALWAYS, *BY_SOURCE]
    assert len(set(made)) == len(made)
    known = {*made, PERSON, "request:data_sharing.ethics.reviewed_by"}
    assert {item.answered_by for item in items()} == known


@pytest.mark.parametrize("records", [True, False])
def test_an_answer_is_one_of_its_scale(records):
    for row in answers(study(records=records)).values():
        if row.item.scale:
            assert row.answer.response in ("", *row.item.scale.split()), row.item.id


def test_what_only_a_person_can_tell_waits_for_one():
    rows = answers(study())
    for item in ("target_2", "target_18", "target_20", "robins_1a_1", "robins_2_4"):
        assert (rows[item].response, rows[item].by) == (MUST, "nobody yet")


def test_the_analysts_answer_stands_beside_and_replaces_none():
    own = {
        "target_18": "Not registered.",
        "robins_b1": "N: not well.",
        "robins_1a_3": "PY: days to support are.",
    }
    rows = answers(study(reporting=own))
    assert rows["target_18"].by == "the analyst"
    assert rows["target_18"].response == "In words"
    assert not rows["target_18"].answer.told  # or it would say that nobody tells
    assert rows["robins_b1"].response == "Y"
    assert rows["robins_b1"].by == "the run and the analyst"
    assert rows["robins_b1"].own == "N: not well."
    assert rows["robins_1a_3"].response == "PY"
    assert rows["robins_1a_3"].by == "the analyst"


def test_an_interval_that_is_shown_is_told():
    ends = {RATE.replace("difference", end): -9.0 for end in ("ci_low", "ci_high")}
    for made, more in ((study(), []), (study(ends), list(ends))):
        numbers = [
            piece["ref"]
            for piece in answers(made)["robins_a1"].answer.told
            if isinstance(piece, dict)
        ]
        assert numbers == [RATE, *more]


# item -> what is answered of records, and of a ready cohort
OF_SOURCES = {
    "target_6a": ("Reported", ""),
    "target_7a": ("Reported", ""),
    "target_7b": ("Reported", ""),
    "target_7d": ("Reported", ""),
    "target_7e": ("Reported", ""),
    "target_7g_ii": ("Reported", "Reported in part"),
    "target_10": ("Reported in part", ""),
    "robins_1a_3": ("", ""),
    "robins_2_1": ("", ""),
    "robins_3_3": ("", ""),
    "robins_4_1": ("", "PY"),
    "robins_4_7": ("", ""),
    "robins_5_1": ("", ""),
    "robins_1b_1": ("NA", "NA"),
    "robins_b1": ("Y", "Y"),
    "robins_c4": ("N", "N"),
}


@pytest.mark.parametrize("item", OF_SOURCES)
def test_of_a_ready_cohort_less_is_known(item):
    of_records, of_cohort = OF_SOURCES[item]
    assert response(study(), item) == of_records
    assert response(study(records=False), item) == of_cohort


# lines, not found, outcome missing -> 4.2; 30 of 600 are 5%, and no more is settled
FLOWS = [
    ((600.0, 0.0, 0.0), ""),  # of deaths, and of the pool, nothing is known
    ((600.0, 30.0, 0.0), ""),
    ((600.0, 31.0, 0.0), "PN"),
    ((600.0, 0.0, 31.0), "PN"),
    ((600.0, 20.0, 20.0), "PN"),
    ((600.0, 20.0, None), ""),
    ((600.0, None, 20.0), ""),
    ((600.0, 48.0, None), "PN"),  # more than 5% whatever is hidden
    ((None, 20.0, 0.0), ""),
]


@pytest.mark.parametrize(("flow", "expected"), FLOWS)
def test_how_many_have_a_known_outcome(flow, expected):
    boxes = (refs.SUBMITTED, refs.NOT_LINKED, refs.OUTCOME_MISSING)
    made = study(dict(zip(boxes, flow, strict=True)))
    assert response(made, "robins_4_2") == expected


def test_a_box_that_is_left_out_is_empty_only_where_none_is_hidden():
    def answer(**more):
        plain = study({refs.SUBMITTED: 600.0, refs.NOT_LINKED: 10.0} | more)
        released = plain.released | {refs.OUTCOME_MISSING: 0.0}
        made = Study(plain.request, released, plain.parts, SECTIONS)
        return told(made, "robins_4_2")

    hidden = "does not show of how many"
    assert hidden not in answer()
    assert hidden in answer(**{refs.OTHER_BOXES: 12.0})
    assert hidden in answer(**{refs.box("duplicate"): None})


# per cent missing in both groups -> 4.3
CHARACTERISTICS = [
    ({}, "PY"),
    ({"mean_treatment": 4.0, "mean_comparison_after": 5.0}, "PY"),
    ({"mean_treatment": 4.0, "mean_comparison_after": 6.0}, "PN"),
    ({"mean_treatment": 4.0, "mean_comparison_after": None}, ""),
    ({"mean_treatment": 9.0, "mean_comparison_after": None}, "PN"),
]  # fmt: skip


@pytest.mark.parametrize(("shares", "expected"), CHARACTERISTICS)
def test_how_many_characteristics_are_known(shares, expected):
    rows = {refs.within(MISSING, name): share for name, share in shares.items()}
    found = answers(study(rows))
    assert found["robins_4_3"].answer.response == expected
    if expected == "PN":  # the number of which most is missing
        worst = [p["ref"] for p in found["robins_4_3"].answer.told if p and "ref" in p]
        assert rows[worst[0]] == max(v for v in rows.values() if v)


def test_people_without_an_outcome_are_left_out_as_in_complete_cases():
    flow = {refs.SUBMITTED: 100.0, refs.NOT_LINKED: 20.0, refs.OUTCOME_MISSING: 0.0}
    rows = answers(study(flow))
    assert rows["robins_4_2"].answer.response == "PN"
    assert rows["robins_4_4"].answer.response == "PY"
    assert rows["robins_4_5"].answer.response == ""
    assert rows["robins_4_7"].answer.response == "NA"


#: when outcomes were opened -> what domain 6 says of it
OPENED = {
    "sealed": "only after the matching was settled",
    "held": "held the outcomes all along",
    "before": "after the outcomes had first been opened",
    "pool": "after the outcomes of the pool were opened",
}


@pytest.mark.parametrize("opened", OPENED)
def test_a_sealed_outcome_alone_bears_out_no_plan(opened):
    """The matching is sealed; which measure or analysis comes first is not."""
    made = study(opened=opened)
    for item in ("robins_6_1", "robins_6_2", "robins_6_3", "robins_6_4"):
        assert response(made, item) == ""
        assert OPENED[opened] in told(made, item)


def test_some_of_the_treatment_group_alone_is_a_question_of_selection():
    some = study(analyses=[{"treatment_filter": {"completed": "yes"}}])
    assert response(some, "robins_3_3") == ""
    assert response(some, "robins_c4") == ""
    assert "some of the treatment group" in told(some, "robins_c4")
    # which variant is asked of hangs on it
    assert "C4 is Y" in told(some, "robins_1b_1")
    assert "C4 is N" in told(some, "robins_1a_1")


def test_without_starts_of_support_nothing_is_claimed_of_delays():
    unknown = answers(study({refs.NO_CORRECTION: 1.0}))
    assert unknown["robins_2_1"].answer.response == ""
    assert unknown["robins_2_2"].answer.response == ""
    assert "not allowed for" in "".join(unknown["target_7d"].answer.told)
    for item in ("robins_1a_3", "robins_2_1", "robins_3_3"):
        assert "starts of support" in "".join(unknown[item].answer.told), item


DELAY = "everyone.balance.days_to_support.mean_treatment"


def test_time_before_support_selects_by_what_came_after_the_start():
    """A reoffence between index date and support leaves a person out (37 of 600)."""
    made = study({DELAY: 20.0, refs.REOFFENDED_BEFORE: 37.0})
    rows = answers(made)
    assert rows["robins_2_1"].response == "PN"
    assert rows["robins_2_2"].response == "PY"
    assert rows["robins_2_3"].response == "NA"
    assert rows["robins_3_3"].response == "Y"
    numbers = [p["ref"] for p in rows["robins_3_3"].answer.told if "ref" in p]
    assert numbers == [refs.REOFFENDED_BEFORE]
    assert rows["robins_3_4"].response == rows["robins_3_5"].response == MUST
    assert "days from the index date to support" in told(made, "robins_1a_3")


def test_without_a_row_for_the_days_to_support_no_time_is_claimed():
    made = study({refs.REOFFENDED_BEFORE: 0.0})
    for item in ("robins_2_1", "robins_2_2", "robins_3_3"):
        assert response(made, item) == ""
        assert "does not show whether support began" in told(made, item)
    assert "days from the index date" not in told(made, "robins_1a_3")


# what the analyst answers -> a later question, and what it then is
LATER = [
    ({}, "robins_3_2", MUST),
    ({"robins_3_1": "PY: nearly"}, "robins_3_2", MUST),
    ({"robins_3_1": "WN: it began later"}, "robins_3_2", "NA"),
    ({"robins_3_1": "SN"}, "robins_3_6", MUST),
    ({"robins_3_1": "WN", "robins_3_5": "N"}, "robins_3_6", "NA"),
    ({"robins_3_1": "WN"}, "robins_3_6", MUST),  # 3.5 waits
    ({"robins_3_1": "WN", "robins_3_3": "N"}, "robins_3_5", "NA"),
    ({"robins_3_1": "WN", "robins_3_3": "N"}, "robins_3_8", "NA"),
    ({"robins_5_2": "N"}, "robins_5_3", "NA"),
    ({"robins_5_2": "NI"}, "robins_5_3", MUST),
    ({"robins_4_1": "Y", "robins_4_2": "PY"}, "robins_4_4", "NA"),  # 4.3 is PY
    ({"robins_4_1": "Y", "robins_4_2": "PY"}, "robins_4_9", "NA"),
    ({"robins_4_1": "Y", "robins_4_2": "PY"}, "robins_4_11", "NA"),
    ({"robins_4_1": "N"}, "robins_4_4", MUST),
    ({"robins_4_1": "N", "robins_4_4": "Y"}, "robins_4_7", "NA"),
]


@pytest.mark.parametrize(("own", "item", "expected"), LATER)
def test_what_is_answered_settles_whether_a_later_question_is_asked(
    own, item, expected
):
    row = answers(study(reporting=own))[item]
    assert row.response == expected
    if expected == MUST and not own:
        assert "3.1 is Y or PY." in "".join(row.answer.told)


def test_of_a_ready_cohort_nothing_is_claimed_of_time_before_support():
    rows = answers(study(records=False))
    for item in [name for name in rows if name.startswith(("robins_2", "robins_3"))]:
        pieces = "".join(p for p in rows[item].answer.told if isinstance(p, str))
        assert "support" not in pieces, item


def test_without_a_result_there_is_nothing_to_assess():
    found = answers(study({RATE: None}))
    robins = [row for item, row in found.items() if item.startswith("robins")]
    assert {row.answer.response for row in robins} == {"NA"}
    for item in ("target_12", "target_13"):
        assert found[item].answer.response == "Not reported"
    assert found["target_1c"].answer.response == "Reported in part"


def test_what_stands_nowhere_is_not_reported():
    bare = study()
    bare = Study(bare.request, bare.released, [], ())
    for item in ("target_8", "target_9", "target_14", "target_16"):
        assert response(bare, item) == "Not reported"


def test_further_analyses_are_reported_where_they_stand():
    plain = study()
    assert response(plain, "target_14") == "Not reported"
    more = [*plain.parts, part("robustness", "forest-estimators", RATE)]
    told = Study(plain.request, plain.released, more, (*SECTIONS, "robustness"))
    assert response(told, "target_14") == "Reported"


def test_a_negative_control_is_pointed_to_and_left_to_a_person():
    plain = study()
    more = [*plain.parts, part("doubts", "earlier-everyone", RATE)]
    told = Study(plain.request, plain.released, more, (*SECTIONS, "doubts"))
    row = answers(told)["robins_1a_4"]
    assert row.response == MUST
    assert ("doubts", "earlier-everyone") in told.places(row.answer.at)


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        ({"ethics": {"reviewed_by": "Ethics panel, 26/014", "on": "2026-01-20",
                     "asked_for": "Nothing"}}, "Reported"),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_ethics_board_is_the_requests(sharing, expected):
    agreement = dict.fromkeys(
        "purpose lawful_basis justification fairness proportionality approved_by"
        .split(), "Told",
    ) | {"approved_on": "2026-01-12", "destroy_by": "2099-12-31"}  # fmt: skip
    row = answers(study(data_sharing=agreement | sharing))["target_17"]
    assert row.answer.response == expected
    assert row.by == ("the request" if expected else "nobody yet")


# Maryland ----------------------------------------------------------------------------

#: how chance or choice decided, and how well the groups are matched -> level
LEVELS = [
    ("choice", "well", "4"),
    ("choice", "reasonably", "3"),
    ("choice", "poorly", "2"),
    ("chance", "well", ""),  # the pool is not whom chance left out
    ("chance", "poorly", ""),
    ("choice", None, ""),
]


@pytest.mark.parametrize(("by", "match", "level"), LEVELS)
def test_the_level_on_the_maryland_scale(by, match, level):
    programme = {"name": "A", "intervention_type": "Mentoring", "selection_by": by}
    made = study({"everyone.match_quality": match}, programme=programme)
    assert response(made, "maryland") == level
    if match:
        assert "by a rule of this kit" in told(made, "maryland")
    assert ("level five" in told(made, "maryland")) == (by == "chance")


def test_the_level_is_that_of_the_weakest_headline():
    named = [{"name": "Men"}, {"name": "Women"}]
    quality = {"men.match_quality": "well", "women.match_quality": "reasonably"}
    row = answers(study(quality, analyses=named))["maryland"]
    assert row.answer.response == "3"
    assert "Men: level 4" in "".join(row.answer.told)
    assert "Women: level 3" in "".join(row.answer.told)


def test_a_poor_match_has_a_level_though_no_result_is_shown():
    poor = study({RATE: None, "everyone.match_quality": "poorly"})
    assert response(poor, "maryland") == "2"
