"""Names that lost letters in an encoding, and real names with signs of their own."""

import pandas as pd
import pytest
from support.submission_lists import FINE, HEADER, check, csv_text, found, write_csv

from helpers.intake.submission import letters

IN_NAME = "has signs that no name has, as if letters were lost"
LOST = "has signs in the place of lost letters"


def flagged(names):
    """Those of some names that are said to have lost letters."""
    given = letters.candidates(pd.Series(names, dtype="str")).dropna()
    return [name for name in given if letters.lost_in_name(name)]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_names_saved_by_a_macintosh_or_by_dos(encoding):
    """As Excel's CSV (Macintosh) and CSV (MS-DOS) are read on Windows."""
    names = ["Núñez", "Renée", "Zoë", "Jiménez", "Béné", "Seán Ó Dálaigh", "Müßig",
             "Martínez", "Guzmán", "Bríd", "Björk"]  # fmt: skip
    sent = [name.encode(encoding, errors="replace") for name in names]
    read = [name.decode("cp1252", errors="replace") for name in sent]
    assert flagged(read) == read
    assert flagged(names) == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850"])
def test_utf_8_read_in_another_encoding(encoding):
    names = ["Müller", "Núñez", "Zoë", "Łukasz", "Dvořák", "Çelik"]
    if encoding in ("cp1252", "latin-1"):
        names += ["O’Neill", "Nguyễn"]
    read = [name.encode().decode(encoding, errors="replace") for name in names]
    assert flagged(read) == read


@pytest.mark.parametrize("name", ["M\ufffdller", "M?ller", "Zo?", "M&uuml;ller",
                                  "O&#39;Neill", "Mart¡n¢", "OÕNeill",
                                  "Bjšrk", "Mart’n", "C—rdoba", "Lled—",
                                  "çlvarez", "Guzm\xa0n"])  # fmt: skip
def test_letters_lost_in_other_ways(name):
    assert flagged([name]) == [name]


def test_real_names_keep_their_signs():
    names = [
        "O’Neill", "O‘Neill", "O´Neill", "O'Neill", "D’Souza", "Sa‘id", "Ba’ath",
        "Smith–Jones", "Smith−Jones", "Ann-Marie", "Núñez", "NÚÑEZ", "Ångström",
        "Žižek", "Škvorecký",
        "Łukasz", "Ñuñoa", "Nguyễn Thị Ánh", "Ștefan", "Şahin", "Lebœuf", "Æthelred",
        "Þór", "Gal·la", "Mª José", "Robert “Bob”", "Strauß", "ĀRIKI", "JOÃO",
        "IRMÃ Ana", "MacÉil", "Dušan", "Vršič", "Lipšic", "Konštantín",
        "Ol’ga", "Isma’il", "Jum’ah", "van\xa0der\xa0Berg", "Mary\xa0Ann", "KAŽIMÍR",
        "王小明", "Олег",
        "Ó Dálaigh", "Jean-François",
        "Ly\u0301dia", "Ŵyn", "Ōno", "Tâm", "Ân", "ÅSA", "Ægir", "Čapek", "Đorđe",
        "Œdipe",
    ]  # fmt: skip
    assert flagged(names) == []


def test_a_list_saved_by_a_macintosh_is_told_row_by_row(tmp_path):
    rows = [{**FINE, "surname": "Núñez"}, {**FINE, "forename": "Zoë"}, FINE]
    read = check(write_csv(tmp_path, rows, encoding="mac_roman"))
    assert [one for one in found(read) if "letters" in one[3]] == [
        (2, "surname", "warning", IN_NAME), (3, "forename", "warning", IN_NAME),
    ]  # fmt: skip
    assert read.lost == 0


def test_other_texts_may_hold_any_sign(tmp_path):
    rows = [{**FINE, "site": "Über £5 – “A” • ½", "Notes": "why?"},
            {**FINE, "site": "NÃ¼rnberg", "Notes": "caf\ufffd"}]  # fmt: skip
    path = tmp_path / "list.csv"
    path.write_text(csv_text(rows, [*HEADER, "site", "Notes"]), "utf-8")
    assert [one for one in found(check(path)) if one[0] == 3 and one[1]] == [
        (3, "site", "warning", LOST), (3, "Notes", "warning", LOST),
    ]  # fmt: skip
