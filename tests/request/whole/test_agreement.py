"""The agreement of a request with a list: complete, in date, two people where it says.

Every line is told at once, names its key, and says what to write.
"""

from datetime import date

import pytest
from support import approved, small_study

from helpers import request
from helpers.errors import RequestError
from helpers.intake.records.tables import REQUIRED, TABLES
from helpers.request.sharing import ALWAYS_OPENED, LEAST_TIER, TIERS, Source

NEEDED = ("person", "sentence", "offence")
LIST = {"submission": "x.xlsx", "extract": "e", "records_complete_to": "2025-06-30"}
COLLECTION = approved.sources("person")[0] | {"table": "Police National Computer"}
ANALYSES = [{"name": "All", "covariates": {"numeric": ["age"]}}]
AGREEMENT = {
    **dict.fromkeys(
        "purpose lawful_basis justification fairness proportionality".split(), "Told"
    ),
    "approved_by": "A panel", "approved_on": "2026-01-12", "destroy_by": "2026-06-01",
    "received": {"channel": "courier", "on": "2026-02-02", "file_sha256": "0" * 64},
    "provider_signed_off": {"by": "Director", "on": "2026-02-02"},
    "sources": approved.sources(*NEEDED),
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    """All of this happens on 1 June 2026."""
    monkeypatch.setattr(request, "today", lambda: date(2026, 6, 1))


def load(inputs=LIST, analyses=(), **keys):
    sharing = {k: v for k, v in (AGREEMENT | keys).items() if v is not None}
    raw = small_study.study().completed() | {"data_sharing": sharing}
    own = {"inputs": inputs, "robustness": {}, "analyses": list(analyses) or ANALYSES}
    return request.load(raw | own)


def problems(**keys):
    with pytest.raises(RequestError) as error:
        load(**keys)
    start = "request: data_sharing."
    return [line.removeprefix(start) for line in str(error.value).splitlines()]


def test_the_tables_are_those_of_an_extract():
    assert tuple(LEAST_TIER) == tuple(TABLES)
    assert ALWAYS_OPENED == REQUIRED == NEEDED
    assert set(LEAST_TIER.values()) == set(TIERS)


def test_the_approved_tables_are_those_with_a_line():
    assert load().approved_tables == {*NEEDED}
    every = load(sources=approved.sources())
    assert every.approved_tables == {*TABLES}


def test_made_up_people_and_a_ready_cohort_have_no_tables_to_approve():
    made_up = {"made_up": {"people": 400, "submitted": 48}}
    assert load(inputs=made_up).approved_tables is None
    assert load(inputs={"cohort": "x.csv"}).approved_tables is None
    assert load(inputs={"cohort": "x.csv"}, sources=None).approved_tables is None


def test_all_that_a_list_needs_is_told_at_once():
    found = problems(received=None, provider_signed_off=None, sources=None)
    assert [line.split(";")[0] for line in found] == [
        "received is missing",
        "provider_signed_off is missing",
        "sources is missing",
    ]


def test_each_table_that_is_always_opened_needs_a_line():
    assert problems(sources=approved.sources("offence", "alias")) == [
        "sources has no line for person and sentence; without its approval a table is "
        "not opened, and nobody can be found; write {table: person, tier: pnc, "
        "approved_by, approved_on}"
    ]


@pytest.mark.parametrize(
    ("table", "advice"),
    [
        ("Probation records", "write a line for each of person, sentence, "
         "offence, and for each further table that is approved"),
        ("benefits", "did you mean benefit?"),
        ("Person", "did you mean person?"),
        ("../person", "did you mean person?"),
    ],
)  # fmt: skip
def test_a_table_that_an_extract_has_not_is_refused(table, advice):
    lines = [approved.sources("person")[0] | {"table": table}]
    assert problems(sources=lines) == [
        "sources number 1: table must be person, alias, sentence, offence, assessment, "
        f'benefit, employment or Police National Computer; found "{table}"; {advice}'
    ]


def test_a_table_has_one_line():
    assert problems(sources=approved.sources(*NEEDED, "person")) == [
        "sources number 4: table names person a second time; found person; keep one "
        "line for each table"
    ]
    both = [COLLECTION, *approved.sources("benefit", "alias")]
    assert problems(sources=both) == [
        "sources number 3: table names alias a second time; found alias; keep one line "
        "for each table"
    ]


def test_a_collection_stands_for_its_tables_and_no_more():
    assert load(sources=[COLLECTION]).approved_tables == {*NEEDED, "alias"}
    with_work = [COLLECTION, *approved.sources("employment")]
    assert load(sources=with_work).approved_tables == {*NEEDED, "alias", "employment"}
    line = Source(**COLLECTION)
    assert line.least_tier == "pnc" and not line.understated
    employed = [{"name": "All", "covariates": {"categorical": ["employed"]}}]
    assert len(problems(sources=[COLLECTION], analyses=employed)) == 1
    assert load(sources=with_work, analyses=employed)


def test_one_who_signs_and_approves_is_no_mistake_of_the_request():
    assert load(provider_signed_off={"by": "A panel", "on": "2026-02-02"})


def test_no_day_of_it_lies_ahead():
    ahead = "2026-06-02"
    lines = approved.sources(*NEEDED)
    lines[2]["approved_on"] = ahead
    found = problems(
        approved_on=ahead,
        received=AGREEMENT["received"] | {"on": ahead},
        provider_signed_off={"by": "Director", "on": ahead},
        sources=lines,
        ethics={"reviewed_by": "Panel", "on": ahead, "asked_for": "Nothing"},
    )
    assert [line.split(";")[0] for line in found] == [
        "approved_on lies ahead",
        "received.on lies ahead",
        "provider_signed_off.on lies ahead",
        "ethics.on lies ahead",
        "sources number 3: approved_on lies ahead",
    ]
    today = {"by": "Director", "on": "2026-06-01"}
    assert load(provider_signed_off=today).data_sharing.provider_signed_off


def test_the_analyst_neither_signs_nor_approves_a_table():
    analyst = small_study.study().analyst
    lines = approved.sources(*NEEDED)
    lines[1]["approved_by"] = analyst.upper()
    found = problems(
        provider_signed_off={"by": analyst, "on": "2026-02-02"}, sources=lines
    )
    assert [line.split(";")[0] for line in found] == [
        "provider_signed_off.by is the analyst",
        "sources number 2: approved_by is the analyst",
    ]


@pytest.mark.parametrize(
    ("table", "tier", "understated"),
    [
        ("person", "pnc", False),
        ("person", "wider_government", False),
        ("assessment", "pnc", True),
        ("assessment", "pnc_linked_moj", False),
        ("benefit", "pnc_linked_moj", True),
        ("employment", "pnc", True),
        ("employment", "wider_government", False),
    ],
)
def test_a_tier_below_that_of_the_table_is_known(table, tier, understated):
    line = approved.sources(table)[0] | {"tier": tier}
    assert Source(**line).understated is understated
    assert load(sources=approved.sources(*NEEDED) + [line] * (table not in NEEDED))


def test_an_ethics_record_says_who_when_and_what_for():
    assert load().data_sharing.ethics is None
    found = problems(ethics={"reviewed_by": "Panel"})
    assert [line.split(";")[0] for line in found] == [
        "ethics.on is missing",
        "ethics.asked_for is missing",
    ]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"covariates": {"categorical": ["employed"]}},
         ["covariates.categorical needs employed, made from the table employment"]),
        ({"covariates": {"numeric": ["age"]}, "exact": ["on_benefits"]},
         ["exact needs on_benefits, made from the table benefit"]),
        ({"covariates": {"numeric": ["age"]}, "filter": {"needs_drugs": ["Yes"]}},
         ["filter needs needs_drugs, made from the table assessment"]),
        ({"covariates": {"categorical": ["S8Q1"]}},
         ["covariates.categorical needs S8Q1, made from the table assessment"]),
        ({"covariates": {"numeric": ["age"]}, "oasys": "ladder"},
         ["oasys needs assessed needs (OASys), made from the table assessment"]),
        ({"covariates": "standard_with_needs"},
         ["covariates.set needs employed, made from the table employment",
          "covariates.set needs on_benefits, made from the table benefit",
          "covariates.set needs assessed needs (OASys), made from the table "
          "assessment"]),
    ],
)  # fmt: skip
def test_what_is_made_from_a_table_needs_its_approval(keys, told):
    analyses = [{"name": "All"} | keys]
    lines = problems(analyses=analyses)
    assert [line.split(", which is not approved;")[0] for line in lines] == [
        f'request: analyses "All": {start}' for start in told
    ]
    assert all("to data_sharing.sources; or " in line for line in lines)
    assert load(analyses=analyses, sources=approved.sources())


def test_no_approval_is_asked_for_what_needs_none():
    assert load()
    records = {"made_up": {"people": 400, "submitted": 48}}
    standard = [{"name": "All", "covariates": "standard"}]
    assert load(inputs=records, analyses=standard)
    assert load(inputs={"cohort": "x.csv"}, analyses=standard)
