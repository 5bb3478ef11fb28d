"""outputs/sample: the example's published report is the one that a run makes today."""

import json
import re
import struct

import pytest
from support import in_process

from helpers.files import ROOT

SAMPLE = ROOT / "outputs" / "sample"
NUMBER = re.compile(r'<data value="([^"]*)" data-ref="([^"]*)">([^<]*)</data>')


def read(name):
    return (SAMPLE / name).read_text(encoding="utf-8")


def numbers(page):
    """Ref, printed text and value of each number of a page, in order."""
    return [(ref, text, float(value)) for value, ref, text in NUMBER.findall(page)]


def flat(content, name="result"):
    """Every value of a JSON document by its place in it."""
    if isinstance(content, dict):
        content = content.items()
    elif isinstance(content, list):
        content = enumerate(content)
    else:
        return {name: content}
    return {
        k: v for key, below in content for k, v in flat(below, f"{name}.{key}").items()
    }


def test_the_sample_is_small_and_has_a_picture_of_its_report():
    files = [path for path in SAMPLE.rglob("*") if path.is_file()]
    assert {"report.html", "result.json"} <= {path.name for path in files}
    pictures = [path for path in files if path.suffix == ".png"]
    assert pictures
    for path in pictures:
        head = path.read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n", path.name
        assert min(struct.unpack(">II", head[16:24])) >= 300, path.name
    assert (SAMPLE / "report.html").stat().st_size < 1_000_000


def test_the_sample_says_that_its_people_are_made_up():
    assert "made-up people" in read("report.html").lower()


def test_the_sample_was_made_before_its_outcomes_had_been_opened():
    page = read("report.html")
    assert "The outcomes were sealed." in page
    assert "matching was changed" not in page


def test_the_report_of_the_sample_agrees_with_its_result():
    shown = {ref: value for ref, _, value in numbers(read("report.html"))}
    (analysis,) = json.loads(read("result.json"))["analyses"]
    assert shown["intake.submitted"] == analysis["n_submitted"]
    rate = analysis["outcomes"][0]
    for key in (
        "value_treatment",
        "value_comparison",
        "difference",
        "ci_low",
        "ci_high",
    ):
        value = shown[f"all-people-mentored.reoffending_rate.{key}"]
        assert value == pytest.approx(100 * rate[key], rel=1e-9)


@pytest.mark.slow
def test_the_sample_agrees_with_a_fresh_run_of_the_example(tmp_path):
    fresh = in_process.run(ROOT / "params" / "example.yml", tmp_path, whole=False)
    now = flat(json.loads((fresh / "release/result.json").read_text()))
    sample = flat(json.loads(read("result.json")))
    assert list(now) == list(sample)
    for place, value in now.items():
        if isinstance(value, float):
            assert sample[place] == pytest.approx(value, rel=1e-9, abs=1e-9), place
        else:
            assert sample[place] == value, place
    page = numbers((fresh / "report.html").read_text(encoding="utf-8"))
    expected = numbers(read("report.html"))
    assert [found[:2] for found in page] == [found[:2] for found in expected]
    assert [found[2] for found in page] == pytest.approx(
        [found[2] for found in expected], rel=1e-9, abs=1e-9
    )
