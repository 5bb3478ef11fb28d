"""Names that are nearly alike: one name written twice, or two names.

What is expected is general knowledge of names; every person is made up.
"""

from datetime import date
from itertools import combinations

import ibis
import pandas as pd
import pytest
from support.hand_made import holding

from helpers.intake.linkage import known_names, same_name
from helpers.intake.linkage.agreement import alike
from helpers.intake.linkage.blocking import IDENTITY, carriers
from helpers.intake.linkage.known_names import shipped, with_frequent
from helpers.intake.linkage.link import link
from helpers.intake.linkage.passes import (
    DOUBTFUL_NAME,
    PASSES,
    TWO_NAMES,
)
from helpers.intake.linkage.same_name import SameName

EXACT_PASS, NEAR_PASS, SWAPPED_PASS = (PASSES[place].name for place in (2, 3, 5))
FORENAMES = SameName(shipped("forenames"), forenames=True)
SURNAMES = SameName(shipped("surnames"), forenames=False)

ONE_FORENAME = """
MICHEAL/MICHAEL JONH/JOHN GURDEEEP/GURDEEP GURPRET/GURPREET HUSSIAN/HUSSAIN NAIMH/NIAMH
BILL/WILLIAM SAM/SAMUEL SAM/SAMANTHA DANY/DANIEL KATE/KATHRYN MIKE/MICK MO/MOHAMMED
MOHAMED/MUHAMMAD HUSSAYN/HUSSEIN CATHERINE/KATHRYN KULDIP/KULDEEP HARJIT/HARJEET
JASBIR/JASVIR STEPHEN/STEVEN SHAUN/SEAN YUSUF/YOUSEF JORDON/JORDEN SUKH/SUKHDEEP
MARY_JANE/MARY MOHAMMED_ALI/ALI GURPREET_SINGH/GURPREET MUHAMMAD_ALI/MOHAMED_ALI
STEPHANIE/STEFANIE CHRIS/CHRISTOPHERR OLUWASEUN/OLUWASUEN SHELL/MICHELLE BABS/BARBARA
GAZ/GARETH IA/IAN DONELD_GAVIN/DONALD JONH_PAUL/JOHN
KURTIS/CURTIS YASMIN/JASMIN IMCHAEL/MICHAEL FILLIP/PHILLIP WIKRAM/VIKRAM OSMAN/USMAN
GERRY/JERRY BILLY/WILLIAM HAMZA/HAMZAH ABDIRAHMAN/ABDULRAHMAN GURMIT/GURMEET
"""
TWO_FORENAMES = """
HUSSAIN/HASSAN GURDEEP/GURPREET MANPREET/MANDEEP HARPREET/HARDEEP MICHELLE/MICHAEL
ZAIN/ZAINAB JAMES/JOSEPH MICHEAL/MICHELLE GURDEEEP/GURPREET ZAINABB/ZAIN BALJIT/DALJIT
AMARJIT/AMANJIT MANJIT/MANJOT MOHAMMED/MAHMOOD DANIEL/DANIELLE CHRISTIAN/CHRISTINA
PAUL/PAULA FRANCES/FRANCIS LISA/ELSIE JOANNA/JOAN JULIE/JULIA EOIN/EOGHAN AISHA/ASHA
TEMITOPE/TEMITAYO ADEBAYO/ADEBOLA AMANDEEP/RAMANDEEP
XIAOMING/XIAOMIN WEI/WEN MING/MENG MINH/LINH
ABDUL/ABDULLAH ABDULRAHMAN/ABDULRAHIM MOHAMMED_ALI/MOHAMMED_HASSAN GURPREET_SINGH/SINGH
GURPREET_SINGH/GURDEEP_SINGH
HITESH/MITESH ANISH/MANISH MEENA/NEENA FARHAN/FARHANA SHAHIDA/SHAHINA JASLEEN/JASMEEN
GURJIT/GURMIT ABDIKADIR/ABDIKARIM ABDIRAHIM/ABDIRASHID DAREK/MAREK FLORIN/FLORINA
HAYDEN/KAYDEN KEVIN/DEVIN NATASHA/LATASHA GERRY/TERRY BRANDON/BRAYDEN BRENT/TRENT
AMIN/AMINAH TOLMARD/TOLMARDA DOLMIE/TOLMIE MARIO/MARIA TOLMO/TOLMA ABDIAZIZ/ABDINASIR
"""
ONE_SURNAME = """
SINGH/SING ALI/ALLI KHAN/KAHN BEGUM/BEGAM AHMED/AHMAD SMITH/SMYTH CLARK/CLARKE
MCDONALD/MACDONALD SMITH_JONES/JONES SMIHT_JONES/SMITH
GILL_SINGH/SINGH BROCKHURST/BROCKHRUST CHOUDHURY/CHOWDHURY TURNER/TURNRE
"""
TWO_SURNAMES = """
HUSSAIN/HASSAN PATEL/PATIL WILLIAMS/WILLIAMSON JOHNSON/JOHNSTON PARKIN/PARKER CHAN/CHEN
HARRIS/HARRISON ROBERTS/ROBERTSON SMITH_JONES/SMITH_BROWN VAN_BERG/VAN KUMAR/KUMARI
HUSSAINI/HASSAN
"""


