"""Which questions of ROBINS-I V2 are asked only after the answers to others.

An earlier question is answered by its rule or, where that leaves it open, by the
analyst.
"""

from collections.abc import Mapping

from helpers.publication.report.standards.answer import NA, Answer, person, said
from helpers.request.doubts.items import items

YES, NO = frozenset("Y PY SY WY".split()), frozenset("N PN NI".split())
VARIANT_A, VARIANT_B = (("robins_c4", frozenset(code)) for code in "NY")

#: a question -> earlier ones with the answers after any of which it is asked
ASKED: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "robins_b2": (("robins_b1", NO),),
    **{f"robins_1a_{number}": (VARIANT_A,) for number in range(1, 5)},
    "robins_1b_1": (VARIANT_B,),
    "robins_1b_2": (("robins_1b_1", YES),),
    "robins_1b_3": (("robins_1b_2", YES | {"WN"}),),
    "robins_1b_4": (("robins_1b_1", NO),),
    "robins_1b_5": (VARIANT_B,),
    "robins_2_2": (("robins_2_1", NO),),
    "robins_2_3": (("robins_2_2", NO),),
    "robins_3_2": (("robins_3_1", YES),),
    "robins_3_4": (("robins_3_3", YES),),
    "robins_3_5": (("robins_3_4", YES),),
    "robins_3_6": (("robins_3_1", frozenset({"SN"})), ("robins_3_5", YES)),
    "robins_3_7": (("robins_3_6", NO),),
    "robins_3_8": (("robins_3_7", NO),),
    "robins_4_4": tuple((f"robins_4_{number}", NO) for number in (1, 2, 3)),
    "robins_4_5": (("robins_4_4", YES | {"NI"}),),
    "robins_4_6": (("robins_4_5", YES | {"NI"}),),
    "robins_4_7": (("robins_4_4", frozenset({"PN", "N"})),),
    "robins_4_8": (("robins_4_7", YES),),
    "robins_4_9": (("robins_4_8", YES),),
    "robins_4_10": (("robins_4_7", NO),),
    "robins_4_11": tuple((f"robins_4_{number}", NO) for number in (1, 2, 3)),
    "robins_5_3": (("robins_5_2", YES | {"NI"}),),
}


def settled(item: str, answer: Answer, before: Mapping[str, str]) -> Answer:
    """Give an answer, or that it is not asked after the answers `before`.

    An earlier answer is a code, NA where that question is not asked either, or empty
    where nobody has given it: then it is said when this question is asked.
    """
    if item not in ASKED or answer.response == NA:
        return answer
    met = [before.get(first, "") in codes for first, codes in ASKED[item]]
    if any(met):
        return answer
    told = f"Asked only where the answer to {_when(item)}."
    if all(before.get(first) for first, _ in ASKED[item]):
        return said(NA, told)
    more = () if answer == person() else (" ", *answer.told)
    return Answer("", (told, *more), answer.at)


def _when(item: str) -> str:
    """Say after which answers a question is asked: "4.1, 4.2 or 4.3 is PN, N or NI"."""
    scales = {one.id: one for one in items()}
    asked: dict[str, list[str]] = {}
    for first, codes in ASKED[item]:
        of_scale = [code for code in scales[first].scale.split() if code in codes]
        asked.setdefault(_either(of_scale), []).append(scales[first].item)
    return " or ".join(f"{_either(names)} is {codes}" for codes, names in asked.items())


def _either(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
