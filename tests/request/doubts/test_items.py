"""The table of items: complete, in order, with the numbers of the standards."""

import pytest

from helpers.request.doubts.items import MARYLAND, ROBINS, SOURCES, TARGET, items

#: the numbers of the checklist as published (JAMA and BMJ, September 2025)
OF_TARGET = (
    "1a 1b 1c 2 3 4 5 6a 6b 6c 6d 6e 6f 6g 6h 7a 7b 7c 7d 7e 7f 7g(i) 7g(ii) 7h(i) "
    "7h(ii) 8 9 10 11 12 13 14 15 16 17 18 19 20 21"
).split()
#: parts of ROBINS-I V2 (20 November 2025) before its domains, and its signalling
#: questions: how many each domain has; the one on deviations was dropped
BEFORE = "P1 A1 A2 A3 B1 B2 B3 C1 C2 C3 C4 D".split()
QUESTIONS = {"1a": 4, "1b": 5, "2": 5, "3": 8, "4": 11, "5": 3, "6": 4}


def of(standard):
    return [item for item in items() if item.standard == standard]


def test_target_has_its_21_items_in_order():
    numbers = [item.item for item in of(TARGET)]
    assert numbers == OF_TARGET
    whole = dict.fromkeys(int("".join(filter(str.isdigit, n))) for n in numbers)
    assert list(whole) == list(range(1, 22))


def test_robins_has_every_part_and_every_signalling_question_in_order():
    found = [item.id.removeprefix("robins_") for item in of(ROBINS)]
    asked = [
        f"{domain}_{number}"
        for domain, count in QUESTIONS.items()
        for number in range(1, count + 1)
    ]
    assert found == [name.lower() for name in BEFORE] + asked


@pytest.mark.parametrize("domain", QUESTIONS)
def test_questions_of_a_domain_are_numbered_as_published(domain):
    here = [i for i in of(ROBINS) if i.id.startswith(f"robins_{domain}_")]
    count = range(1, QUESTIONS[domain] + 1)
    assert [i.item for i in here] == [f"{domain[0]}.{number}" for number in count]
    assert len({i.domain for i in here}) == 1
    assert all(i.scale for i in here)


def test_the_maryland_scale_is_one_item():
    assert [item.scale for item in of(MARYLAND)] == ["1 2 3 4 5"]


def test_every_item_is_told_apart_and_asks_something():
    found = items()
    assert len({item.id for item in found}) == len(found)
    assert all(item.question and item.domain and item.answered_by for item in found)
    assert {item.standard for item in found} == set(SOURCES)
    for source in SOURCES.values():
        assert source.told and source.link.startswith("https://")
