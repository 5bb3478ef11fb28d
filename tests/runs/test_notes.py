"""What the operator is told at the end of a run: lines lost, lines that wait."""

from helpers.runs.notes import notes

PROBLEMS = "row,column,level,costs_the_line,rule,found,to_do\n"
LOST = "{0},sex,error,yes,must be given,empty,write it\n"
KEPT = "{0},pnc_id,warning,no,must look like X,text,correct it\n"


def run_with(folder, problems=None, review=None):
    data = folder / "restricted/data"
    data.mkdir(parents=True)
    for name, text in (("list_problems", problems), ("review_list", review)):
        if text is not None:
            (data / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return notes(folder)


def test_a_ready_cohort_leaves_nothing_to_tell(tmp_path):
    assert run_with(tmp_path) == ()


def test_lost_lines_are_counted_once_each_with_the_place_of_the_list(tmp_path):
    rows = LOST.format(3) * 2 + LOST.format(7) + KEPT.format(9)
    [line] = run_with(tmp_path, PROBLEMS + ",,warning,no,x,y,z\n" + rows)
    assert line.startswith("2 lines of the list are lost to errors")
    assert line.endswith("restricted/data/list_problems.csv")


def test_a_list_with_warnings_alone_loses_nobody(tmp_path):
    assert run_with(tmp_path, PROBLEMS + KEPT.format(9)) == ()


def test_lines_that_wait_are_told_after_those_that_are_lost(tmp_path):
    review = "line,decision\n4,\n4,\n5,accept\n5,\n6,reject\n"
    told = run_with(tmp_path, PROBLEMS + LOST.format(3), review)
    assert [line.split(" ")[:2] for line in told] == [["1", "line"]] * 2
    assert "1 line of the list is lost" in told[0] and "1 line waits" in told[1]
    assert "and nobody was linked to it: " in told[1]


def test_numbers_hidden_beside_another_run_are_told_with_what_to_do(tmp_path):
    log = tmp_path / "audit" / "disclosure.csv"
    log.parent.mkdir()
    log.write_text("ref,table,rule,decision,reason\na,b,apart,withheld,x\n")
    assert notes(tmp_path) == ()
    log.write_text("ref,table,rule,decision,reason\na,b,edition,withheld,x\n")
    [line] = notes(tmp_path)
    assert "another run here" in line and "--outputs" in line


def test_what_the_intake_doubts_is_named_and_other_warnings_are_not(tmp_path):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit/checks.csv").write_text(
        "stage,check,expected,found,result\n"
        'intake,"records, offence: x",none,3 rows,warn\n'
        "intake,y,none,none,pass\n"
        "intake,cells,none,some: restricted/data/list_problems.csv,warn\n"
        "matching,z,none,some,warn\n"
    )
    assert run_with(tmp_path) == ("In doubt: records, offence: x: 3 rows",)


def test_of_destroyed_data_nothing_else_is_told(tmp_path):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit/destroyed.json").write_text("{}")
    [line] = run_with(tmp_path, PROBLEMS + LOST.format(3))
    assert "were destroyed" in line