@pytest.mark.parametrize(
    ("rule", "pairs", "one"),
    [
        (FORENAMES, ONE_FORENAME, True),
        (FORENAMES, TWO_FORENAMES, False),
        (SURNAMES, ONE_SURNAME, True),
        (SURNAMES, TWO_SURNAMES, False),
    ],
    ids=["one forename", "two forenames", "one surname", "two surnames"],
)
def test_nearly_alike(rule, pairs, one):
    named = [pair.replace("_", " ").split("/") for pair in pairs.split()]
    assert [pair for pair in named if rule.may_be(*pair) != one] == []
    assert [pair for pair in named if rule.may_be(*pair[::-1]) != one] == []


PUNJABI = """
AMANDEEP AMARJIT AVTAR BALDEV BALJIT BALWINDER CHARANJIT DALJIT DAVINDER GAGANDEEP
GURDEEP GURJIT GURMEET GURPREET GURVINDER HARBHAJAN HARDEEP HARJINDER HARJIT HARPREET
HARVINDER INDERJIT JAGDEEP JASBIR JASPREET JASWINDER KULDEEP KULWINDER LAKHVIR MANDEEP
MANJIT MANPREET NAVDEEP PARAMJIT RAJINDER RANJIT SATNAM SUKHDEEP SUKHWINDER SURINDER
""".split()
ENGLISH = """
ADAM ANDREW ANTHONY BARRY BENJAMIN CHARLES CHRISTOPHER DANIEL DAVID DEREK EDWARD GARETH
GARY GEORGE GRAHAM IAN JAMES JASON JOHN JOSEPH KEVIN LEE MARK MARTIN MATTHEW MICHAEL
NEIL NIGEL PAUL PETER PHILIP RICHARD ROBERT SIMON STEPHEN STUART THOMAS TIMOTHY TREVOR
WILLIAM
""".split()


@pytest.mark.parametrize("names", [PUNJABI, ENGLISH], ids=["Punjabi", "English"])
def test_different_forenames_are_never_one_in_any_tradition(names):
    """Of 780 pairs each. By spelling alone dozens of the Punjabi pairs are near."""
    assert len(names) == 40
    assert [pair for pair in combinations(names, 2) if FORENAMES.may_be(*pair)] == []


def test_the_punjabi_pairs_are_near_in_spelling():
    """Else the test above would hold for a rule that looks at nothing."""
    one, other = zip(*combinations(PUNJABI, 2), strict=True)
    assert (alike(pd.Series(one), pd.Series(other), True) >= 0.85).sum() >= 20


def test_what_many_people_bear_is_a_name():
    """Ten people or more, and one in 20,000: TOLMIE and TOLMIN are on no list."""
    assert FORENAMES.may_be("TOLMIE", "TOLMIN")
    known = with_frequent("forenames", ["TOLMIE", "TOLMIN"])
    assert not SameName(known, forenames=True).may_be("TOLMIE", "TOLMIN")
    one_known = with_frequent("forenames", ["TOLMIE"])
    assert SameName(one_known, forenames=True).may_be("TOLMIE", "TOLMIN")


def table(people):
    rows = [dict.fromkeys(IDENTITY) | person for person in people]
    frame = pd.DataFrame(rows).assign(person_id=[f"P{n}" for n in range(len(rows))])
    frame["date_of_birth"] = pd.to_datetime(frame["date_of_birth"])
    schema = {"person_id": "string", **IDENTITY}
    return holding({"person": ibis.memtable(frame[list(schema)], schema=schema)})


def who(surname, forename, born="1985-06-15", **more):
    return {"surname": surname, "forename": forename, "date_of_birth": born, **more}


def test_people_are_counted_under_the_spelling_that_is_compared():
    people = [who("Orme", name) for name in ("Tolmie", "TOLMIE ", "Tólmie", "Tol-mie")]
    counted = carriers(table([*people, who("Orme", None)]), "forename", {"TOLMIE"})
    assert counted.to_dict() == {"TOLMIE": 4}
    assert carriers(table(people), "forename", set()).empty


@pytest.mark.parametrize(("bearers", "linked"), [(9, True), (10, False)])
def test_a_register_says_what_is_a_name(bearers, linked):
    """Tolmin is a slip of Tolmie, until ten people of the register bear it."""
    others = [who("Hale", "Tolmin", "1970-01-02")] * bearers
    others += [who("Hale", "Tolmie", "1970-01-02")] * 10
    found = find(who("Orme", "Tolmin"), who("Orme", "Tolmie"), *others)
    assert (len(found.links) == 1) == linked
    assert (TWO_NAMES in found.review["passed"].tolist()) != linked


def find(line, *people):
    lines = pd.DataFrame([dict.fromkeys(IDENTITY) | line]).assign(line=2)
    return link(table(people), lines, date(2026, 6, 1))


