"""Forenames and surnames that are names of their own, by the tradition they come from.

`known_names.json` was compiled for this kit from general knowledge of the names that
people in England and Wales bear; it was taken from no data. It stands beside the
register's own frequencies, which say nothing where a register is small. It is not
complete and need not be: what is missing is compared by its spelling (`same_name`).

Ways of writing one name are joined by a stroke (HUSSAIN/HUSSEIN) and count as one name.
Sikh, Yoruba and many Somali and Arabic forenames are put together from two halves, of
which nearly every first goes with every second (Gur-preet, Gur-deep, Har-deep), so the
halves stand in their place.

The tradition says how a name is written, never who somebody is. It is used for one
thing: to look whether linkage finds people of all kinds of name equally well.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("known_names.json")

Part = Literal["forenames", "surnames"]
#: each name with those that it may stand for: itself, or what it is a way of writing
Names = Mapping[str, frozenset[str]]

SOUTH_ASIAN, ARABIC, AFRICAN = "South Asian", "Arabic", "African"
DOUBLE, OTHER = "double-barrelled", "other"

#: tradition → first halves, and second halves, of names that are put together
HALVES = {
    SOUTH_ASIAN: (
        "AJ AKASH AM AMAN AMAR AMRIT ARSH ART AV BAL BALJ BHUP CHARAN DAL DALJ DAR DAV "
        "DEV DIL GAG GAGAN GUL GUR HAR INDER JAG JAP JAS JAT KAM KAMAL KARAN KARM "
        "KIRAN KUL LAKH LOV LOVE MAL MAN MANJ MOH MOHIN NAR NAV NEEL NIR PAL PAR PARAM "
        "PARM PAV PRABH PRAB PRIT PUSH RAJ RAM RAMAN RAN RANJ RAV RUP SAR SARAB SARB "
        "SAT SHAM SHARAN SHER SIM SIMRAN SUKH SUKHM SUR SURJ TAJ TAR TARAN TEJ UP VAR "
        "VEER VIK YAD",
        "PREET/PRIT DEEP/DIP JIT/JEET INDER WINDER/VINDER JINDER MINDER BINDER DEV "
        "BIR/VIR/VEER JOT PAL MEET/MIT MEEN KIRAN LEEN NOOR WANT DIAL/DYAL MUKH CHARAN "
        "SHARAN SIMRAN TEJ ROOP/RUP BANS NAM MAIL RAJ BAKSH/BAX",
    ),
    ARABIC: (
        "ABDI/ABDUL/ABDEL/ABDOUL",
        "ALI AZIZ/ASIS FATAH/FATTAH GHANI/QANI HADI HAFID/HAFEZ HAKIM/HAKEEM "
        "HALIM/HALEEM HAMID/HAMEED JABAR/JABBAR JALIL/JALEEL KADIR/QADIR/KADER/QADER "
        "KARIM/KAREEM KHALIQ/KHALEQ LATIF/LATEEF MAJID/MAJEED MALIK/MALEK NASIR/NASSER "
        "NUR/NOOR RAHIM/RAHEEM RAHMAN/RAHMANE RASHID/RASHEED RAUF/RAOUF RAZAK/RAZAQ/"
        "RIZAK/RISAK/RISAQ SAID SALAM/SALAN SAMAD/SAMED SAMIR SATAR/SATTAR "
        "SHAKUR/SHAKOOR WAHAB WAHID/WAHEED WALI/WELI",
    ),
    AFRICAN: (
        "ABI ADE AKIN AYO BABA FOLA IFE KOLA OLA OLU OLUWA OMO TEMI TITI",
        "BAYO BIYI BOLA BUKOLA BUNMI DAMILARE DAMILOLA DAYO DEJI DELE FEMI FUNKE "
        "FUNMILAYO GBENGA JIDE JOKE KAYODE KEMI KOLA KUNLE LADE LANRE LARA LEKE LOLA "
        "MIDE MOLA NIKE NIYI OLA OLU PEJU REWAJU SEGUN SEUN SEWA SEYI SOJI SOLA/SHOLA "
        "TAYO TOBI TOBILOBA TOKE TOLA TOMI TOPE TOSIN TOYIN TUNDE TUNJI WALE WOLE "
        "WUNMI YEMI YINKA",
    ),
}
#: parts of names that tell nobody from another; the second, parts of forenames alone
PARTICLES = frozenset(
    "AL EL ABU BIN BINT IBN VAN VON DER DEN DE DA DO DOS DAS DI DEL LA LE MAC MC SAN "
    "ST SAINT".split()
)
TITLES = frozenset(
    "SINGH KAUR KUMAR KUMARI DEVI BEGUM BIBI KHATUN UDDIN ULLAH THI".split()
)


@cache
def shipped(part: Part) -> Names:
    """Give the names of the list, each with the names that it may stand for."""
    names: dict[str, set[str]] = {}
    for words in _listed()[part].values():
        for word in words:
            for name in word.split("/"):
                names.setdefault(name, set()).add(word.partition("/")[0])
    if part == "forenames":
        for name, full, _ in _put_together():
            names.setdefault(name, set()).add(full)
    return {name: frozenset(full) for name, full in names.items()}


def with_frequent(part: Part, frequent: Iterable[str]) -> Names:
    """Give the names of the list, and those that are frequent in a register."""
    listed = shipped(part)
    return listed | {name: frozenset([name]) for name in frequent if name not in listed}


@cache
def kind_of_name(surname: str, forename: str) -> str:
    """Give the kind of a spelt name: a tradition, "double-barrelled" or "other".

    By the surname, and where that is not on the list by the forename.
    """
    if len(set(surname.split()) - PARTICLES) > 1:
        return DOUBLE
    for part, name in (("surnames", surname), ("forenames", forename)):
        if kind := _kinds(part).get(name.partition(" ")[0]):
            return kind
    return OTHER


def kinds() -> list[str]:
    """Give every kind of name, in the order in which they are told."""
    return [*_listed()["forenames"], DOUBLE, OTHER]


@cache
def _kinds(part: Part) -> dict[str, str]:
    found: dict[str, str] = {}
    if part == "forenames":
        found = {name: kind for name, _, kind in _put_together()}
    for kind, words in _listed()[part].items():
        for word in words:
            found |= {name: kind for name in word.split("/") if name not in found}
    return found


@cache
def _put_together() -> list[tuple[str, str, str]]:
    """Give every forename of two halves, the way of writing it counts as, its kind."""
    return [
        (first + second, start.partition("/")[0] + way.partition("/")[0], kind)
        for kind, (firsts, seconds) in HALVES.items()
        for start in firsts.split()
        for first in start.split("/")
        for way in seconds.split()
        for second in way.split("/")
    ]


@cache
def _listed() -> dict[Part, dict[str, list[str]]]:
    """Give the words of the file by part and tradition."""
    parts = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        part: {kind: " ".join(rows).split() for kind, rows in kinds.items()}
        for part, kinds in parts.items()
    }