CASES = [
    (("Ali", "Hussain"), ("Ali", "Hassan"), TWO_NAMES),
    (("Singh", "Gurdeep"), ("Singh", "Gurpreet"), TWO_NAMES),
    (("Smith", "Michelle"), ("Smith", "Michael"), TWO_NAMES),
    (("Khan", "Zainab"), ("Khan", "Zain"), TWO_NAMES),
    (("Hussain", "Imran"), ("Hassan", "Imran"), TWO_NAMES),
    (("Hassan", "Ali"), ("Ali", "Hussain"), TWO_NAMES),  # swapped, and two names
    (("Singh", "Gurdeeep"), ("Singh", "Gurdeep"), NEAR_PASS),
    (("Smith", "Micheal"), ("Smith", "Michael"), NEAR_PASS),
    (("Singh", "Gurdeep"), ("Sing", "Gurdeep"), NEAR_PASS),
    (("Hassan", "Ali"), ("Ali", "Hasssan"), SWAPPED_PASS),
    (("UNKNOWN", "Unknown"), ("UNKNOWN", "UNKNOWN"), None),
    (("Smith", "N/K"), ("Smith", "N/K"), None),
    (("not known", "TBC"), ("Not Known", "tbc"), None),
    (("LNU", "FNU"), ("LNU", "FNU"), None),
    (("Name withheld", "As above"), ("NAME WITHHELD", "AS ABOVE"), None),
    (("Na", "Jimin"), ("Na", "Jimin"), DOUBTFUL_NAME),
    (("Null", "Anna"), ("NULL", "Anna"), DOUBTFUL_NAME),
    (("Nall", "Anna"), ("Nall", "Anna"), EXACT_PASS),
]


def test_a_person_decides_between_two_names():
    """Each pair has a birthday of its own, so that one linkage has them all."""
    born = [f"19{60 + n}-{n % 12 + 1:02d}-{n + 3:02d}" for n in range(len(CASES))]
    people, sent = [], []
    for (listed, recorded, _), day in zip(CASES, born, strict=True):
        sent.append(dict.fromkeys(IDENTITY) | who(*listed, day))
        people.append(who(*recorded, day))
    lines = pd.DataFrame(sent).assign(line=range(len(sent)))
    found = link(table(people), lines, date(2026, 6, 1))
    listed = found.review[found.review["passed"] != "probable"]
    linked, waiting = (
        rows.set_index("line")["passed"].to_dict() for rows in (found.links, listed)
    )
    links = (NEAR_PASS, SWAPPED_PASS, EXACT_PASS)
    told = [reason for _, _, reason in CASES]
    assert linked == {n: reason for n, reason in enumerate(told) if reason in links}
    assert waiting == {
        n: reason for n, reason in enumerate(told) if reason and reason not in links
    }


def test_an_id_links_a_name_that_may_say_not_known():
    number = {"prison_number": "A1234BC"}
    found = find(who("Na", "Jimin", **number), who("Na", "Jimin", **number))
    assert found.links["passed"].tolist() == ["prison number and two of three"]


def test_two_forenames_do_not_make_an_id_of_somebody_else_agree():
    """The PNC id of another Singh: surname and id agree, the date of birth does not."""
    number = {"pnc_id": "2001/0000123X"}
    line = who("Singh", "Gurdeep", **number)
    other = who("Singh", "Gurpreet", "1971-11-30", **number)
    assert find(line, other).links.empty
    slip = who("Singh", "Gurdeeep", "1971-11-30", **number)
    assert find(line, slip).links["passed"].tolist() == [PASSES[0].name]


def test_one_name_goes_before_two():
    """Gurdeeep is Gurdeep, though Gurpreet has the same surname and date of birth."""
    found = find(who("Singh", "Gurdeeep"), who("Singh", "Gurpreet"),
                 who("Singh", "Gurdeep"))  # fmt: skip
    assert found.links["person_id"].tolist() == ["P1"] and found.review.empty


def test_kinds_of_name():
    kinds = {
        ("SMITH", "GURPREET"): "English",
        ("KHAN", "IMRAN"): "South Asian",
        ("ZZZ", "GURPREET"): "South Asian",
        ("NGUYEN", "ANH"): "East Asian",
        ("OKAFOR", "JOHN"): "African",
        ("OBRIEN", "JOHN"): "Irish or Scottish",
        ("SMITH JONES", "JOHN"): "double-barrelled",
        ("DE SOUZA", "ZZZ"): "other",
        ("ZZZ", "QQQ"): "other",
    }
    assert {name: known_names.kind_of_name(*name) for name in kinds} == kinds
    assert set(kinds.values()) <= set(known_names.kinds())


def test_the_list_is_spelt_as_names_are_compared():
    for part in ("forenames", "surnames"):
        assert all(name.isascii() and name.isalpha() and name.isupper()
                   for name in shipped(part))  # fmt: skip
    assert same_name.KNOWN_LEAST == 10 and same_name.KNOWN_SHARE == 1 / 20_000
